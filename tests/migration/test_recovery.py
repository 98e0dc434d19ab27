"""Stated times to recovery against those that the timelines give: what the documentation shows is what is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.migration.accuracy import answers
from tests.migration.accuracy import table as accuracy
from tests.migration.recovery import Comparison, comparisons, length, summary, table

SNAPSHOTS = Path(__file__).resolve().parent.parent / "snapshots" / "migration"
GUIDE = "postmortems/guide/migrating.md"


def test_the_comparison_is_as_recorded(corpora: Path) -> None:
    found = comparisons(corpora)
    assert (SNAPSHOTS / "recovery.md").read_text(encoding="utf-8") == f"{summary(found)}\n\n{table(found)}\n"


def test_the_accuracy_is_as_recorded(corpora: Path) -> None:
    assert (SNAPSHOTS / "accuracy.md").read_text(encoding="utf-8") == f"{accuracy(answers(corpora))}\n"


@pytest.mark.parametrize("name", ["recovery.md", "accuracy.md"])
def test_the_guide_shows_what_is_recorded(name: str, root: Path) -> None:
    page = (root / GUIDE).read_text(encoding="utf-8")
    recorded = [row for row in (SNAPSHOTS / name).read_text(encoding="utf-8").splitlines() if row.startswith("|")]
    # the guide leaves out the columns on the right that need more words
    shown = next(row for row in page.splitlines() if row.startswith("|") and recorded[0].startswith(row))
    columns = shown.count("|")
    assert "\n".join(_first(row, columns) for row in recorded) in page


def _first(row: str, columns: int) -> str:
    return "|".join(row.split("|")[:columns]) + "|"


def test_lengths_are_written_in_days_hours_and_minutes() -> None:
    assert [length(minutes) for minutes in (0, 25, 78, 8876)] == ["0 min", "25 min", "1 h 18 min", "6 d 3 h 56 min"]


def test_a_minute_more_or_less_is_no_difference() -> None:
    assert Comparison("A", "25 minutes", 25, 26).agrees
    assert not Comparison("A", "25 minutes", 25, 27).agrees
    assert not Comparison("A", "25 minutes", 25, None).agrees
    assert "| A | 25 minutes | 27 min | +2 min |" in table((Comparison("A", "25 minutes", 25, 27),))
