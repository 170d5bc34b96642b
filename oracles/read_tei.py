"""Python's XML parser reads the TEI: ids are unique, references lead somewhere, and ranges of characters fit the text."""

import re
from collections import Counter
from xml.etree import ElementTree

from work import same

EXPORTS = [["tei"]]
OFFSET = r"string-range\(article\.text,(\d+)"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def check(folder, work):
    marks, links = Counter(), Counter()
    for file in sorted(folder.glob("*.xml")):
        root = ElementTree.parse(file).getroot()
        ids = [element.get(ID) for element in root.iter() if element.get(ID)]
        assert len(ids) == len(set(ids)), f"{file.name}: ids are there twice"
        for element in root.iter():
            for name in "resp", "ana", "target":
                for reference in (element.get(name) or "").split():
                    if reference.startswith("#") and not reference.startswith("#string-range"):
                        assert reference[1:] in ids, f"{file.name}: {reference} leads nowhere"
        names = {category.get(ID): category.get("n") for category in root.iter(f"{TEI}category")}
        text = next(element for element in root.iter(f"{TEI}ab")).text
        title, ends = work.of_text(text).title, {}
        for span in root.iter(f"{TEI}span"):
            at, length = map(int, re.fullmatch(r"#string-range\(article\.text,(\d+),(\d+)\)", span.get("target")).groups())
            ends[span.get(ID)] = (at, text[at : at + length])
            marks[title, names[span.get("ana").split()[0][1:]], *ends[span.get(ID)]] += 1
        for link in root.iter(f"{TEI}link"):
            one, other = (ends[reference[1:]] for reference in link.get("target").split())
            links[title, link.get("type"), one, other] += 1
    same(marks, work.marks(), "spans")
    same(links, work.links(), "links")
    return f"{marks.total()} spans, {links.total()} links"
