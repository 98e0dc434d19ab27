"""How much of what reports state is told, and how much of what is told is right, by labels that were made by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.migration.accuracy import KINDS, MOMENTS, answers, labels, score, table

PRECISION, RECALL = 0.95, 0.85


def test_values_are_right_and_few_are_missing(corpora: Path) -> None:
    found = answers(corpora)
    wrong = [
        f"{one.path}: {one.kind} is {one.given}, labelled {one.label or 'as not stated'}"
        for one in found
        if one.counts and not one.right
    ]
    sys.stdout.write("\n".join([table(found), *wrong, ""]))
    total = score(found)
    assert total.precision >= PRECISION
    assert total.recall >= RECALL


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_value_hides_behind_the_others(kind: str, corpora: Path) -> None:
    one = score(tuple(item for item in answers(corpora) if item.kind == kind))
    assert one.precision >= 0.9
    assert one.recall >= 0.8


def test_moments_are_not_saved_by_giving_days_alone(corpora: Path) -> None:
    found = tuple(item for item in answers(corpora) if item.kind in MOMENTS)
    timed = [item for item in found if item.label and "T" in item.label]
    assert sum(item.exact for item in timed) >= 0.8 * len(timed)


def test_thirty_reports_are_labelled() -> None:
    rows = labels()
    assert len(rows) == len({row["path"] for row in rows}) == 30
    assert {row["path"].split("/")[0] for row in rows} == {"chia", "dfds"}
