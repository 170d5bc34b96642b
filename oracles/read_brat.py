"""brat's rules, as its server checks them: pieces are slices of the text, hold no line end and are joined by a blank.

Ids are unique, relations and attributes name what is there, names are made of letters that brat allows, and lines are
cut as Python cuts them, which takes more for line ends than a file's line feed.
"""

import re
from collections import Counter

from work import same, unescaped

EXPORTS = [["brat"]]
OFFSET = r"T1\t\S+ (\d+) "
LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def check(folder, work):
    marks, links, escapes = Counter(), Counter(), 0
    for file in sorted(folder.glob("*.ann")):
        text = file.with_suffix(".txt").read_bytes().decode()
        article = work.of_text(text)
        ends, ids = {}, set()
        lines = file.read_bytes().decode().splitlines()
        for line in lines:
            id, said, *words = line.split("\t", 2)
            assert id == "*" or id not in ids, f"{file.name}: {id} is there twice"
            ids.add(id)
            if id[0] == "T":
                label, offsets = said.split(" ", 1)
                assert re.fullmatch(r"[\w.-]+", label, re.ASCII), label
                pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
                slices = [text[start:end] for start, end in pieces]
                assert words == [" ".join(slices)], f"{file.name}: {line!r} is {slices}"
                assert not any(LINE_ENDS.search(piece) or piece != piece.strip() or not piece for piece in slices), line
                start, end = pieces[0][0], pieces[-1][1]
                ends[id] = (start, text[start:end])
                marks[article.title, unescaped(label), *ends[id]] += 1
        for id, said in (line.split("\t")[:2] for line in lines):
            if id[0] == "R":
                kind, *arguments = said.split()
                one, other = (argument.split(":")[1] for argument in arguments)
                links[article.title, kind, ends[one], ends[other]] += 1
            if id[0] in "A#":
                name, of, *value = said.split(" ")
                assert of in ids and len(value) <= 1, f"{file.name}: {said}"
                escapes += name == "EscapedNotes"
    narrowed = work.narrowed()
    same(marks, narrowed.marks(), "text-bounds")
    same(links, narrowed.links(), "relations")
    return f"{marks.total()} text-bounds, {links.total()} relations, {escapes} notes of more than a line"
