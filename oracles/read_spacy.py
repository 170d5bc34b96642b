"""spaCy takes the lines that are made for Prodigy: documents from our tokens, every annotation as a span of them.

Tokens and their `ws` give back the text to the last character; each annotation begins and ends with a token, so that
it survives as a span, in a span group with overlap, and in a `DocBin`; relations name the last token of their ends.
"""

import json
from collections import Counter

import spacy
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from work import same

EXPORTS = [["jsonl", "--set", "tokens=yes", "--set", "relations=tokens"]]
OFFSET = r'"spans":\[\{"id":"[^"]*","start":(\d+)'


def check(folder, work):
    nlp = spacy.blank("en")
    bin, marks, links, own = DocBin(store_user_data=True), Counter(), Counter(), 0
    for row in map(json.loads, (folder / "work.jsonl").open(encoding="utf-8", newline="\n")):
        title = work.of_text(row["text"]).title
        tokens = row["tokens"]
        doc = Doc(nlp.vocab, [token["text"] for token in tokens], [token["ws"] for token in tokens])
        assert doc.text == row["text"], f"{title}: the tokens do not give the text"
        assert [(token.idx, token.idx + len(token)) for token in doc] == [(t["start"], t["end"]) for t in tokens]
        spans = [span_of(doc, span) for span in row["spans"]]
        doc.spans["sc"] = spans
        doc.ents = filter_spans(spans)
        bin.add(doc)
        links.update(link_of(title, doc, relation) for relation in row["relations"])
        # What spaCy's own tokens would take without our help.
        made = nlp.make_doc(row["text"])
        assert made.text == row["text"], f"{title}: spaCy's tokens do not give the text"
        own += sum(made.char_span(span["start"], span["end"]) is not None for span in row["spans"])
    for doc in DocBin().from_bytes(bin.to_bytes()).get_docs(nlp.vocab):
        title = work.of_text(doc.text).title
        marks.update((title, span.label_, span.start_char, span.text) for span in doc.spans["sc"])
    same(marks, work.marks(), "spans")
    same(links, work.links(), "relations")
    return f"{marks.total()} spans, {links.total()} relations; {own} fit the tokens of spaCy's English as well"


def span_of(doc, said):
    span = doc.char_span(said["start"], said["end"], label=said["label"])
    assert span is not None, f"no tokens begin and end with {said}"
    assert (span.start, span.end - 1) == (said["token_start"], said["token_end"]), said
    assert span.text == said["text"], said
    return span


def link_of(title, doc, relation):
    ends = []
    for end in "head", "child":
        said = relation[f"{end}_span"]
        span = doc.char_span(said["start"], said["end"])
        assert relation[end] == span.end - 1, relation
        ends.append((span.start_char, span.text))
    return title, relation["label"], *ends
