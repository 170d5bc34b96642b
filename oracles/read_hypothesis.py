"""What Hypothesis' client asks of an export: a list of annotations, each with one target, whose places are UTF-16.

The client slices the text of the page in UTF-16 units and compares with the quotation; the page here is the article.
"""

import json
from collections import Counter

from work import same

EXPORTS = [["hypothesis"]]
OFFSET = r'"TextPositionSelector","start":(\d+)'


def check(folder, work):
    by_id = {article.id: article for article in work.articles}
    export = json.loads((folder / "work.json").read_text(encoding="utf-8"))
    marks, ids = Counter(), set()
    for said in export["annotations"]:
        (target,) = said["target"]
        article = by_id[said["uri"].rsplit(":", 1)[1]]
        assert said["document"]["title"] == [article.title] and said["user"].startswith("acct:")
        selectors = {selector["type"]: selector for selector in target["selector"]}
        position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
        units = article.text.encode("utf-16-le")
        start, end = 2 * position["start"], 2 * position["end"]
        before, words, after = (part.decode("utf-16-le") for part in (units[:start], units[start:end], units[end:]))
        assert words == quote["exact"] and before.endswith(quote["prefix"]) and after.startswith(quote["suffix"]), said
        marks[article.title, said["tags"][0], len(before), words] += 1
        ids.add(said["id"])
    assert len(ids) == len(export["annotations"]), "an id is there twice"
    same(marks, work.marks(), "annotations")
    return f"{marks.total()} annotations"
