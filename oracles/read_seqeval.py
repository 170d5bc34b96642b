"""seqeval's strict mode takes the tags of every file: the entities that it builds are the annotations, word for word.

White space is not in the files, so that words are compared without any.
"""

from collections import Counter

from seqeval.metrics import classification_report
from seqeval.scheme import BILOU, IOB2, Entities

from work import is_blank, same, unescaped

EXPORTS = [["conll"], ["conll", "--set", "tags=bilou"], ["conll", "--set", "columns=four", "--set", "blank-lines=sentences"]]
START = "-DOCSTART-"


def spoil(text):
    """Lets the first annotation begin a token later."""
    before, first, after = text.partition("\tB-") if "\tB-" in text else text.partition(" B-")
    return before + first.replace("B-", "I-") + after


def check(folder, work):
    found, count = Counter(), 0
    for file in sorted(folder.iterdir()):
        text = file.read_text(encoding="utf-8")
        scheme = BILOU if any(tag in text for tag in ("\tL-", "\tU-")) else IOB2
        documents = [sentences(part) for part in text.split(f"{START}")[1:]]
        assert len(documents) == len(work.articles), file.name
        for article, rows in zip(work.articles, documents):
            words = "".join(token for row in rows for token, _ in row)
            assert words == squeezed(article.text), f"{file.name}: the tokens are not the text of {article.title}"
            tags = [[tag for _, tag in row] for row in rows]
            # Any entity that the tags do not say cleanly is missing from the strict ones.
            for row, entities in zip(rows, Entities(tags, scheme).entities):
                for entity in entities:
                    words = "".join(token for token, _ in row[entity.start : entity.end])
                    found[article.title, unescaped(entity.tag), words] += 1
                count += len(entities)
            if any(tag != "O" for row in tags for tag in row):
                report = classification_report(tags, tags, mode="strict", scheme=scheme, output_dict=True)
                assert report["micro avg"]["f1-score"] == 1, file.name
    expected = Counter((a.title, m.label, squeezed(a.text[m.start : m.end])) for a, m in outermost(work))
    same(found, expected, "entities")
    return f"{count} entities in {len(list(folder.iterdir()))} files"


def sentences(part):
    """The tokens and tags of a document, by blank lines."""
    blocks = [block.split("\n") for block in part.partition("\n")[2].split("\n\n")]
    columns = [[line.split() for line in block if line] for block in blocks]
    return [[(row[0], row[-1]) for row in rows] for rows in columns if rows]


def squeezed(text):
    return "".join(c for c in text if not is_blank(c))


def outermost(work, annotator=None):
    """What one file for each label and annotator can hold: of overlapping marks the outer, of crossing ones the first."""
    for article in work.narrowed().articles:
        for code, marks in article.sheets.items():
            for label in sorted({mark.label for mark in marks} if annotator in (None, code) else ()):
                end = 0
                for mark in sorted((m for m in marks if m.label == label), key=lambda m: (m.start, -m.end)):
                    if mark.start >= end:
                        end = mark.end
                        yield article, mark
