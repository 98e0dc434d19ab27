"""Chronology: a wrong order is told where it is certain, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.findings import Span
from afterword.timing import Moment, parse_moment, surely_before
from tests.rules.whole import MILESTONES, findings, page, said

TOKYO = ZoneInfo("Asia/Tokyo")
PLAIN = "detected: 2026-03-04T09:16:00Z\nmitigated: 2026-03-04T09:44:00Z\nresolved: 2026-03-04T09:50:00Z"


def codes(lines: str = "", piece: str = "", **more: object) -> list[tuple[str, str]]:
    return said(findings(lines, piece, **more))  # type: ignore[arg-type]  # handed through


def table(*times: str, heading: str = "Time (UTC)") -> str:
    rows = "".join(f"| {time} | Something |\n" for time in times)
    return f"## Timeline\n\n| {heading} | Event |\n| --- | --- |\n{rows}"


# milestones


def test_an_end_before_the_start_is_an_error_at_the_value() -> None:
    found = findings("started: 2026-03-04T09:12:00Z\nresolved: 2026-03-04T09:11:59Z\nmitigated: 2026-03-04T09:44:00Z")
    errors = [finding for finding in found if finding.level == "error"]
    assert [(finding.code, finding.message) for finding in errors] == [("AW301", "resolved is before started")]
    assert errors[0].span == Span(24, 11, 24, 31)


def test_the_same_instant_is_in_order() -> None:
    lines = "\n".join(f"{name}: 2026-03-04T09:12:00Z" for name in ("started", "detected", "mitigated", "resolved"))
    assert codes(lines) == []


def test_offsets_are_compared_as_instants() -> None:
    assert codes(f"started: 2026-03-04T10:12:00+01:00\n{PLAIN}") == []


@pytest.mark.parametrize("detected", ["2026-03-04", "2026-03-05"])
def test_a_bare_date_on_the_same_or_a_later_day_contradicts_no_time(detected: str) -> None:
    lines = f"detected: {detected}\nunknown: [mitigated, resolved]"
    assert codes(lines, without=["mitigated", "resolved"]) == []


def test_a_bare_date_is_read_in_the_zone_that_is_kindest() -> None:
    # 23:30 in UTC on the 3rd is the 4th in Tokyo, where the library is at home
    lines = "started: 2026-03-04\ndetected: 2026-03-03T23:30:00Z"
    assert ("AW301", "hint") in codes(lines)
    assert codes(lines, zone=TOKYO) == []


def test_an_incident_that_healed_by_itself_is_a_hint_and_told_once() -> None:
    lines = "detected: 2026-03-04T09:46:00Z\nacknowledged: 2026-03-04T09:47:00Z"
    found = findings(lines)
    assert [(finding.level, finding.message) for finding in found] == [("hint", "mitigated is before detected")]


def test_an_incident_found_after_it_had_ended_is_no_error() -> None:
    assert set(codes("detected: 2026-03-06T10:00:00Z")) == {("AW301", "hint")}


def test_a_milestone_that_is_unknown_is_not_compared() -> None:
    assert codes("resolved: 2026-03-03\nunknown: [resolved]") == [("AW309", "warning")]


# the future


def test_the_future_is_a_warning_and_depends_on_the_clock() -> None:
    lines = "resolved: 2026-03-04T09:50:00Z\npublished: 2026-03-09"
    assert codes(lines, as_of=datetime(2026, 3, 9, tzinfo=UTC)) != []
    before = codes(lines, as_of=datetime(2026, 3, 4, 9, 49, tzinfo=UTC))
    assert ("AW302", "warning") in before
    assert all(level != "error" for _, level in before)


def test_the_future_begins_after_the_instant_of_the_check() -> None:
    lines = "started: 2026-03-04T09:12:00Z"
    for minute, told in ((11, ["started"]), (12, [])):
        found = findings(lines, as_of=datetime(2026, 3, 4, 9, minute, tzinfo=UTC))
        future = [item.message.split()[0] for item in found if item.code == "AW302" and "started" in item.message]
        assert future == told


@pytest.mark.parametrize(
    ("lines", "what", "text"),
    [
        ("published: 2026-12-24", "published", "2026-12-24"),
        (
            "updates:\n  - {on: 2026-03-10, note: One}\n  - {on: 2026-12-25, note: Two}",
            "the day of an update",
            "2026-12-25",
        ),
        (
            "approvals:\n  - {role: tech-lead, by: '@a', on: 2026-12-26}",
            "the day of an approval",
            "2026-12-26",
        ),
        (
            "actions:\n  - id: A7\n    title: Cap it\n    status: done\n    completed: 2026-12-27",
            "the completion of action A7",
            "2026-12-27",
        ),
    ],
)
def test_a_day_in_the_future_is_told_by_its_name_at_its_place(lines: str, what: str, text: str) -> None:
    (found,) = [item for item in findings(lines) if item.code == "AW302"]
    assert found.message == f"{what} lies in the future"
    line = page(lines).split("\n")[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == text


def test_today_is_the_day_in_the_zone_of_the_library() -> None:
    evening = datetime(2026, 3, 11, 20, tzinfo=UTC)
    lines = "published: 2026-03-12\nreview_on: 2027-01-01"
    assert ("AW302", "warning") in codes(lines, as_of=evening)
    assert "AW302" not in [code for code, _ in codes(lines, as_of=evening, zone=TOKYO)]


def test_a_bare_date_of_today_in_the_zone_of_the_library_is_not_the_future() -> None:
    evening = datetime(2026, 3, 4, 20, tzinfo=UTC)
    lines = "status: draft\nstarted: 2026-03-05"
    path = "2026/2026-03-05-late.md"
    here = findings(lines, without=MILESTONES, path=path, as_of=evening)
    there = findings(lines, without=MILESTONES, path=path, as_of=evening, zone=TOKYO)
    told = "started lies in the future"
    assert told in [finding.message for finding in here]
    assert told not in [finding.message for finding in there]


def test_a_drill_may_be_drafted_before_it_is_held() -> None:
    lines = "kind: drill\nstatus: draft\nstarted: 2026-05-01"
    path = "2026/2026-05-01-full-disk.md"
    assert "AW302" not in [code for code, _ in codes(lines, without=MILESTONES, path=path)]


def test_due_and_review_dates_may_lie_in_the_future() -> None:
    action = "actions:\n  - {id: A1, title: Cap the pool, owner: '@a', due: 2030-01-01, priority: P1, status: open}"
    assert codes(f"review_on: 2030-01-01\n{action}") == []


# the timeline


def test_rows_roll_over_midnight_without_a_finding() -> None:
    assert codes(piece=table("2026-03-04 23:50", "00:10", "00:40")) == []


def test_only_the_row_that_goes_back_is_told() -> None:
    found = findings(piece=table("09:12", "18:00", "09:20", "09:40"))
    assert [(finding.code, finding.span.line) for finding in found] == [("AW303", 46)]


def test_a_table_upside_down_is_told_once() -> None:
    found = findings(piece=table("09:50", "09:44", "09:20", "09:12"))
    assert [finding.message for finding in found] == ["the timeline runs from the latest row to the earliest"]


UPSIDE = "the timeline runs from the latest row to the earliest"


@pytest.mark.parametrize(
    ("times", "messages"),
    [
        (("09:50", "09:44"), ["the row “09:44” lies before the one above it, “09:50”"]),
        (("09:50", "09:44", "09:20"), [UPSIDE]),
        (
            ("09:50", "09:44", "09:20", "09:21"),
            [
                "the row “09:44” lies before the one above it, “09:50”",
                "the row “09:20” lies before the one above it, “09:44”",
            ],
        ),
    ],
)
def test_a_table_is_upside_down_when_more_than_half_of_its_rows_go_back(
    times: tuple[str, ...], messages: list[str]
) -> None:
    found = findings(piece=table(*times))
    assert [item.message for item in found] == messages
    assert found[0].hint == (
        "Begin with the earliest."
        if messages == [UPSIDE]
        else "Put the rows in order, or write the date when it is another day."
    )


def test_a_row_of_a_day_alone_is_read_in_the_zone_that_is_kindest() -> None:
    # 20:00 in UTC on the 4th is the 5th in Tokyo, where the library is at home
    rows = table("2026-03-05", "2026-03-04 20:00")
    assert "AW303" in [code for code, _ in codes(piece=rows)]
    assert "AW303" not in [code for code, _ in codes(piece=rows, zone=TOKYO)]


def test_long_cells_are_told_in_short() -> None:
    above, below = "2026-03-04 09:50 as the page said it", "2026-03-04 09:44 as the chat said it"
    (found,) = findings(piece=table(above, below))
    assert found.message == f"the row “{below[:29]}…” lies before the one above it, “{above[:29]}…”"
    (found,) = [item for item in findings(piece=table("4 March 2026, around 9 o'clock or so")) if item.code == "AW310"]
    assert found.message == "the time “4 March 2026, around 9 o'cloc…” cannot be read"


@pytest.mark.parametrize(("count", "more"), [(1, ""), (2, " (and 1 more)"), (4, " (and 3 more)")])
def test_times_that_cannot_be_read_are_told_once_with_their_number(count: int, more: str) -> None:
    rows = table("2026-03-04 09:12", *["20226-03-04 09:12"] * count)
    assert [item.message for item in findings(piece=rows) if item.code == "AW310"] == [
        f"the time “20226-03-04 09:12” cannot be read{more}"
    ]


@pytest.mark.parametrize(("words", "told"), [(11, False), (12, True)])
def test_a_timeline_of_twelve_words_is_meant_as_one(words: int, told: bool) -> None:
    piece = f"## Timeline\n\n{' '.join(['word'] * words)}\n"
    assert ("AW313" in [code for code, _ in codes(piece=piece)]) is told
    public = "origin: public\norganization: GitLab\nsource: https://example.org/"
    assert "AW313" not in [code for code, _ in codes(public, piece)]


def test_of_a_table_of_another_year_the_nearest_row_is_told() -> None:
    (found,) = findings(piece=table("2025-02-01 09:12", "2025-03-01 09:12"))
    assert found.message == "every row of the timeline lies 368 days or more before the incident started"


def test_a_publication_before_the_end_may_be_an_interim_report() -> None:
    (found,) = findings("resolved: 2026-03-10T09:50:00Z\npublished: 2026-03-09")
    assert found.hint == (
        "Right for an interim report: then list later changes under `updates`. Else mend one of them."
    )
    (found,) = [item for item in findings("published: 2025-03-09") if item.code == "AW307"]
    assert (found.message, found.hint) == ("published is before started (2026-03-04)", "Look at the year first.")


def test_a_duration_that_agrees_does_not_hide_the_next_one() -> None:
    found = findings(piece="## Resolution\n\nTTR: 38 min\n\nTTM: 38 min\n")
    assert [item.message for item in found] == ["time to mitigate is stated as 38 min, but the milestones give 32 min"]


def test_the_hour_that_comes_twice_is_in_order() -> None:
    # clocks went back in Los Angeles on 1 November 2026 at 02:00
    times = ("2026-11-01 01:20", "01:50", "01:10", "01:40")
    for heading, wrong in (("Time (PT)", False), ("Time (UTC)", True)):
        assert ("AW303" in [code for code, _ in codes(piece=table(*times, heading=heading))]) is wrong


def test_bare_dates_among_times_are_in_order_on_the_same_day() -> None:
    assert codes(piece=table("2026-03-04 09:12", "2026-03-04", "2026-03-04 09:44")) == []


def test_history_above_the_incident_is_no_finding() -> None:
    assert codes(piece=table("2025-06-12", "2026-01-20 10:00", "2026-03-04 09:12")) == []


def test_last_years_date_in_the_first_row_is_a_hint() -> None:
    found = findings(piece=table("2025-03-04 09:12", "2026-03-04 09:16"))
    assert said(found) == [("AW304", "hint")]
    assert "365 days before the incident started" in found[0].message


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("2025-03-04", 1), ("2025-02-25", 1), ("2025-03-10", 1), ("2025-02-24", 0), ("2025-03-11", 0),
        ("2024-03-04", 1), ("2022-02-25", 1), ("2022-02-24", 0), ("2025-12-30", 0), ("2025-08-01", 0),
    ],
)  # fmt: skip
def test_first_rows_may_tell_what_led_to_it_but_for_the_same_week_of_another_year(first: str, told: int) -> None:
    found = findings(piece=table(f"{first} 09:12", "2026-03-04 09:16"))
    assert [item.code for item in found] == ["AW304"] * told


def test_rows_after_the_end_are_told_once_with_their_number_and_a_short_text() -> None:
    far = "2026-04-04 09:50 until 2026-04-05"
    (found,) = findings(piece=table("2026-03-04 09:12", "2026-04-04 09:50", "2026-04-04 09:55"))
    assert found.message == "the row “2026-04-04 09:50” lies 31 days after it ended (and 1 more)"
    (found,) = [item for item in findings(piece=table("2026-03-04 09:12", far)) if item.code == "AW304"]
    assert found.message == "the row “2026-04-04 09:50 until 2026-0…” lies 31 days after it ended"


def test_a_table_of_another_year_is_one_warning() -> None:
    assert codes(piece=table("2025-03-04 09:12", "09:16", "09:40")) == [("AW304", "warning")]


def test_exactly_seven_days_are_near() -> None:
    assert codes(piece=table("2026-03-04 09:12", "2026-03-11 09:50")) == []
    assert codes(piece=table("2026-03-04 09:12", "2026-03-12 09:50")) == [("AW304", "hint")]


def test_a_table_a_week_before_is_near() -> None:
    assert codes(piece=table("2026-02-25 09:12", "09:40")) == []
    assert codes(piece=table("2026-02-24 09:12", "09:40")) == [("AW304", "warning")]


def test_the_end_is_the_mitigation_where_the_resolution_is_not_told() -> None:
    rows = table("2026-03-04 09:12", "2026-03-12 09:50")
    assert ("AW304", "hint") in codes("unknown: [resolved]", rows, without=["resolved"])


def test_an_ongoing_incident_has_no_end_to_be_far_from() -> None:
    rows = table("2026-03-04 09:12", "2026-03-20 09:50")
    found = [code for code, _ in codes("status: draft", rows, without=["resolved"])]
    assert "AW304" not in found


@pytest.mark.parametrize("heading", ["Time (UTC)", "Time (CET)", "Time (UTC+7)", "Time (Europe/Lisbon)"])
def test_a_zone_in_the_heading_covers_all_rows(heading: str) -> None:
    assert "AW305" not in [code for code, _ in codes(piece=table("2026-03-04 09:12", "09:44", heading=heading))]


def test_rows_without_a_zone_are_one_warning_at_the_table() -> None:
    found = findings(piece=table("09:12", "09:16", "09:44", heading="Time"))
    assert [(finding.code, finding.span.line, finding.message) for finding in found] == [
        ("AW305", 42, "3 rows have times, but no zone is named")
    ]


def test_bare_dates_need_no_zone() -> None:
    assert codes(piece=table("2026-03-04", "2026-03-05", heading="Date")) == []


def test_cells_without_a_digit_are_left_alone() -> None:
    assert codes(piece=table("09:12", "later", "")) == []


# stated durations


@pytest.mark.parametrize(
    "text",
    [
        "Time to resolve: 38 min",
        "Time to resolve: 39 minutes",  # within 5 %
        "Time to resolve: 1 h",  # rounded to the hour
        "Time to resolve: 0.6 h",
        "TTD: 5 min",  # times to the minute leave one open
        "Time to restore: 32 min",  # of users
        "Time to restore: 38 min",  # of everything
        "**TTM:** 32 min",
        "| Time to detect | 4 min |",
        "It took 3 h to find out",  # no label
        "MTTR: 3 h",  # a mean of many
        "Time to acknowledge: 90 min",  # acknowledged is not given
    ],
)
def test_a_duration_that_agrees_or_cannot_be_compared_is_left_alone(text: str) -> None:
    assert codes(piece=f"## Resolution\n\n{text}\n") == []


@pytest.mark.parametrize(
    "text",
    ["Time to resolve: 32 min", "TTM: 38 min", "Time to restore: 50 min", "Time to detect: 2 h", "TTD: 400 s"],
)
def test_a_duration_that_differs_is_a_warning_at_its_number(text: str) -> None:
    found = findings(piece=f"## Resolution\n\n{text}\n")
    assert said(found) == [("AW306", "warning")]
    assert found[0].span.column == text.index(": ") + 3


@pytest.mark.parametrize(
    ("text", "resolved", "told"),
    [
        ("TTR: 4 min", "09:17:00", False),
        ("TTR: 4 min", "09:17:01", True),
        ("TTR: 0.6 h", "09:50:59", False),
        ("TTR: 0.6 h", "09:51:01", True),
        ("TTR: 0.6 h", "09:44:59", True),
        ("TTR: 1,5 giờ", "10:44:59", False),
        ("TTR: 1 giờ", "09:42:00", False),
        ("TTR: 240 giây", "09:17:01", True),
        ("TTR: 2 ngày", "21:12:01", True),
    ],
)
def test_a_duration_leaves_half_of_its_smallest_unit_open_and_a_minute_at_least(
    text: str, resolved: str, told: bool
) -> None:
    lines = f"unknown: [detected, mitigated]\nresolved: 2026-03-04T{resolved}Z"
    found = findings(lines, f"## Resolution\n\n{text}\n", without=["detected", "mitigated"])
    assert [item.code for item in found if item.code == "AW306"] == ["AW306"] * told


def test_long_durations_may_differ_by_a_twentieth() -> None:
    lines = "resolved: 2026-03-04T19:12:00Z"  # 600 min
    assert codes(lines, "## Resolution\n\nTime to resolve: 629 min\n") == []
    assert codes(lines, "## Resolution\n\nTime to resolve: 632 min\n") == [("AW306", "warning")]


def test_a_bare_date_gives_no_duration_to_compare() -> None:
    assert codes("resolved: 2026-03-05", "## Resolution\n\nTime to resolve: 3 d\n") == []


# publication


def test_publication_on_the_day_of_resolution_in_any_zone_is_fine() -> None:
    # resolved on the 5th in UTC, still the 4th in New York, where it was published
    lines = "resolved: 2026-03-05T01:30:00Z\npublished: 2026-03-04"
    assert codes(lines) == [("AW307", "warning")]
    assert codes(lines, zone=ZoneInfo("America/New_York")) == []


def test_a_postmortem_is_late_after_the_target_and_not_on_its_day() -> None:
    assert codes("published: 2026-03-11") == []
    assert codes("published: 2026-03-12") == [("AW308", "hint")]  # which nobody can mend any more


def test_lateness_counts_days_of_the_library() -> None:
    # 16:00 in UTC is the next day in Tokyo
    lines = "resolved: 2026-03-04T16:00:00Z\npublished: 2026-03-12"
    assert codes(lines) == [("AW308", "hint")]
    assert codes(lines, zone=TOKYO) == []
    # and 02:00 the day before in New York
    lines = "resolved: 2026-03-05T02:00:00Z\npublished: 2026-03-12"
    assert codes(lines) == []
    assert codes(lines, zone=ZoneInfo("America/New_York")) == [("AW308", "hint")]


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_an_unpublished_postmortem_is_late_from_the_eighth_day(status: str) -> None:
    lines = f"status: {status}"
    assert codes(lines, as_of=datetime(2026, 3, 11, 23, 59, tzinfo=UTC)) == []
    late = findings(lines, as_of=datetime(2026, 3, 12, tzinfo=UTC))
    assert [(finding.code, finding.level) for finding in late] == [("AW308", "warning")]


@pytest.mark.parametrize(
    "lines",
    [
        "kind: near-miss\npublished: 2026-03-31",
        "origin: public\norganization: GitLab\nsource: https://example.org/\npublished: 2026-03-31",
        "resolved: 2026-03-04\nunknown: [resolved]\npublished: 2026-03-31",
    ],
)
def test_only_incidents_of_ours_with_an_end_can_be_late(lines: str) -> None:
    assert "AW308" not in [code for code, _ in codes(lines)]


# the comparison beneath


MOMENTS = st.one_of(
    st.dates(datetime(2000, 1, 2).date(), datetime(2099, 12, 30).date()).map(lambda day: Moment(day.isoformat(), day)),  # noqa: DTZ001
    st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: Moment(at.isoformat(), at.date(), at)
    ),
)
ZONES = st.sampled_from([UTC, TOKYO, ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Kathmandu")])


@given(MOMENTS, MOMENTS, ZONES)
def test_of_two_moments_at_most_one_is_surely_before_the_other(one: Moment, other: Moment, zone: ZoneInfo) -> None:
    assert not (surely_before(one, other, zone) and surely_before(other, one, zone))
    assert not surely_before(one, one, zone)


@given(MOMENTS, st.integers(3, 1000), ZONES)
def test_three_days_are_surely_before_whatever_the_zone(one: Moment, days: int, zone: ZoneInfo) -> None:
    day = one.day + timedelta(days=days)
    assert surely_before(one, Moment(day.isoformat(), day), zone)


def test_a_zone_never_decides_alone() -> None:
    late, bare = parse_moment("2026-03-03T23:30:00Z"), parse_moment("2026-03-04")
    assert late is not None
    assert bare is not None
    assert surely_before(late, bare, UTC)
    assert not surely_before(late, bare, TOKYO)


# units and zones


def lines_of(*durations: str) -> str:
    return "## Detection\n\n" + "".join(f"- Time to detect: {text}\n" for text in durations)


@pytest.mark.parametrize(
    "durations",
    [
        ("4 min", "4 min"),
        ("4 minutes", "4 minutes", "240 seconds"),
        ("4 minutos", "4 minutos"),
        ("4 min", "0 h 04 min"),
        ("4 minutes",),
        ("4 mins", "0 h 4 mins", "0 d 4 m", "0 hr 4 m"),
    ],
)
def test_one_style_of_durations_is_left_alone(durations: tuple[str, ...]) -> None:
    assert codes(piece=lines_of(*durations)) == []


@pytest.mark.parametrize(
    ("durations", "message", "hint"),
    [
        (("4 min", "4 minutes"), "“4 minutes” is written in another way than “4 min”", "Write 4 min."),
        (("240 seconds", "4 min", "4 mins"), "“240 seconds” is written in another way than “4 min” (and 1 more)",
         "Write 4 min."),
        (("4 mins", "4 minutes"), "“4 mins” is written in one of several ways (and 1 more)", "Write 4 min."),
        (("4 mins", "3 min 60 secs"), "“4 mins” is written in one of several ways (and 1 more)", "Write 4 min."),
        (("4 minutes", "3 minutes 60 s"), "“4 minutes” is written in one of several ways (and 1 more)", "Write 4 min."),
        (("0 h 4 mins", "0 h 4 minutes"), "“0 h 4 mins” is written in one of several ways (and 1 more)",
         "Write 4 min."),
        (("4 phút", "4 m"), "“4 phút” is written in one of several ways (and 1 more)", "Write 4 min."),
    ],
)  # fmt: skip
def test_several_styles_of_durations_are_a_hint(durations: tuple[str, ...], message: str, hint: str) -> None:
    found = [item for item in findings(piece=lines_of(*durations)) if item.code == "AW311"]
    assert [(str(item.level), item.message, item.hint) for item in found] == [("hint", message, hint)]


def test_a_duration_with_every_sign_is_of_one_style_with_others_in_signs() -> None:
    assert "AW311" not in [item.code for item in findings(piece=lines_of("1 d 2 h 3 min 4 s", "4 min"))]


def without_zone(sentence: str) -> list[str]:
    found = findings(piece=f"## Timeline\n\n- {sentence}\n")
    return [item.message for item in found if item.code == "AW312"]


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("At 14:05 we rolled back", "14:05"),
        ("It lasted until 9 pm", "9 pm"),
        ("Das 14h05 em diante", "14h05"),
        ("Lúc 14 giờ 05 có lỗi", "14 giờ 05"),
        ("**10:30 AM:** reviewed", "10:30 AM"),
    ],
)
def test_a_time_of_day_without_a_zone_anywhere_is_a_hint(sentence: str, time: str) -> None:
    assert without_zone(sentence) == [f"“{time}” is a local time, and no zone is named anywhere"]


@pytest.mark.parametrize(
    "sentence",
    [
        "At 14:05 UTC we rolled back", "At 14:05 we rolled back, 14:05 local time", "At 14:05Z", "At 14:05+02:00",
        "At 14:05, Lisbon time", "Às 14h05, hora de Brasília", "Lúc 14 giờ 05, giờ Việt Nam", "A ratio of 16:09",
        "The log says `at 14:05`", "We said “at 14:05”", "Took 1:30:15", "The 3 am page of PT",
        "In 2h05 it was over", "From 1:1 to 1:5 of users", "By 30 % at 25:99", "Port at 10:8080", "Bought at 14:05%",
    ],
)  # fmt: skip
def test_a_zone_anywhere_or_no_time_of_day_is_left_alone(sentence: str) -> None:
    assert without_zone(sentence) == []


def test_times_in_other_tables_count_and_those_of_the_timeline_do_not() -> None:
    cells = "| What | When |\n| --- | --- |\n| Page | At 14:05 it rang |\n"
    untimed = "## Timeline\n\nSee the chat.\n\n"
    found = [item.message for item in findings(piece=f"{untimed}## Notes\n\n{cells}") if item.code == "AW312"]
    assert found == ["“14:05” is a local time, and no zone is named anywhere"]
    rows = "## Timeline\n\n| When | What |\n| --- | --- |\n| then, at 14:05 or later | Page |\n"
    assert "AW312" not in [item.code for item in findings(piece=rows)]
    assert without_zone("At 14:05 it began, at 14:07 it grew, at 14:09 it ended") == [
        "“14:05” is a local time, and no zone is named anywhere (and 2 more)"
    ]


def test_a_table_without_a_zone_is_told_once() -> None:
    assert codes(piece=table("09:12", heading="Time") + "\nAt 09:13 the page.\n") == [("AW305", "warning")]
