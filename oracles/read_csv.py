"""Python's csv reads the tables: every row has all columns, and offsets and words fit the texts."""

import csv
from collections import Counter

from work import same

EXPORTS = [["csv"], ["csv", "--set", "separator=semicolon"], ["csv", "--set", "separator=tab"]]
OFFSET = r"claim[,;\t](\d+)"


def check(folder, work):
    (file,) = folder.iterdir()
    by_id = {article.id: article for article in work.articles}
    marks, links, ends, linked = Counter(), Counter(), {}, []
    with file.open(encoding="utf-8-sig", newline="") as source:
        head = source.readline()
        separator = max(",;\t", key=head.count)
        source.seek(0)
        for row in csv.DictReader(source, delimiter=separator, strict=True):
            assert None not in row and None not in row.values(), row
            article, start = by_id[row["article"]], int(row["start"])
            words = article.text[start : int(row["end"])]
            assert row["text"].removeprefix("'") == words.removeprefix("'"), row
            risky = [cell for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
            assert not risky, f"a cell that a spreadsheet would run: {risky}"
            marks[article.title, row["label"], start, words] += 1
            ends[row["id"]] = (start, words)
            for name in row:
                if name.startswith("link:"):
                    linked += [(article.title, name[5:], row["id"], to) for to in row[name].split("\n") if to]
    links.update((title, kind, ends[one], ends[other]) for title, kind, one, other in linked)
    same(marks, work.marks(), "rows")
    same(links, work.links(), "links")
    return f"{marks.total()} rows, {links.total()} links"
