"""The work that everything here is held against: the sample articles and a hard one, marked by rules of their own.

Nothing of the annotator is used to make it: marks are regular expressions over Python strings, offsets are indices of
these (code points), and the project file is put together by hand. What a consumer sees of an export is compared with
slices of the same strings.
"""

import copy
import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Everything that is counted differently by somebody: line ends of all kinds, letters beyond U+FFFF, clusters of several
# code points, letters that run from right to left, spaces of no width, what Python and XML take for line ends.
HARD = (
    "Weather\ufeff 👨‍👩‍👧‍👦 report\r\n\r\n“Nothing moves,” said Zoe\u0308 Ångström 👍🏽, 41.\r\n"
    "תמר שדמון אמרה: “לא 3”, and 서다온 agreed.\rA lone return, a tab\tand a \u2028 separator\u2029 stand here.\n"
    "𝒜𝓃 e\u0301tude in 𝔊 costs $1,200;\u0085 नमस्ते cost 7.\n\n\n"
    "“Say “no”,” she wrote, “or\r\nsay 12 times yes.” No\u200bbreak\u00a0space. ' \" \\ / & < > ]]> = + - @\n"
    "🇰🇷🇰🇷 The last line has 2 flags and no end"
)


@dataclass
class Mark:
    """An annotation: offsets in code points, the end exclusive."""

    id: str
    label: str
    start: int
    end: int
    attributes: dict = field(default_factory=dict)
    links: list = field(default_factory=list)
    note: str = ""
    status: str = "confirmed"


@dataclass
class Article:
    """A text and what each annotator marked in it."""

    id: str
    title: str
    text: str
    sheets: dict


class Work:
    """All articles, and what a consumer should see of them."""

    def __init__(self):
        files = sorted((ROOT / "seeds").glob("*.txt"))
        texts = [(file.stem, file.read_bytes().decode()) for file in files] + [("hard", HARD)]
        self.articles = [article(number, *named) for number, named in enumerate(texts, 1)]
        self.by_text = {article.text: article for article in self.articles}

    def of_text(self, text):
        """The article with a text, which must be here to the last code point."""
        if text not in self.by_text:
            raise AssertionError(f"no article has just this text: {text[:60]!r}…")
        return self.by_text[text]

    def all(self, annotator=None):
        """Every mark with its article."""
        for article in self.articles:
            for code, marks in article.sheets.items():
                if annotator in (None, code):
                    yield from ((article, mark) for mark in marks)

    def marks(self, annotator=None):
        """How often each article has a label at a start on some words."""
        return Counter((a.title, m.label, m.start, a.text[m.start : m.end]) for a, m in self.all(annotator))

    def links(self, annotator=None):
        """How often a kind of link leads from some words to others."""
        found = Counter()
        for article in self.articles:
            for code, marks in article.sheets.items():
                ends = {mark.id: (mark.start, article.text[mark.start : mark.end]) for mark in marks}
                if annotator in (None, code):
                    found.update((article.title, kind, ends[m.id], ends[to]) for m in marks for kind, to in m.links)
        return found

    def narrowed(self):
        """The same without what is blank at the edges of marks, as formats have it that hold words and no edges."""
        work = copy.deepcopy(self)
        for article in work.articles:
            for code, marks in article.sheets.items():
                article.sheets[code] = narrowed(article.text, marks)
        return work

    def write(self, path, with_marks=True):
        """Writes the project file, or one of the bare articles."""
        project = template()
        for article in self.articles:
            project["articles"].append(facts(article))
            for code, marks in article.sheets.items() if with_marks else ():
                said = [annotation(article.text, mark) for mark in marks]
                project["sheets"].append({"article": article.id, "annotator": code, "annotations": said})
        path.write_text(json.dumps(project, ensure_ascii=False), encoding="utf-8", newline="")


def article(number, title, text):
    """Marks an article: one annotator marks everything, the other some names and a few things that are hard."""
    first = number * 1000
    own = []

    def mark(label, start, end, **more):
        if start < end and all((m.label, m.start, m.end) != (label, start, end) for m in own):
            own.append(Mark(f"a-k-{first + len(own):05}", label, start, end, **more))

    for found in re.finditer("“[^“”]*”", text):
        mark("quote", *found.span(), attributes={"form": "direct"})
    for found in re.finditer(r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)+|[^\x00-\x7f“”’—\s]+", text):
        mark("entity", *found.span(), attributes={"type": "person", "name": found.group().title()})
    for found in re.finditer(r"[^.!?\n]*\d[^.!?\n]*[.!?]?", text):
        mark("claim", *found.span(), attributes={"type": "number"})
    # Over line ends, inside words and clusters, and with a label that no format would choose.
    for number, found in enumerate(re.finditer("\n", text)):
        if number % 5 == 0:
            mark("claim", max(found.start() - 9, 0), min(found.end() + 9, len(text)), status="proposed")
    for start in range(3, len(text), 211):
        mark("loaded phrase_x", start, min(start + 2 + start % 40, len(text)), note='=SUM(A1), "so"\n\tand on 👍')
    entities = [m for m in own if m.label == "entity"]
    for m in own:
        if m.label == "quote":
            near = min(entities, key=lambda entity: abs(entity.start - m.end))
            m.links.append(("speaker", near.id))
        if m.label == "claim" and m.status == "confirmed":
            m.links += [("evidence", quote.id) for quote in own if quote.label == "quote" and m.start <= quote.start < m.end]
    other = [Mark(f"a-j-{first + i:05}", m.label, m.start, m.end) for i, m in enumerate(own) if i % 4 == 0]
    return Article(f"t-k-{first:05}", title, text, {"A1": own, "B2": other})


def narrowed(text, marks):
    """Marks without what is blank at their edges. What is blank alone goes, and what another mark covers already."""
    places = {mark.id: narrow(text, mark.start, mark.end) for mark in marks}
    is_narrow = lambda mark: places[mark.id] == (mark.start, mark.end)
    kept, taken = [], set()
    for mark in [m for m in marks if is_narrow(m)] + [m for m in marks if not is_narrow(m)]:
        start, end = places[mark.id]
        if start < end and (mark.label, start, end) not in taken:
            taken.add((mark.label, start, end))
            kept.append(replace(mark, start=start, end=end))
    ids = {mark.id for mark in kept}
    for mark in kept:
        mark.links = [(kind, to) for kind, to in mark.links if to in ids]
    return kept


def narrow(text, start, end):
    """A span without white space, be it without width, and control characters at its edges."""
    while start < end and is_blank(text[start]):
        start += 1
    while start < end and is_blank(text[end - 1]):
        end -= 1
    return start, end


def is_blank(c):
    """Whether nothing can be seen of a character."""
    return c.isspace() or unicodedata.category(c) == "Cc" or c in "\u200b\ufeff"


def template():
    """A project file without articles, whose label scheme has the labels of the work."""
    labels = [("quote", "quotes", "solid", "q"), ("claim", "claims", "dashed", "c")]
    labels += [("entity", "entities", "dotted", "e"), ("loaded phrase_x", "loaded phrases", "solid", "l")]
    scheme = [
        {"id": name, "name": name, "plural": plural, "line": line, "colour": at, "key": key, "guideline": ""}
        for at, (name, plural, line, key) in enumerate(labels, 1)
    ]
    scheme[0]["attributes"] = [{"id": "form", "name": "Form", "values": ["direct", "indirect", "mixed"]}]
    scheme[0]["links"] = [{"id": "speaker", "name": "Speaker", "to": ["entity"], "many": False}]
    scheme[1]["attributes"] = [{"id": "type", "name": "Type", "values": ["fact", "number", "cause"]}]
    scheme[1]["links"] = [{"id": "evidence", "name": "Evidence", "many": True}]
    scheme[2]["attributes"] = [
        {"id": "type", "name": "Type", "values": ["person", "place"]},
        {"id": "name", "name": "Full name"},
    ]
    return {
        "format": "annotator-project",
        "version": 1,
        "generator": "oracles",
        "exported": "2031-03-14T09:00:59.589Z",
        "units": {},
        "scheme": {"labels": scheme},
        "annotators": [{"code": "A1"}, {"code": "B2"}],
        "articles": [],
        "sheets": [],
    }


def facts(article):
    """What a project file says of an article."""
    text = article.text
    length = {"code_points": len(text), "utf16": utf16(text), "bytes": len(text.encode())}
    times = {"created": "2031-03-14T09:00:01.000Z", "changed": "2031-03-14T09:00:02.000Z"}
    said = {"id": article.id, "title": article.title, "source": "Lantern Lane Wire", "date": "2030-06-14"}
    said |= {"encoding": "UTF-8", "done": False, "text": text, "length": length}
    return said | times | {"sha256": hashlib.sha256(text.encode()).hexdigest()}


def annotation(text, mark):
    """What a project file says of an annotation."""
    start, end = mark.start, mark.end
    quote = {"exact": text[start:end], "prefix": text[max(start - 32, 0) : start], "suffix": text[end : end + 32]}
    said = {"id": mark.id, "label": mark.label, "start": start, "end": end, "quote": quote}
    said["utf16"] = {"start": utf16(text[:start]), "end": utf16(text[:end])}
    said["bytes"] = {"start": len(text[:start].encode()), "end": len(text[:end].encode())}
    said |= {"attributes": mark.attributes, "links": [{"type": kind, "to": to} for kind, to in mark.links]}
    said |= {"note": mark.note, "status": mark.status, "origin": "hand"}
    return said | {"created": "2031-03-14T09:00:03.000Z", "changed": "2031-03-14T09:00:04.000Z"}


def unescaped(name):
    """What a name stands for that had to be escaped: `_x0020_` is a space."""
    return re.sub("_x([0-9A-F]{4}|[0-9A-F]{8})_", lambda found: chr(int(found[1], 16)), name)


def utf16(text):
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def same(found, expected, what):
    """Fails with the first difference of two counts."""
    if found != expected:
        missing, strange = expected - found, found - expected
        first = f"missing {next(iter(missing), 'none')!r:.300}; not expected {next(iter(strange), 'none')!r:.300}"
        raise AssertionError(f"{what}: {missing.total()} missing, {strange.total()} not expected; {first}")
