"""Time to postmortem: days, business days, and the never-written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from afterword.measures import Reason, Scope
from afterword.measures.publication import late, time_to_postmortem
from tests.measuring import made, scope, shop


def on(day: int, hour: int = 12) -> datetime:
    """A day of March 2026; the incident ended on the 4th."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def result(at: Scope | None = None, **front: Any) -> tuple[tuple[float, ...], int, list[Reason]]:
    found = time_to_postmortem([made(**front)], at or scope())
    return found.values, found.misses, [reason for reason, _ in found.excluded]


def test_days_are_counted_from_the_day_of_the_end_to_the_day_of_publication() -> None:
    assert result() == ((5,), 0, [])
    assert result(resolved="2026-03-04") == ((5,), 0, [])
    assert result(published="2026-03-04") == ((0,), 0, [])


def test_an_interim_report_is_within_the_target() -> None:
    found = time_to_postmortem([made(published="2026-03-02")], scope())
    assert (found.values, found.within) == ((-2,), 1)


def test_exactly_seven_days_are_within_and_eight_are_not() -> None:
    found = time_to_postmortem([made("a", published="2026-03-11"), made("b", published="2026-03-12")], scope())
    assert (found.values, found.within, found.counted) == ((7, 8), 1, 2)


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_unpublished_is_a_miss_from_the_eighth_day_whatever_its_status(status: str) -> None:
    seventh, eighth = scope(as_of=on(11)), scope(as_of=on(12))
    waiting = Reason.DRAFT if status == "draft" else Reason.NOT_DUE
    assert result(seventh, status=status, published=None) == ((), 0, [waiting])
    assert result(eighth, status=status, published=None) == ((), 1, [])


def test_what_was_published_after_the_clock_is_not_published_yet() -> None:
    assert result(scope(as_of=on(8))) == ((), 0, [Reason.NOT_DUE])
    assert result(scope(as_of=on(12)), published="2026-03-13") == ((), 1, [])


def test_ongoing_and_unknown_ends_give_no_value_and_no_miss() -> None:
    assert result(resolved=None, status="in-review", published=None) == ((), 0, [Reason.ONGOING])
    assert result(resolved=None, unknown=["resolved"]) == ((), 0, [Reason.UNKNOWN])


def test_the_day_of_the_end_is_that_of_the_library_s_zone() -> None:
    hanoi = scope(shop(timezone(timedelta(hours=7))))
    assert result(hanoi, resolved="2026-03-04T16:59:59Z") == ((5,), 0, [])
    assert result(hanoi, resolved="2026-03-04T17:00:00Z") == ((4,), 0, [])


def test_today_is_that_of_the_library_s_zone_when_lateness_is_judged() -> None:
    front = {"status": "in-review", "published": None}
    assert result(scope(as_of=on(11, 23)), **front)[1] == 0
    assert result(scope(shop(timezone(timedelta(hours=7))), on(11, 23)), **front)[1] == 1


def test_business_days_leave_out_weekends_and_holidays() -> None:
    # Wednesday 4 to Wednesday 11 March: Thursday, Friday, Monday, Tuesday, Wednesday
    assert time_to_postmortem([made(published="2026-03-11")], scope(), business=True).values == (5,)
    holiday = scope(shop(holidays=(date(2026, 3, 9), date(2026, 3, 7))))
    assert time_to_postmortem([made(published="2026-03-11")], holiday, business=True).values == (4,)


def test_the_late_ones_are_listed_with_the_longest_first() -> None:
    first = made("a", resolved="2026-03-01", status="draft", published=None)
    second = made("b", resolved="2026-03-03", status="in-review", published=None)
    ended = made("c")
    found = late([second, ended, first], scope(as_of=on(20)))
    assert [(item.postmortem.id, item.days) for item in found] == [("a", 19), ("b", 17)]


@pytest.mark.parametrize("front", [{"origin": "public"}, {"kind": "drill"}, {"kind": "near-miss"}])
def test_only_our_own_incidents_are_late(front: dict[str, Any]) -> None:
    assert result(status="in-review", published=None, **front) == ((), 0, [])
    assert late([made(status="in-review", published=None, **front)], scope()) == ()
