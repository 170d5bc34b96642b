"""Hugging Face's datasets loads the lines: one schema over all of them, and Python's slices are the annotations."""

import tempfile
from collections import Counter

from datasets import disable_progress_bars, load_dataset

from work import same

EXPORTS = [["jsonl"], ["jsonl", "--set", "tokens=yes", "--set", "relations=tokens"]]
OFFSET = r'"spans":\[\{"id":"[^"]*","start":(\d+)'


def check(folder, work):
    disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        files = str(folder / "work.jsonl")
        rows = load_dataset("json", data_files=files, split="train", cache_dir=cache, keep_in_memory=True)
    types = {name: str(feature) for name, feature in rows.features.items()}
    assert "null" not in str(types), f"a column without a type: {types}"
    marks, links = Counter(), Counter()
    for row in rows:
        title, text = work.of_text(row["text"]).title, row["text"]
        ends = {}
        for span in row["spans"]:
            words = text[span["start"] : span["end"]]
            assert words == span["text"], span
            ends[span["id"]] = (span["start"], words)
            marks[title, span["label"], span["start"], words] += 1
        links.update((title, link["label"], ends[link["from"]], ends[link["to"]]) for link in row["relations"])
    same(marks, work.marks(), "spans")
    same(links, work.links(), "relations")
    return f"{len(rows)} rows with {len(types)} columns, {marks.total()} spans, {links.total()} relations"
