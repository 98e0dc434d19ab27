"""Windows: each instant lies in one of them, they follow each other without a gap, and clocks may change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.window import Calendar, Rolling, Span, Unit, seconds_of, units_of

ZONES = st.sampled_from(
    ["UTC", "Europe/Lisbon", "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "America/Sao_Paulo",
     "Asia/Beirut", "Pacific/Apia", "Africa/Cairo"]
)  # fmt: skip
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
ANCHORS = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001  # local times
    lambda at: at.replace(microsecond=0)
)
CALENDARS = st.builds(Calendar, st.sampled_from(list(Unit)), st.integers(1, 13), ZONES, ANCHORS)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def edges(found: Span, zone: str) -> list[str]:
    return [
        moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(" ") for moment in (found.start, found.ends)
    ]


@given(CALENDARS, INSTANTS)
def test_an_instant_lies_in_its_period(calendar: Calendar, instant: datetime) -> None:
    found = calendar.span(instant)
    assert found.start <= instant == found.at < found.ends
    assert found.start.tzinfo is UTC


@given(CALENDARS, INSTANTS)
def test_periods_follow_each_other_without_a_gap(calendar: Calendar, instant: datetime) -> None:
    found = calendar.span(instant)
    assert calendar.span(found.start).start == found.start
    assert calendar.span(found.ends).start == found.ends
    assert calendar.span(found.ends - timedelta(seconds=1)).start == found.start


@given(st.integers(1, 400 * 86_400), INSTANTS)
def test_a_rolling_window_ends_at_the_instant(seconds: int, instant: datetime) -> None:
    found = Rolling(seconds).span(instant)
    assert found.seconds == seconds
    assert found.at == found.ends == instant


@pytest.mark.parametrize(
    ("calendar", "instant", "wanted"),
    [
        (Calendar(Unit.MONTH), "2028-02-29 12:00", ["2028-02-01 00:00:00", "2028-03-01 00:00:00"]),
        (Calendar(Unit.QUARTER), "2026-11-01 00:00", ["2026-10-01 00:00:00", "2027-01-01 00:00:00"]),
        (Calendar(Unit.MONTH, 3), "2026-11-01 00:00", ["2026-10-01 00:00:00", "2027-01-01 00:00:00"]),
        (Calendar(Unit.YEAR), "2028-12-31 23:59", ["2028-01-01 00:00:00", "2029-01-01 00:00:00"]),
        (Calendar(Unit.WEEK), "2026-11-01 00:00", ["2026-10-26 00:00:00", "2026-11-02 00:00:00"]),
        (Calendar(Unit.DAY), "2026-11-01 23:59", ["2026-11-01 00:00:00", "2026-11-02 00:00:00"]),
    ],
)
def test_periods_of_the_calendar(calendar: Calendar, instant: str, wanted: list[str]) -> None:
    assert edges(calendar.span(at(instant)), "UTC") == wanted


def test_a_day_of_changing_clocks_has_as_many_hours_as_it_has() -> None:
    zone = "Europe/Lisbon"
    hours = {
        day: (found.ends - found.start) / timedelta(hours=1)
        for day in ("2026-03-29 12:00", "2026-10-25 12:00", "2026-11-01 12:00")
        for found in [Calendar(Unit.DAY, 1, zone).span(at(day, zone))]
    }
    assert list(hours.values()) == [23, 25, 24]


def test_an_anchor_says_when_months_begin() -> None:
    zone = "America/New_York"
    monthly = Calendar(Unit.MONTH, 1, zone, datetime(2020, 1, 21, 12, 30))  # noqa: DTZ001  # a local time
    before = monthly.span(at("2026-11-21 12:29", zone))
    after = monthly.span(at("2026-11-21 12:30", zone))
    assert edges(before, zone) == ["2026-10-21 12:30:00", "2026-11-21 12:30:00"]
    assert edges(after, zone) == ["2026-11-21 12:30:00", "2026-12-21 12:30:00"]


def test_an_anchor_at_the_end_of_a_month_does_not_wander() -> None:
    monthly = Calendar(Unit.MONTH, 1, "UTC", datetime(2026, 1, 31))  # noqa: DTZ001  # a local time
    assert edges(monthly.span(at("2026-03-05 00:00")), "UTC") == ["2026-02-28 00:00:00", "2026-03-31 00:00:00"]


def test_an_anchor_counts_backwards_too() -> None:
    fortnights = Calendar(Unit.WEEK, 2, "UTC", datetime(2026, 1, 5))  # noqa: DTZ001  # a local time
    assert edges(fortnights.span(at("2026-01-04 00:00")), "UTC") == ["2025-12-22 00:00:00", "2026-01-05 00:00:00"]


@pytest.mark.parametrize(
    ("written", "seconds", "units"),
    [
        ("5m", 300, None),
        ("12h", 43_200, None),
        ("30d", 2_592_000, (Unit.DAY, 30)),
        ("4w", 2_419_200, (Unit.WEEK, 4)),
        ("1M", None, (Unit.MONTH, 1)),
        ("1Q", None, (Unit.QUARTER, 1)),
        ("1Y", None, (Unit.YEAR, 1)),
        *((text, None, None) for text in ("", "0d", "1.5h", "1 d", "d", "-1d", "1s", "1D", "٣d", "1d\n", "9999999d")),
    ],
)
def test_durations_in_shorthand(written: str, seconds: int | None, units: tuple[Unit, int] | None) -> None:
    assert seconds_of(written) == seconds
    assert units_of(written) == units
