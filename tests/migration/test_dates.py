"""Days, times of day, zones and stamps as people write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.times.calendar import Calendar
from afterword.migration.times.clocks import clock_at
from afterword.migration.times.dates import day_at, days_in
from afterword.migration.times.stamps import stamp_at_start
from afterword.migration.times.zones import zone_at, zone_in, zone_of_all

MONTH_FIRST = Calendar("month", date(2024, 3, 20))
DAY_FIRST = Calendar("day", date(2024, 3, 20))
NOTHING = Calendar()
MARCH = date(2024, 3, 14)

SURE = """2024-03-14
2024/03/14
2024.03.14
2024-3-14
14.03.2024
14/03/2024
3/14/24
03-14-2024
14 Mar 2024
14-Mar-2024
14th of March 2024
the 14th of March, 2024
March 14th, 2024
March 14 2024
Mar. 14, 2024
2024 Mar 14
Mar 14 '24
14 de março de 2024
14/mar/2024
ngày 14 tháng 3 năm 2024
14 tháng 3 năm 2024
ngày 14/3/2024
2024\u201103\u201114"""


@pytest.mark.parametrize("text", SURE.splitlines())
def test_a_day_that_can_mean_one_day_only_needs_no_calendar(text: str) -> None:
    found = day_at(f"{text}: it broke", 0, NOTHING)
    assert found is not None
    assert (found.day, found.end, found.why) == (MARCH, len(text), None)


@pytest.mark.parametrize(
    ("text", "calendar", "day"),
    [
        ("3/4/2024", MONTH_FIRST, date(2024, 3, 4)),
        ("3/4/2024", DAY_FIRST, date(2024, 4, 3)),
        ("03-04-24", DAY_FIRST, date(2024, 4, 3)),
        ("3/4/2024", NOTHING, None),
        ("3.4.2024", NOTHING, date(2024, 4, 3)),
        ("4/4/2024", NOTHING, date(2024, 4, 4)),
        ("13/4/2024", MONTH_FIRST, date(2024, 4, 13)),
        ("Mar 14", NOTHING, None),
        ("Mar 14", MONTH_FIRST, MARCH),
        ("14 tháng 3", MONTH_FIRST, MARCH),
        ("Dec 31", Calendar(near=date(2024, 1, 2)), date(2023, 12, 31)),
        ("Dec 31", Calendar(year=2024), date(2024, 12, 31)),
        ("Sep 1", MONTH_FIRST, None),
        ("Feb 29", Calendar(near=date(2024, 3, 1)), date(2024, 2, 29)),
        ("Feb 30", MONTH_FIRST, None),
        ("2021-02-31", NOTHING, None),
        ("20202-01-16", NOTHING, None),
        ("11/03/202 ", NOTHING, None),
        ("2022-02-??", NOTHING, None),
        ("20xx-MM-DD", NOTHING, None),
        ("21-03-14", NOTHING, None),
        ("3/14/94", MONTH_FIRST, None),
    ],
)
def test_what_the_figures_leave_open_is_told_by_the_calendar_or_by_nobody(
    text: str, calendar: Calendar, day: date | None
) -> None:
    found = day_at(text, 0, calendar)
    assert found is not None
    assert found.day == day
    assert (found.why is None) == (day is not None)


@pytest.mark.parametrize(
    "text",
    [
        "1.2.10",
        "3 out of 5",
        "Set 5 replicas",
        "2024.3.1",
        "10/31",
        "may be",
        "Mar 2024",
        "5 minutes",
        "1/2 of",
        "v2024",
        "",
        "ngày",
    ],
)
def test_other_figures_and_words_are_no_days(text: str) -> None:
    assert day_at(text, 0, MONTH_FIRST) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4–6 March 2024", date(2024, 3, 4), date(2024, 3, 6)),
        ("March 4-6, 2024", date(2024, 3, 4), date(2024, 3, 6)),
        ("4 to 6 March", date(2024, 3, 4), date(2024, 3, 6)),
    ],
)
def test_days_from_to_have_a_first_and_a_last(text: str, first: date, last: date) -> None:
    found = day_at(text, 0, MONTH_FIRST)
    assert found is not None
    assert (found.day, found.last, found.end) == (first, last, len(text))


def test_days_are_found_anywhere_but_not_in_addresses_and_versions() -> None:
    text = (
        "From 2/26/2024-3/6/2024 (see v1.2.3/4/2024, https://x.example/2021/05/06/), _3/5/2024_ and on March 4th 2024."
    )
    assert [found.day for found in days_in(text, MONTH_FIRST)] == [
        date(2024, 2, 26), date(2024, 3, 6), date(2024, 3, 5), date(2024, 3, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:05", time(14, 5)),
        ("14:05:33", time(14, 5, 33)),
        ("14:05:33.123", time(14, 5, 33)),
        ("1405Z", time(14, 5)),
        ("1405 UTC", time(14, 5)),
        ("14h05", time(14, 5)),
        ("14 giờ 05", time(14, 5)),
        ("2:05pm", time(14, 5)),
        ("2:05 p.m.", time(14, 5)),
        ("2 PM", time(14)),
        ("12:45 AM", time(0, 45)),
        ("12:45 PM", time(12, 45)),
        ("13:55 PM", time(13, 55)),
        ("23:00 AM", time(23)),
        ("10.30", time(10, 30)),
        ("14:05 Uhr", time(14, 5)),
        ("14:??", None),
        ("--:--", None),
        ("HH:mm", None),
        ("24:00", None),
        ("0:15 PM", None),
    ],
)
def test_times_of_day(text: str, clock: time | None) -> None:
    found = clock_at(text, 0)
    assert found is not None
    assert found.time == clock


@pytest.mark.parametrize(
    "text",
    [
        "14h05 of downtime",
        "2h30 later",
        "1h 28m",
        "99:99",
        "3:2",
        "10.30.1",
        "10.30 release",
        "1405",
        "25 pm",
        "14:5",
        "1:2:3",
    ],
)
def test_stretches_shares_and_versions_are_no_times(text: str) -> None:
    assert clock_at(text, 0) is None


def test_a_difference_is_no_time() -> None:
    assert clock_at("+00:10", 1) is None
    assert stamp_at_start("+00:10 it broke", MONTH_FIRST) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (" UTC: x", 0), ("Z", 0), (" (UTC) x", 0), (" UTC+2, x", 2), (" UTC-8, x", -8), (" GMT+07:00", 7),
        ("+0200 x", 2), ("+02:00", 2), (" -0800 x", -8), (" PST Saturday", -8), (" CEST", 2), (" pst: x", -8),
        (" BRT", -3), (" ICT", 7),
    ],
)  # fmt: skip
def test_zones_behind_a_time(text: str, hours: int) -> None:
    found = zone_at(text, 0)
    assert found is not None
    assert found.zone is not None
    assert found.zone.utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", [" DB restarted", " (6:48 PDT)", "-15:10", " CT scan", " AWS sends", " a", "", " UTCA"]
)
def test_other_words_behind_a_time_are_no_zones(text: str) -> None:
    assert zone_at(text, 0) is None


def test_a_zone_that_could_be_several_is_said_and_not_known() -> None:
    for text in (" local time", " IST x", " giờ địa phương"):
        found = zone_at(text, 0)
        assert found is not None
        assert found.zone is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Timeline (all times PT)", "America/Los_Angeles"),
        ("When, Pacific Time", "America/Los_Angeles"),
        ("Time (ET)", "America/New_York"),
        ("Linha do tempo (horário de Brasília)", "America/Sao_Paulo"),
        ("Dòng thời gian (giờ Việt Nam)", "Asia/Ho_Chi_Minh"),
        ("Times in Europe/Lisbon", "Europe/Lisbon"),
        ("Timeline (UTC)", "UTC"),
        ("Timeline of the DNS outage", None),
    ],
)
def test_a_heading_names_a_zone(text: str, name: str | None) -> None:
    found = zone_in(text)
    assert (str(found.zone) if found else None) == name


@pytest.mark.parametrize(
    "text",
    [
        "All times are UTC.",
        "All times in UTC",
        "times are listed in UTC",
        "**Time zone:** UTC",
        "_All times in UTC_",
        "__Times:__ _UTC_",
        "Todos os horários em UTC.",
    ],
)
def test_a_sentence_says_the_zone_of_all_times(text: str) -> None:
    found = zone_of_all(f"Something first.\n{text}\nMore.")
    assert found is not None
    assert str(found.zone) == "UTC"


@pytest.mark.parametrize(
    "text", ["By that time, UTC was out of date.", "At the time (14:05 UTC) all was well", "Time to CET"]
)
def test_a_sentence_about_one_time_says_nothing_of_the_others(text: str) -> None:
    assert zone_of_all(text) is None


@pytest.mark.parametrize(
    ("text", "day", "clock", "until", "rest"),
    [
        ("2024-03-14T14:05:00Z it broke", MARCH, time(14, 5), None, "it broke"),
        ("**14:05 UTC** – it broke", None, time(14, 5), None, "it broke"),
        ("**14:05 – it broke** at once", None, time(14, 5), None, "**it broke** at once"),
        ("[14:05](https://chat.example/1) – it broke", None, time(14, 5), None, "it broke"),
        ("`14:05` it broke", None, time(14, 5), None, "it broke"),
        ("12:45 PM PST Thursday March 14th : it broke", MARCH, time(12, 45), None, "it broke"),
        ("March 14, 2024: 7:56am UTC", MARCH, time(7, 56), None, ""),
        ("3/14/2024 - 15:38 CST - it broke", MARCH, time(15, 38), None, "it broke"),
        ("03-14-2024 - 3.0.1 went out", MARCH, None, None, "3.0.1 went out"),
        ("14:05–15:10 UTC it was down", None, time(14, 5), time(15, 10), "it was down"),
        ("Between 14:05 and 15:10, it was down", None, time(14, 5), time(15, 10), "it was down"),
        ("From 14:05 to 15:10: it was down", None, time(14, 5), time(15, 10), "it was down"),
        ("14:05 March 15 build went out", None, time(14, 5), None, "March 15 build went out"),
        ("14:05 - March 15 build went out", None, time(14, 5), None, "March 15 build went out"),
        ("14:05 on 14 March 2024: it broke", MARCH, time(14, 5), None, "it broke"),
        ("03/14 14:05 it broke", MARCH, time(14, 5), None, "it broke"),
        ("[03-14 14:05] it broke", MARCH, time(14, 5), None, "it broke"),
        ("às 14h05: caiu", None, time(14, 5), None, "caiu"),
        ("lúc 14:05 ngày 14 tháng 3: hỏng", MARCH, time(14, 5), None, "hỏng"),
        ("~~14:05~~ 14:10 it broke", None, time(14, 10), None, "it broke"),
        ("2024-03-14 (Thursday)", MARCH, None, None, ""),
        ("-3/14/24_", MARCH, None, None, ""),
    ],
)
def test_stamps(text: str, day: date | None, clock: time | None, until: time | None, rest: str) -> None:
    stamp = stamp_at_start(text, MONTH_FIRST)
    assert stamp is not None
    assert (stamp.day, stamp.clock, stamp.until, stamp.text) == (day, clock, until, rest)


@pytest.mark.parametrize(
    "text",
    ["~14:05 it broke", "ca. 14:05 it broke", "14:05 (approx) it broke", "khoảng 14:05: hỏng", "14:05~ it broke"],
)
def test_marked_as_approximate(text: str) -> None:
    stamp = stamp_at_start(text, MONTH_FIRST)
    assert stamp is not None
    assert (stamp.clock, stamp.about) == (time(14, 5), True)


@pytest.mark.parametrize(
    "text", ["3/4 of the pods", "2 nodes", "5 minutes later", "![2024-03-14](x.png)", "It broke at 14:05", "Monday", ""]
)
def test_other_lines_begin_with_no_stamp(text: str) -> None:
    assert stamp_at_start(text, MONTH_FIRST) is None


@given(st.text(alphabet="0123456789:/-. amp MarJuntháng ngày?hUTCZ+~*_[]()de\n–", max_size=60))
def test_whatever_is_written_is_read_without_an_error(text: str) -> None:
    for calendar in (MONTH_FIRST, DAY_FIRST, NOTHING):
        for found in days_in(text, calendar):
            assert 0 <= found.start < found.end <= len(text)
        stamp = stamp_at_start(text, calendar)
        if stamp:
            assert 0 < stamp.end <= len(text)
            assert stamp.text.strip("*_`~") in text
