"""Measures `afterword migrate` on 1,000 reports of about 950 words, in the forms that teams have them in.

    python benchmarks/migration.py [--count 1000] [--runs 5]

The reports are those of `generate.py` without their front matter: a title as heading, figures as a list, the timeline
as a table, as bullets or as paragraphs in turn, actions as a list.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import yaml
from checks import peak, run, show
from generate import generate

MIGRATE = [sys.executable, "-m", "afterword", "migrate", "old", "new", "--format", "summary"]
_ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d \d\d:\d\d|\d\d:\d\d) \| (.*?) \|.*$", re.MULTILINE)
_HEAD = re.compile(r"^\| Time.*\n\| ---.*\n", re.MULTILINE)


def foreign(text: str, number: int) -> str:
    """A postmortem of ours as somebody would have written it elsewhere."""
    _, front, body = text.split("---\n", 2)
    said = yaml.safe_load(front)
    if number % 3:
        mark = "- {}: {}" if number % 3 == 1 else "{} UTC - {}\n"
        body = _HEAD.sub("", _ROW.sub(lambda row: mark.format(row[1], row[2]), body))
        body = body.replace("## Timeline", "## Timeline (UTC)")
    actions = "\n".join(f"- {item['title']} ({item.get('owner', '@ops')})" for item in said.get("actions", []))
    body = re.sub(r"^## Action items$", f"## Action Items\n\n{actions}", body, flags=re.MULTILINE)
    stats = f"- Category: {said.get('root_cause', '?')}\n- Severity: {said.get('severity', '?')}"
    return f"# {said['title']}\n{body}\n## Stats\n\n{stats}\n"


def prepare(folder: Path, count: int) -> None:
    """The folder ``old`` with so many reports."""
    generate(folder / "made", count)
    (folder / "old").mkdir()
    for number, path in enumerate(sorted((folder / "made" / "postmortems" / "incidents").rglob("*.md"))):
        text = foreign(path.read_text(encoding="utf-8"), number)
        (folder / "old" / path.name).write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, given.count)
        first = []
        for _ in range(given.runs):
            shutil.rmtree(folder / "new", ignore_errors=True)
            first.append(run(MIGRATE, folder))
        show(f"`migrate` of {given.count:,}, first run", statistics.median(first), "≤ 10 s")
        again = [run(MIGRATE, folder) for _ in range(given.runs)]
        show("the same again, nothing edited", statistics.median(again))
        dry = [run([*MIGRATE, "--dry-run"], folder) for _ in range(given.runs)]
        show("`--dry-run`", statistics.median(dry))
        print(f"memory, workers included: {peak(folder, MIGRATE):.0f} MB")


if __name__ == "__main__":
    main()
