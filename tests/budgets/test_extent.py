"""Files that begin or end too early for a question say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from afterword.budgets.offline.extent import Extent

AT = datetime(2026, 2, 1, tzinfo=UTC)
DAY = 86_400


def extent(first: timedelta, last: timedelta) -> Extent:
    return Extent(AT - first, AT - last)


def test_a_file_that_covers_the_window_says_nothing() -> None:
    whole = extent(timedelta(days=30) - timedelta(minutes=50), timedelta(minutes=5))
    assert whole.warnings(AT, 30 * DAY) == ()
    assert whole.kept(AT, 30 * DAY) is None


def test_a_file_that_begins_within_the_window_says_so() -> None:
    short = extent(timedelta(days=15), timedelta())
    (told,) = short.warnings(AT, 30 * DAY)
    assert told == "the data begins at 2026-01-17T00:00:00Z, and the longest window is 30 d: older events are missing"
    assert short.kept(AT, 30 * DAY) == 15 * DAY
    assert short.warnings(AT, 7 * DAY) == ()


def test_a_file_that_ended_before_the_instant_says_so() -> None:
    (told,) = extent(timedelta(days=40), timedelta(hours=3)).warnings(AT, 30 * DAY)
    assert told == "the data ends at 2026-01-31T21:00:00Z, 3 h before 2026-02-01T00:00:00Z, as of which it is asked"


def test_a_file_that_begins_later_than_the_instant_holds_nothing_of_it() -> None:
    assert extent(timedelta(days=-1), timedelta(days=-2)).kept(AT, 30 * DAY) == 0


@pytest.mark.parametrize("milliseconds", [0, 1_769_904_000_500])
def test_instants_come_from_milliseconds(milliseconds: int) -> None:
    assert Extent.of(milliseconds, milliseconds).first.timestamp() * 1000 == milliseconds
