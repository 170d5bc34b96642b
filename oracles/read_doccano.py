"""doccano's rules, as its importer has them: plain ASCII, whole offsets that rise, labels that are not empty.

Its importer drops what breaks a rule without a word, so that nothing may. Offsets are sliced as scripts do (code
points), and as doccano's page does (UTF-16).
"""

import json
from collections import Counter

from work import same

EXPORTS = [["doccano"], ["doccano", "--set", "relations=yes"], ["doccano", "--set", "unit=utf-16"]]
OFFSET = r'"label":\[\[(\d+)|"start_offset":(\d+)'


def check(folder, work):
    found = {}
    for unit in "code points", "UTF-16":
        try:
            found[unit] = read(folder, work, unit)
        except AssertionError as why:
            found[unit] = why
    fits = [said for said in found.values() if isinstance(said, str)]
    assert fits, found["code points"]
    return fits[0]


def read(folder, work, unit):
    marks, links, with_relations = Counter(), Counter(), False
    for file in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, file.read_bytes().decode("ascii").split("\n")[:-1]):
            article = work.of_text(row["text"])
            ends = {}
            with_relations |= "entities" in row
            for said in row.get("entities", row.get("label")):
                number, start, end, label = said.values() if isinstance(said, dict) else (None, *said)
                if isinstance(said, dict):
                    number, start, end, label = (said[name] for name in ("id", "start_offset", "end_offset", "label"))
                assert type(start) is type(end) is int and 0 <= start < end and label, said
                start, words = sliced(article.text, start, end, unit)
                ends[number] = (start, words)
                marks[article.title, label, start, words] += 1
            for link in row.get("relations", []):
                links[article.title, link["type"], ends[link["from_id"]], ends[link["to_id"]]] += 1
    same(marks, work.marks(), "labels")
    if with_relations:
        same(links, work.links(), "relations")
    return f"{marks.total()} labels, {links.total()} relations, in {unit}"


def sliced(text, start, end, unit):
    if unit == "code points":
        return start, text[start:end]
    whole = text.encode("utf-16-le")
    before, words = (whole[2 * a : 2 * b].decode("utf-16-le", "replace") for a, b in ((0, start), (start, end)))
    return len(before), words
