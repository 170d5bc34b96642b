"""PyLD and rdflib read the collection as RDF: positions, quotations, labels and links as the model's own terms.

JSON-LD drops without a word what its context does not know, so that nothing may be missing once it is expanded and
compacted again. The context is the one of the W3C, kept here; nothing is fetched.
"""

import base64
import hashlib
import json
from collections import Counter
from pathlib import Path

from pyld import jsonld
from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS, RDF

from work import same

EXPORTS = [["w3c"]]
OFFSET = r'"TextPositionSelector","start":(\d+)'
OA = Namespace("http://www.w3.org/ns/oa#")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def check(folder, work):
    jsonld.set_document_loader(kept_here)
    source = json.loads((folder / "work.jsonld").read_text(encoding="utf-8"))
    again = jsonld.compact(source, CONTEXT)
    same(names(again), names(source), "names that the context knows")
    graph = Graph()
    graph.parse(data=jsonld.to_rdf(source, {"format": "application/n-quads"}), format="nquads")
    texts = {str(body): str(graph.value(body, RDF.value)) for body in graph.objects(predicate=OA.hasBody) if (body, DCTERMS.title, None) in graph}
    marks, links, ends = Counter(), Counter(), {}
    for note in graph.subjects(OA.motivatedBy, OA.classifying):
        target = graph.value(note, OA.hasTarget)
        article = work.of_text(texts[str(graph.value(target, OA.hasSource))])
        assert str(graph.value(target, OA.hasSource)) == hash_name(article.text)
        selectors = {graph.value(one, RDF.type): one for one in graph.objects(target, OA.hasSelector)}
        position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = (int(graph.value(position, name)) for name in (OA.start, OA.end))
        exact, prefix, suffix = (str(graph.value(quote, name)) for name in (OA.exact, OA.prefix, OA.suffix))
        assert article.text[start:end] == exact, f"{exact!r} does not stand at {start}"
        assert article.text[:start].endswith(prefix) and article.text[end:].startswith(suffix)
        bodies = [body for body in graph.objects(note, OA.hasBody) if (body, OA.hasPurpose, OA.classifying) in graph]
        marks.update((article.title, str(graph.value(body, RDF.value)), start, exact) for body in bodies)
        ends[note] = (article.title, (start, exact))
    for note in graph.subjects(OA.motivatedBy, OA.linking):
        to, kind = sorted(graph.objects(note, OA.hasBody), key=lambda body: body not in ends)
        title, first = ends[graph.value(note, OA.hasTarget)]
        links[title, str(graph.value(kind, RDF.value)), first, ends[to][1]] += 1
    same(marks, work.marks(), "annotations")
    same(links, work.links(), "links")
    return f"{marks.total()} annotations, {links.total()} links, {len(graph)} statements"


def kept_here(url, _options):
    assert url == CONTEXT, f"{url} would have to be fetched"
    file = Path(__file__).with_name("w3c") / "anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(file.read_text(encoding="utf-8"))}


def names(value):
    """How often each name is used, at any depth."""
    found = Counter()
    if isinstance(value, dict):
        found.update(name for name in value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found += names(inner)
    return found


def hash_name(text):
    """The IRI of RFC 6920 that names a text by its hash."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
