"""dkpro-cassis loads each CAS with its types: the text that an annotation covers is the one that it quotes."""

from collections import Counter

from cassis import load_cas_from_json

from work import same

EXPORTS = [["cas-json"]]
OFFSET = r'"%TYPE":"custom.Span","@sofa":1,"begin":(\d+)'


def check(folder, work):
    marks, links = Counter(), Counter()
    for file in sorted(folder.glob("*.json")):
        with file.open("rb") as source:
            cas = load_cas_from_json(source)
        title = work.of_text(cas.sofa_string).title
        for span in cas.select("custom.Span"):
            words = span.get_covered_text()
            assert words == span.quotation, f"{file.name}: {words!r} is quoted as {span.quotation!r}"
            marks[title, span.label, span.begin, words] += 1
        for relation in cas.select("custom.Relation"):
            ends = [(end.begin, end.get_covered_text()) for end in (relation.Governor, relation.Dependent)]
            links[title, relation.label, *ends] += 1
    same(marks, work.marks(), "annotations")
    same(links, work.links(), "relations")
    return f"{marks.total()} annotations, {links.total()} relations"
