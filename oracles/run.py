"""Holds our exports against the programs that read them.

    python oracles/run.py PATH-OF-THE-ANNOTATOR FOLDER [CONSUMER...]

For each consumer the work is exported as its users would, and read by it: what it sees must be the work. Then one
offset in the export is moved by one, and the consumer must see that, else it proves nothing. Last, the annotator
reads its own export, and the annotations and links must be there again. All files stay in FOLDER, which is made anew.
"""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
import warnings
from collections import Counter
from pathlib import Path

from work import Work, same

CONSUMERS = ["spacy", "datasets", "label_studio", "cassis", "seqeval", "rdf", "jsonschema"]
CONSUMERS += ["csv", "brat", "doccano", "tei", "hypothesis"]

# Formats without texts are read with the articles.
WITHOUT_TEXTS = {"csv", "conll", "hypothesis"}
WITHOUT_LINKS = {"conll", "hypothesis"}
ONLY_WRITTEN = {"tei"}

# Nothing is asked of a network, and nothing is told.
for name in "HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK":
    os.environ[name] = "1"


def main(annotator, folder, *wanted):
    warnings.simplefilter("ignore")
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    work = Work()
    work.write(folder / "work.json")
    work.write(folder / "bare.json", with_marks=False)
    call(annotator, "check", "--strict", folder / "work.json")
    counts = {"passed": 0, "failed": 0}
    for name in wanted or CONSUMERS:
        consumer = importlib.import_module(f"read_{name}")
        for number, export in enumerate(consumer.EXPORTS, 1):
            words = f"{name}: {' '.join(export)}"
            try:
                said = hold(annotator, consumer, export, folder / f"{name}-{number}", work)
                counts["passed"] += 1
                print(f"ok      {words}: {said}", flush=True)
            except Exception:
                counts["failed"] += 1
                print(f"FAILED  {words}\n{traceback.format_exc(limit=-3)}", flush=True)
    print(f"oracles: {counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


def hold(annotator, consumer, export, folder, work):
    """Exports, lets a consumer read, spoils, lets it read again, and reads back. Gives what the consumer says."""
    out = folder / "out"
    out.mkdir(parents=True)
    call(annotator, "convert", "--quiet", folder.parent / "work.json", "-o", f"{out}/", "--to", *export)
    said = consumer.check(out, work)
    spoilt = folder / "spoilt"
    shutil.copytree(out, spoilt)
    spoil(consumer, spoilt)
    try:
        consumer.check(spoilt, work)
    except Exception:
        pass
    else:
        raise AssertionError("an offset was moved, and it did not see that")
    if export[0] not in ONLY_WRITTEN:
        read_back(annotator, export[0], out, folder, work)
    return said


def spoil(consumer, folder):
    """Moves one offset in the first file that has any."""
    change = getattr(consumer, "spoil", lambda text: re.sub(consumer.OFFSET, later, text, count=1))
    for file in sorted(folder.iterdir()):
        text = file.read_bytes().decode()
        changed = change(text)
        if changed != text:
            file.write_bytes(changed.encode())
            return
    raise AssertionError("there is no offset to move")


def later(found):
    """A match with its number one greater."""
    at = next(group for group in range(1, found.re.groups + 1) if found.group(group))
    start, end = (place - found.start() for place in found.span(at))
    return found.group()[:start] + str(int(found.group(at)) + 1) + found.group()[end:]


def read_back(annotator, format, out, folder, work):
    """Reads an export with the annotator, and compares with the work as far as the format holds it.

    Where each annotator has files of their own, these are read alone and all at once: only their names say whose they are,
    but no sheet may go up in another.
    """
    files = sorted(out.iterdir())
    each = {code: [file for file in files if f"work.{code.lower()}" in file.name] for code in ("A1", "B2")}
    for code, own in [*each.items(), (None, files)] if all(each.values()) else [(None, files)]:
        compare_back(annotator, format, own, folder, work, code)


def compare_back(annotator, format, files, folder, work, code):
    """Reads some files, and compares with the work of an annotator, or of all."""
    files = files + ([folder.parent / "bare.json"] if format in WITHOUT_TEXTS else [])
    made = folder / f"back{code or ''}.json"
    call(annotator, "convert", "--quiet", *files, "-o", made, "--to", "project")
    back = json.loads(made.read_text(encoding="utf-8"))
    titles = {article["id"]: work.of_text(article["text"]).title for article in back["articles"]}
    marks, links = Counter(), Counter()
    for sheet in back["sheets"]:
        title, ends = titles[sheet["article"]], {}
        for said in sheet["annotations"]:
            ends[said["id"]] = (said["start"], said["quote"]["exact"])
            marks[title, said["label"], *ends[said["id"]]] += 1
        for said in sheet["annotations"]:
            links.update((title, link["type"], ends[said["id"]], ends[link["to"]]) for link in said["links"])
    if format == "conll":
        from read_seqeval import outermost

        expected = Counter((a.title, m.label, m.start, a.text[m.start : m.end]) for a, m in outermost(work, code))
        same(marks, expected, "read back")
        return
    held = work.narrowed() if format == "brat" else work
    same(marks, held.marks(code), "read back")
    if format not in WITHOUT_LINKS and links:
        same(links, held.links(code), "links read back")


def call(annotator, *words):
    """Runs the annotator; what it complains of is the error."""
    done = subprocess.run([annotator, *map(str, words)], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"annotator {' '.join(map(str, words))}: {done.stderr or done.stdout}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
