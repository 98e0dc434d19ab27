"""The written times of a timeline, as moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

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


@pytest.mark.parametrize(
    ("started", "times", "expected"),
    [
        ("2026-03-04T23:50:00Z", ["00:05", "00:40"], ["2026-03-05T00:05", "2026-03-05T00:40"]),
        ("2026-03-05T00:10:00Z", ["23:50", "00:10"], ["2026-03-04T23:50", "2026-03-05T00:10"]),
        ("2026-03-04T23:50:00Z", ["later", "00:05"], [None, "2026-03-05T00:05"]),
        ("2026-03-04T23:50:00Z", ["2026-03-04", "00:05"], ["2026-03-04", "2026-03-04T00:05"]),
        ("2026-03-04T23:50:00Z", ["08:00", "23:50"], ["2026-03-04T08:00", "2026-03-04T23:50"]),
        ("2026-03-04", ["00:05"], ["2026-03-04T00:05"]),
    ],
)
def test_a_table_that_begins_across_midnight_begins_near_the_start(
    started: str, times: list[str], expected: list[str | None]
) -> None:
    assert [item and item.removesuffix(":00+00:00") for item in read(times, "UTC", started)] == expected


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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "later",
        "2026-03-04 9.30",
        "2026-03-04 – 2026-03-06",
        "10:150",
        "25:00",
        "12:75",
        "13:00 PM",
        "2026-02-30 10:00",
        "around noon",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read([text]) == [None]


def test_a_time_without_any_zone_is_marked() -> None:
    (with_zone,) = points(["22:05"], "UTC", parse_moment("2026-03-04T22:00:00Z"))
    (without,) = points(["22:05"], None, parse_moment("2026-03-04T22:00:00Z"))
    assert (with_zone.zoned, without.zoned) == (True, False)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("UTC", 0), ("UTC+2", 2), ("+05:30", 5.5), ("PST", -8), ("GMT-03:00", -3), ("UTC−5", -5), ("UTC–05:30", -5.5)],
)
def test_zones_are_known_by_what_people_write(name: str, hours: float) -> None:
    zone = zone_named(name)
    assert zone is not None
    offset = zone.utcoffset(None)
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


@pytest.mark.parametrize(
    "text",
    [
        "**22:05**", "~22:05", "≈ 22:05", "ca. 22:05", "c. 22:05", "about 22:05", "by 22:05", "22:05–22:20", "`22:05`",
        "10:05 PM", "22:05:00", "2026-03-04 ~22:05", "2026-03-04 **22:05**", "2026-03-04<br>22:05", "2026-03-04, 22:05",
        "2026-03-04 at 22:05", "~~21:50~~ 22:05", "(22:05)",
        "22:05-22:20", "22:05 - 22:20", "22:05 to 22:20",
        "22:05-10:30", "[22:05](x.md)", "_22:05_", "22:05 DB restarted", "por volta de 22:05",
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str) -> None:
    assert read([text]) == ["2026-03-04T22:05:00+00:00"]


@pytest.mark.parametrize(
    "text", ["**2026-03-05**", "`2026-03-05`", "2026-03-05 (Thursday)", "_2026-03-05_", "2026-03-05:"]
)
def test_a_row_with_a_date_begins_a_day(text: str) -> None:
    assert read([text, "08:00"]) == ["2026-03-05", "2026-03-05T08:00:00+00:00"]


@pytest.mark.parametrize(
    "text",
    ["23:05 CET", "**23:05** CET", "23:05 (CET)", "23:05 (UTC+1)", "23:05–23:20 CET", "23:05 - 23:20 (UTC+1)",
     "23:05 Europe/Paris", "11:05 p.m. CET", "23:05 UTC+01:00", "2026-03-04T23:05:00+01:00", "23:05+01:00",
     "2026-03-04T23:05+0100",
     "21:05 UTC−1", "21:05 -01:00", "2026-03-04T21:05-01:00"],
)  # fmt: skip
def test_a_row_s_zone_is_read_wherever_it_stands(text: str) -> None:
    (point,) = points([text], "UTC", parse_moment("2026-03-04T22:00:00Z"))
    assert point.moment is not None
    assert point.moment.at == datetime(2026, 3, 4, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["22:05 IST", "22:05 (SGT)", "22:05 Nowhere/City"])
def test_a_time_in_a_zone_that_is_not_known_is_not_read_in_another(text: str) -> None:
    assert read([text]) == [None]


@pytest.mark.parametrize("started", ["9998-12-31T23:59:59Z", "0002-01-01T00:00:00Z", "9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("zone", ["UTC", "UTC+14", "UTC-12", "CET", "PT", None])
def test_the_edges_of_the_calendar_are_read(started: str, zone: str | None) -> None:
    times = ["00:00", "23:59", "00:01", "0001-01-01 00:00", "9999-12-31 23:59", "00:01", "9999-12-31 23:00 PST"]
    for point in points(times, zone, parse_moment(started)):
        assert point.moment is None or point.moment.day_in(timezone(timedelta(hours=-12))) <= date.max
        assert point.moment is None or point.moment.day_in(timezone(timedelta(hours=14))) <= date.max


@given(st.lists(st.text(alphabet="0123456789:-T Zamp+UC~", max_size=24), max_size=6), st.sampled_from(["UTC", None]))
def test_any_texts_are_read(times: list[str], zone: str | None) -> None:
    assert len(points(times, zone, parse_moment("9999-12-31T23:59:59Z"))) == len(times)
    assert len(points(times, zone, parse_moment("0001-01-01T00:00:00Z"))) == len(times)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun Oct 31 21:33", "2025-10-31T21:33"),
        ("31st October 2021, 9:05 PM", "2021-10-31T21:05"),
        ("**June 14th, 2022, 10 AM:**", "2022-06-14T10:00"),
        ("4 de março de 2026 14h05", "2026-03-04T14:05"),
        ("ngày 4 tháng 3 năm 2026 14 giờ 05 phút", "2026-03-04T14:05"),
        ("14h05–14h20", "2026-01-01T14:05"),
        ("Dec 31", "2025-12-31"),
    ],
)
def test_days_and_hours_in_words_are_read(text: str, expected: str) -> None:
    found = read([text], "UTC", "2026-01-01T02:00:00Z")[0]
    assert found is not None
    assert found.removesuffix(":00+00:00") == expected


@pytest.mark.parametrize("text", ["31 Feb 10:00", "2h05 later", "+1h30", "14h", "Marathon 10:00", "4 March, 9 o'clock"])
def test_what_only_looks_like_a_day_or_an_hour_is_not_read(text: str) -> None:
    assert read([text]) == [None]


def test_a_day_without_a_year_lies_near_the_row_above() -> None:
    assert read(["Dec 31 23:50", "Jan 1 00:10"], "UTC", "2025-12-31T23:00:00Z") == [
        "2025-12-31T23:50:00+00:00", "2026-01-01T00:10:00+00:00",
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["31 ", "Oct ", "de ", "9 am ", "14h ", "1 tháng ", "()", "~~"])
def test_long_text_in_a_time_cell_is_cut(piece: str) -> None:
    assert len(read([piece * 200_000] * 20)) == 20
