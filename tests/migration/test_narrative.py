"""The account of a migration as somebody reads it in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.migration.collection import Collection, Member
from afterword.migration.narrative import details, totals
from afterword.migration.options import Options
from afterword.migration.plan import Plan, plan
from afterword.settings import Settings

REPORT = b"""\
# Orders failed while the pool of the database was exhausted for a long time

## Timeline

- 2026-03-04 09:12 UTC: the first errors of the orders began, and nobody could pay for anything at all
- 2026-03-04 09:50 UTC: all orders worked again, which was confirmed by the team that runs the checkout

## Action items

- Raise the limit and measure for a week or two whether there is still any request that has to wait
"""


@pytest.fixture(scope="module")
def made() -> Plan:
    found = Collection(Path("reports"), (Member("2026-03-04 PM2026-001 orders.md", REPORT),), (), {})
    return plan(found, Settings({}, {}), Options())


def test_long_lines_go_on_below_their_text_and_say_the_same(made: Plan) -> None:
    whole, fitted = details(made, {}), details(made, {}, 80)
    assert fitted.split() == whole.split()
    assert max(len(line) for line in fitted.splitlines() if "→" not in line) <= 80
    below = [line for line in fitted.splitlines() if line.startswith(" " * 26)]
    assert len(below) > 3
    assert not any(line[26:].startswith(" ") for line in below)


def test_in_a_pipe_each_value_has_one_line(made: Plan) -> None:
    first = details(made, {}).splitlines()
    assert first[0] == "2026-03-04 PM2026-001 orders.md"
    assert sum(line.startswith("  started") for line in first) == 1
    assert not any(line.startswith("   ") for line in first)


def test_the_totals_fit_too(made: Plan) -> None:
    assert max(map(len, totals(made, 40).splitlines())) <= 40
