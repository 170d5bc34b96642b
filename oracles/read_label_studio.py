"""Label Studio's own library takes the labelling configuration and every task, annotation and prediction for it."""

import json
from collections import Counter

from label_studio_sdk.label_interface import LabelInterface

from work import same

EXPORTS = [["label-studio"]]
OFFSET = r'"start":(\d+)'


def check(folder, work):
    interface = LabelInterface((folder / "work.xml").read_text(encoding="utf-8"))
    interface.validate()
    marks, links = Counter(), Counter()
    for task in json.loads((folder / "work.json").read_text(encoding="utf-8")):
        article = work.of_text(task["data"]["text"])
        # Its check of a whole task fails on any task with annotations, by a slip of its own; so its parts are checked.
        assert interface.validate_task({"data": task["data"]}), article.title
        for kind, is_valid in ("annotations", interface.validate_annotation), ("predictions", interface.validate_prediction):
            for list_of in task[kind]:
                assert is_valid(list_of), f"{article.title}: one of its {kind} is refused"
        # Links between a confirmed annotation and a proposed one are no relations; the work has none.
        results = [result for kind in ("annotations", "predictions") for said in task[kind] for result in said["result"]]
        ends = {}
        for result in results:
            if result["type"] == "labels":
                value = result["value"]
                words = article.text[value["start"] : value["end"]]
                assert value["text"] == words.replace("\r", "\\n").replace("\n", "\\n"), value
                ends[result["id"]] = (value["start"], words)
                marks.update((article.title, label, value["start"], words) for label in value["labels"])
        for result in results:
            if result["type"] == "relation":
                links.update((article.title, kind, ends[result["from_id"]], ends[result["to_id"]]) for kind in result["labels"])
    same(marks, work.marks(), "regions")
    same(links, work.links(), "relations")
    return f"{marks.total()} regions, {links.total()} relations"
