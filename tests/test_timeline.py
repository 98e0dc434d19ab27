"""The written times of a timeline, as moments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.timeline import Point, points, zone_named
from afterword.timing import parse_moment


def read(times: list[str], zone: str | None = "UTC", started: str = "2026-03-04T22:00:00Z") -> list[str | None]:
    return [iso(point) for point in points(times, zone, parse_moment(started))]


def iso(point: Point) -> str | None:
    if point.moment is None:
        return None
    return point.moment.at.isoformat() if point.moment.at else point.moment.day.isoformat()


def test_a_time_without_a_date_belongs_to_the_day_of_the_start() -> None:
    assert read(["22:05"]) == ["2026-03-04T22:05:00+00:00"]


def test_past_midnight_the_day_rolls_over() -> None:
    assert read(["23:50", "00:10", "00:20"])[1:] == ["2026-03-05T00:10:00+00:00", "2026-03-05T00:20:00+00:00"]


def test_a_row_slightly_out_of_order_does_not_roll_over() -> None:
    assert read(["22:30", "22:10"])[1] == "2026-03-04T22:10:00+00:00"


def test_a_written_date_carries_to_the_rows_below() -> None:
    assert read(["2026-03-06 08:00", "08:30", "2026-03-07"]) == [
        "2026-03-06T08:00:00+00:00", "2026-03-06T08:30:00+00:00", "2026-03-07",
    ]  # fmt: skip


def test_the_start_s_day_is_taken_in_the_table_s_zone() -> None:
    assert read(["00:30"], "UTC+2", "2026-03-04T22:10:00Z") == ["2026-03-05T00:30:00+02:00"]


def test_a_row_s_own_zone_wins() -> None:
    assert read(["22:05 CET", "2026-03-04T22:06:00-05:00", "10:15 PM PST"]) == [
        "2026-03-04T22:05:00+01:00", "2026-03-04T22:06:00-05:00", "2026-03-04T22:15:00-08:00",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "later", "25:00", "12:75", "13:00 PM", "2026-02-30 10:00", "around noon"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read([text]) == [None]


def test_a_time_without_any_zone_is_marked() -> None:
    (with_zone,) = points(["22:05"], "UTC", parse_moment("2026-03-04T22:00:00Z"))
    (without,) = points(["22:05"], None, parse_moment("2026-03-04T22:00:00Z"))
    assert (with_zone.zoned, without.zoned) == (True, False)


@pytest.mark.parametrize(("name", "hours"), [("UTC", 0), ("UTC+2", 2), ("+05:30", 5.5), ("PST", -8), ("GMT-03:00", -3)])
def test_zones_are_known_by_what_people_write(name: str, hours: float) -> None:
    zone = zone_named(name)
    assert zone is not None
    offset = zone.utcoffset(None)
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


@given(st.lists(st.text(alphabet="0123456789:-T Zamp+UC~", max_size=24), max_size=6), st.sampled_from(["UTC", None]))
def test_any_texts_are_read(times: list[str], zone: str | None) -> None:
    assert len(points(times, zone, parse_moment("9999-12-31T23:59:59Z"))) == len(times)
    assert len(points(times, zone, parse_moment("0001-01-01T00:00:00Z"))) == len(times)
