"""jsonschema takes our schema and the project file for it; every number in the file fits the text, in every unit."""

import hashlib
import json
from collections import Counter

from jsonschema import Draft202012Validator

from work import ROOT, same, utf16

EXPORTS = [["project"]]
OFFSET = r'"start": ?(\d+)'


def check(folder, work):
    schema = json.loads((ROOT / "static/schema/annotator-project-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    project = json.loads((folder / "work.json").read_text(encoding="utf-8"))
    wrong = [error.message for error in Draft202012Validator(schema).iter_errors(project)]
    assert not wrong, wrong[:3]
    refused = json.loads(json.dumps(project)) | {"version": "1"}
    assert list(Draft202012Validator(schema).iter_errors(refused)), "the schema refuses nothing"
    texts = {article["id"]: work.of_text(article["text"]) for article in project["articles"]}
    for article in project["articles"]:
        text = article["text"]
        assert article["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert article["length"] == {"code_points": len(text), "utf16": utf16(text), "bytes": len(text.encode())}
    marks, links = Counter(), Counter()
    for sheet in project["sheets"]:
        article, ends = texts[sheet["article"]], {}
        for said in sheet["annotations"]:
            text, start, end = article.text, said["start"], said["end"]
            words = text[start:end]
            assert words == said["quote"]["exact"], said
            assert text[max(start - 32, 0) : start] == said["quote"]["prefix"] and text[end : end + 32] == said["quote"]["suffix"]
            assert said["utf16"] == {"start": utf16(text[:start]), "end": utf16(text[:end])}, said
            assert said["bytes"] == {"start": len(text[:start].encode()), "end": len(text[:end].encode())}, said
            ends[said["id"]] = (start, words)
            marks[article.title, said["label"], start, words] += 1
        for said in sheet["annotations"]:
            links.update((article.title, link["type"], ends[said["id"]], ends[link["to"]]) for link in said["links"])
    same(marks, work.marks(), "annotations")
    same(links, work.links(), "links")
    return f"{marks.total()} annotations, {links.total()} links"
