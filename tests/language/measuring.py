"""The findings on language in real reports, and what a reader thought of each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from afterword.language import Category
from afterword.rules.language import RULES
from tests.reading import FRONT
from tests.rules.whole import FOLDER, judge

CODES = tuple(rule.code for rule in RULES)
CATEGORIES = dict(zip(CODES, Category, strict=True))
LABELS = Path(__file__).parent / "labels.tsv"

_HEAD = f"---\n{FRONT}---\n\n"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was found: a path in its collection, the line from 1, the rule's code."""

    path: str
    line: int
    code: str


@dataclass(frozen=True, slots=True)
class Label:
    """A reader's verdict at first sight, be it that what was wrong has been mended since.

    ``language`` is that of the phrase; ``later`` whether the list was already written when the report was first read;
    ``again`` whether tests can find it again.
    """

    place: Place
    language: str
    is_right: bool
    later: bool
    again: bool


def labels() -> Iterator[Label]:
    """All verdicts, in their order."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            place = Place(row["path"], int(row["line"]), row["code"])
            is_right, later, again = row["verdict"] == "right", row["read"] == "later", row["collection"] == "corpora"
            yield Label(place, row["language"], is_right, later, again)


def found_in(corpora: Path) -> list[Place]:
    """What the rules find in the bodies of all reports below a folder."""
    names, files = {}, {}
    for number, path in enumerate(sorted(path for path in corpora.rglob("*") if _is_report(path))):
        name = f"2026/2026-03-04-report-{number:03}.md"
        names[FOLDER + name] = path.relative_to(corpora).as_posix()
        files[name] = _HEAD + path.read_text(encoding="utf-8", errors="replace")
    above = _HEAD.count("\n")
    return sorted(
        Place(names[finding.path], finding.span.line - above, finding.code)
        for finding in judge(files, select=CODES).findings
    )


def _is_report(path: Path) -> bool:
    return path.is_file() and path.name not in ("README.md", "LICENSE", ".gitignore")
