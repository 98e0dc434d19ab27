"""The arithmetic of one incident."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import timing
from afterword.timing import Moment, business_days, format_duration, parse_as_of, parse_duration, parse_moment


def moment(text: str) -> Moment:
    found = parse_moment(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 min"), (45, "45 s"), (60, "1 min"), (38 * 60, "38 min"), (4 * 3600 + 300, "4 h 05 min"),
        (2 * 3600, "2 h"), (51 * 3600, "2 d 3 h"), (48 * 3600, "2 d"), (-38 * 60, "−38 min"),
        (3599, "1 h"), (86399, "1 d"), (59.6, "1 min"),
    ],
)  # fmt: skip
def test_a_duration_is_written_in_one_style(seconds: float, written: str) -> None:
    assert format_duration(timedelta(seconds=seconds)) == written


@given(st.integers(min_value=0, max_value=10**8))
def test_a_written_duration_reads_back_within_its_precision(seconds: int) -> None:
    text = format_duration(timedelta(seconds=seconds))
    read = parse_duration(text)
    assert read is not None
    assert read[1] == len(text)
    precision = 1800 if seconds >= 23.5 * 3600 else 30
    assert abs(read[0].total_seconds() - seconds) <= precision


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4 min", 4), ("4 minutes and more", 4), ("1.5 hours", 90), ("1,5 horas", 90), ("2d 3h", 3060),
        ("1 hour and 5 minutes", 65), ("1 h, 5 min", 65), ("2 giờ 5 phút", 125), ("90s", 1.5), ("3 ngày", 4320),
        ("1,440 minutes", 1440), ("1,234,567 min", 1234567), ("0,125 h", 7.5),
    ],
)  # fmt: skip
def test_durations_are_read_as_people_write_them(text: str, minutes: float) -> None:
    read = parse_duration(text)
    assert read is not None
    assert read[0] == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "soon", "12:30", "5", "5 metres", "5 people", "9" * 400 + " days"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert parse_duration(text) is None


def test_a_bare_date_gives_no_duration() -> None:
    assert timing.between(moment("2026-03-04"), moment("2026-03-04T10:00:00Z")) is None
    assert timing.between(moment("2026-03-04T09:00:00Z"), None) is None


def test_durations_mind_offsets() -> None:
    assert timing.between(moment("2026-03-04T09:00:00+02:00"), moment("2026-03-04T07:30:00Z")) == timedelta(minutes=30)


def test_the_day_of_a_moment_is_the_library_s_day() -> None:
    late = moment("2026-03-04T23:30:00Z")
    assert late.day_in(UTC) == date(2026, 3, 4)
    assert late.day_in(ZoneInfo("Asia/Ho_Chi_Minh")) == date(2026, 3, 5)
    assert moment("2026-03-04").day_in(timezone(timedelta(hours=-11))) == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["2026-03-04T09:12:00+05:99", "2026-03-04T09:12:00+24:00", "2026-03-04T24:00:00Z", "2016-12-31T23:59:60Z",
     "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-04t09:12Z"],
)  # fmt: skip
def test_times_that_no_clock_shows_are_refused(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize("text", ["0002-01-01T00:00:00+14:00", "9998-12-31T23:59:59-12:00", "0001-01-01", "9999-12-31"])
def test_every_moment_has_a_day_in_every_zone(text: str) -> None:
    for hours in (-23, -12, 0, 14, 23):
        assert moment(text).day_in(timezone(timedelta(hours=hours))) <= date.max


def test_a_clock_at_the_end_of_time_is_refused() -> None:
    assert parse_as_of("9999-12-31") is None


def test_a_date_as_clock_means_its_last_second() -> None:
    assert parse_as_of("2026-11-01") == datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
    assert parse_as_of("2026-11-01T01:00:00+02:00") == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert parse_as_of("soon") is None


@pytest.mark.parametrize("text", ["2026-02-29", "2026-3-4", "0000-01-01", "2026-13-01", "٢٠٢٦-03-04", "2026-03-04 "])
def test_impossible_dates_are_refused(text: str) -> None:
    assert timing.parse_date(text) is None


def test_business_days_leave_out_weekends_and_holidays() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert business_days(friday, monday) == 1
    assert business_days(friday, monday, [monday]) == 0
    assert business_days(friday, friday) == 0
    assert business_days(monday, friday) == -1


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 400), st.sets(st.dates(), max_size=5))
def test_business_days_agree_with_counting(start: date, length: int, holidays: set[date]) -> None:
    end = start + timedelta(days=length)
    days = (start + timedelta(days=step) for step in range(1, length + 1))
    assert business_days(start, end, holidays) == sum(day.weekday() < 5 and day not in holidays for day in days)
