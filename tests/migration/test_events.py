"""Timelines in all shapes that people write them in."""

from __future__ import annotations

import re
import time as watch
from datetime import UTC, date, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.outline import outline
from afterword.migration.page import Page
from afterword.migration.times.calendar import Calendar, calendar_of
from afterword.migration.times.events import Event, events
from afterword.migration.words import plain

MARCH = Calendar("month", date(2024, 3, 14), day=date(2024, 3, 14))


def read(text: str, calendar: Calendar = MARCH) -> tuple[Event, ...]:
    return events(outline(text), calendar)


def shown(found: tuple[Event, ...]) -> list[tuple[int, str, str]]:
    """Line from 1, moment and text of each."""
    return [(event.at + 1, event.moment.text if event.moment else "-", event.text) for event in found]


SHAPES: dict[str, tuple[str, list[tuple[int, str, str]]]] = {
    "a table with day and time in one column": (
        """## Timeline

All times in CET.

| Time | Event |
|---|---|
| 2024-03-14 09:00 - 11:00 | Looked |
| 2024-03-14 --:-- | Waited |
| 2024-03-15 8:05 | Mended |
""",
        [
            (7, "2024-03-14T09:00:00+01:00", "Looked"),
            (8, "2024-03-14", "Waited"),
            (9, "2024-03-15T08:05:00+01:00", "Mended"),
        ],
    ),
    "a table with day, weekday and time apart, the year and the zone in the heads": (
        """## Timeline

| Day | Date (2023) | Time (PT) | Event |
|---|---|---|---|
| Sun | Dec 31 | 21:33 | It broke |
| Mon | Jan 1 | 07:05 | Mended |
""",
        [
            (5, "2023-12-31T21:33:00-08:00", "It broke"),
            (6, "2024-01-01T07:05:00-08:00", "Mended"),
        ],
    ),
    "a table whose day stands in the first of its rows, and whose order is another one": (
        """## Timeline

| What | When (UTC) | Date | Who |
|-|-|-|-|
| It broke | 14:05 | 4/3/2024 | Ann |
| Mended | 15:10 | | Bob |
| Checked | | | Bob |
""",
        [
            (5, "2024-03-04T14:05:00Z", "It broke | Ann"),
            (6, "2024-03-04T15:10:00Z", "Mended | Bob"),
            (7, "2024-03-04", "Checked | Bob"),
        ],
    ),
    "a table without heads": (
        """## Timeline (UTC)

| 14:05 | It broke |
|---|---|
| 15:10 | Mended |
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke"),
            (5, "2024-03-14T15:10:00Z", "Mended"),
        ],
    ),
    "a table with heads in Portuguese, start and end": (
        """## Linha do tempo

| Data | Início (BRT) | Fim | Evento |
|-|-|-|-|
| 14/03/2024 | 14h05 | 15h10 | Caiu |
""",
        [
            (5, "2024-03-14T14:05:00-03:00", "Caiu"),
        ],
    ),
    "a table in Vietnamese": (
        """## Dòng thời gian

| Ngày | Giờ (ICT) | Sự kiện |
|-|-|-|
| 14 tháng 3 | 14:05 | Hỏng |
""",
        [
            (5, "2024-03-14T14:05:00+07:00", "Hỏng"),
        ],
    ),
    "a list": (
        """## Timeline (UTC)

- 14:05: It broke
- **14:10** Seen
* 14:15 - Said
  - to all
- 14:20–14:30 Waited
- No time
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke"),
            (4, "2024-03-14T14:10:00Z", "Seen"),
            (5, "2024-03-14T14:15:00Z", "Said"),
            (7, "2024-03-14T14:20:00Z", "Waited"),
        ],
    ),
    "a list below days in a list": (
        """## Timeline

- 2024-03-14
  - 23:50 UTC It broke
  - 00:10 UTC Seen
- 2024-03-16
  - 09:00 UTC Mended
  - Told all
""",
        [
            (4, "2024-03-14T23:50:00Z", "It broke"),
            (5, "2024-03-15T00:10:00Z", "Seen"),
            (7, "2024-03-16T09:00:00Z", "Mended"),
        ],
    ),
    "paragraphs with the day behind the time": (
        """## Timeline (all times PST) Saturday March 16th 2024 - Sunday March 17th, 2024

12:45 PM PST Saturday March 16th: It broke

23:00 PM MST Saturday March 16th : Seen

03:30 AM PST Sunday March 17th: Mended
""",
        [
            (3, "2024-03-16T12:45:00-08:00", "It broke"),
            (5, "2024-03-16T23:00:00-07:00", "Seen"),
            (7, "2024-03-17T03:30:00-08:00", "Mended"),
        ],
    ),
    "paragraphs below days on lines of their own": (
        """## Timeline (PST) 4/21/24-4/25/24

_4/21/24_

11:12 AM: It broke

-4/25/24_

~9:00 AM: Mended
""",
        [
            (5, "2024-04-21T11:12:00-08:00", "It broke"),
            (9, "2024-04-25T09:00:00-08:00", "Mended"),
        ],
    ),
    "the text on the line below the time": (
        """## Timeline

March 14, 2024
A link was set.

March 15, 2024: 7:56am UTC
It broke.
Badly.
""",
        [
            (3, "2024-03-14", "A link was set."),
            (6, "2024-03-15T07:56:00Z", "It broke.\nBadly."),
        ],
    ),
    "lines of one paragraph": (
        """## Timeline

14:05 UTC It broke
14:10 UTC Seen, and mended at
14:20 as it seems
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke"),
            (4, "2024-03-14T14:10:00Z", "Seen, and mended at\n14:20 as it seems"),
        ],
    ),
    "headings with the time": (
        """## Timeline

### 2024-03-14 14:05 UTC

It broke.

### 14:20 UTC: Mended

By a restart.
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke."),
            (7, "2024-03-14T14:20:00Z", "Mended"),
        ],
    ),
    "headings with the day and its zone": (
        """## Timeline

### 2024-06-15 (UTC)

* [10:30] **It broke**

### 2024-06-16 (CEST)

* [00:20] Mended
""",
        [
            (5, "2024-06-15T10:30:00Z", "**It broke**"),
            (9, "2024-06-16T00:20:00+02:00", "Mended"),
        ],
    ),
    "days and what happened on them, without times": (
        """## Timeline

### March 14

- It broke
- Seen

**2024-03-18**

Mended.
""",
        [
            (5, "2024-03-14", "It broke"),
            (6, "2024-03-14", "Seen"),
            (10, "2024-03-18", "Mended."),
        ],
    ),
    "a list of terms": (
        """## Timeline

14:05 UTC
: It broke

15:10 UTC
: Mended
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke"),
            (6, "2024-03-14T15:10:00Z", "Mended"),
        ],
    ),
    "a block of code": (
        """## Timeline (UTC)

```
14:05 It broke
      on all nodes
15:10 Mended
```
""",
        [
            (4, "2024-03-14T14:05:00Z", "It broke\non all nodes"),
            (6, "2024-03-14T15:10:00Z", "Mended"),
        ],
    ),
    "names in front of the times": (
        """## Timeline

- **Detected:** 2024-03-14 14:05 UTC
- Time to repair: 0:35
- Resolved: 15:10 UTC
""",
        [
            (3, "2024-03-14T14:05:00Z", "Detected"),
            (5, "2024-03-14T15:10:00Z", "Resolved"),
        ],
    ),
    "a full time inside of a sentence": (
        """## Timeline

- The attack began on 14 March 2024 at 14:05 UTC with a mail
""",
        [
            (3, "2024-03-14T14:05:00Z", "The attack began on 14 March 2024 at 14:05 UTC with a mail"),
        ],
    ),
    "updates with the time at the end, the newest first": (
        """*Resolved* - Mended. 2024-03-14 17:30:00

*Seen* - It is down. 2024-03-14 16:50:00
""",
        [
            (1, "2024-03-14", "*Resolved* - Mended."),
            (3, "2024-03-14", "*Seen* - It is down."),
        ],
    ),
    "times with dots": (
        """## Timeline (UTC)

9.27 It broke

9.43 Seen

10.05 Mended
""",
        [
            (3, "2024-03-14T09:27:00Z", "It broke"),
            (5, "2024-03-14T09:43:00Z", "Seen"),
            (7, "2024-03-14T10:05:00Z", "Mended"),
        ],
    ),
    "sections below a timeline that are parts of their own": (
        """# Timeline

## Detection

- 14:05 UTC Seen

## Action items

- 2024-04-01: Add an alert
""",
        [
            (5, "2024-03-14T14:05:00Z", "Seen"),
        ],
    ),
    "days with a remark about the zone": (
        """## Timeline

2024-03-14 (all times UTC)

- 14:05 It broke

2024-03-15 (all times Central Standard Time)

- 14:05 Mended
""",
        [
            (5, "2024-03-14T14:05:00Z", "It broke"),
            (9, "2024-03-15T14:05:00-06:00", "Mended"),
        ],
    ),
    "a time inside of a quoted or told sentence, which is no day for what follows": (
        """## Timeline (UTC)

### 2024-03-14 14:05

It broke.

- An error of 12 March 2024, 09:00 came back

### 14:10

Mended.
""",
        [
            (3, "2024-03-14T14:05:00Z", "It broke."),
            (7, "2024-03-12T09:00:00Z", "An error of 12 March 2024, 09:00 came back"),
            (9, "2024-03-14T14:10:00Z", "Mended."),
        ],
    ),
    "four figures behind a day": (
        """## Timeline (UTC)

- 2024-03-14 2021: It broke
- 2024-03-14 2023 nodes were lost
""",
        [
            (3, "2024-03-14T20:21:00Z", "It broke"),
            (4, "2024-03-14", "2023 nodes were lost"),
        ],
    ),
    "no heading at all, but a list of times": (
        """# Outage

It was bad.

- 14:05 UTC It broke
- 15:10 UTC Mended

## Actions

- 2024-04-01 14:00 Meet
- 2024-04-02 14:00 Meet
- 2024-04-03 14:00 Meet
""",
        [
            (5, "2024-03-14T14:05:00Z", "It broke"),
            (6, "2024-03-14T15:10:00Z", "Mended"),
        ],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(shape: str) -> None:
    text, expected = SHAPES[shape]
    calendar = Calendar("day", MARCH.near, day=MARCH.day) if "another" in shape or "Portuguese" in shape else MARCH
    assert shown(read(text, calendar)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Outage\n\nOn 14 March 2024 at 14:05 UTC it broke.\n",
        "## Timeline\n\nTo be written.\n",
        "## Timeline\n\n| Who | Role |\n|-|-|\n| Ann | Lead |\n",
    ],
)
def test_pages_without_a_timeline_have_no_events(text: str) -> None:
    assert read(text) == ()


def test_a_stretch_has_an_end_and_may_pass_midnight() -> None:
    found = read("## Timeline (UTC)\n\n- 23:30–00:15 It was down\n- 14:20-2:00 Looked\n", MARCH)
    assert [event.ending.text if event.ending else None for event in found] == ["2024-03-15T00:15:00Z", None]


def test_an_end_with_its_own_day() -> None:
    (found,) = read("## Timeline\n\n- 2024-03-14 10:00 – 2024-03-16 02:00 UTC: It was down\n")
    assert found.ending is not None
    assert found.ending.text == "2024-03-16T02:00:00Z"


def test_a_table_may_have_a_column_for_ends() -> None:
    text, _ = SHAPES["a table with heads in Portuguese, start and end"]
    (found,) = read(text, Calendar("day"))
    assert found.until == time(15, 10)


def test_past_midnight_the_day_goes_on_unless_the_row_has_its_own() -> None:
    found = read("## Timeline (UTC)\n\n- 2024-03-14 23:50 a\n- 00:10 b\n- 2024-03-14 23:55 c\n- 23:58 d\n")
    assert [event.day.day if event.day else 0 for event in found] == [14, 15, 14, 14]
    evening = read("## Timeline (UTC)\n\n- 14:00 a\n- 01:30 b\n- 01:40 c\n")
    assert [event.day.day if event.day else 0 for event in evening] == [14, 15, 15]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- 2024-03-14 17:30 a\n- 09:15 b\n- 09:20 c", "the time lies before the one above it, without a day"),
        ("- 20202-03-14 17:30 a\n- 17:40 b", "“20202-03-14” is no day of the calendar"),
        ("- 17:30 a\n\nThe next day:\n\n- 17:40 b", "the day is another one than above, and not written"),
        ("- 2:00 pm a\n- 1:15 b", "AM or PM is missing"),
        ("- 14:05 a\n- 14:00 b\n- 13:50 c\n- 23:50 d", "the times run backwards, and its day is not written"),
        ("- Monday 14:05 a", "only the day of the week is written"),
    ],
)
def test_a_day_that_nobody_can_know_is_told_as_a_gap(text: str, why: str) -> None:
    last = read(f"## Timeline (UTC)\n\n{text}\n")[-1]
    assert (last.day, last.why) == (None, why)


def test_a_time_of_twelve_hours_without_its_half_is_left_out() -> None:
    found = read("## Timeline (UTC)\n\n- March 14 1:34pm a\n- March 14 2:00 b\n- March 14 2:00pm c\n")
    assert [event.clock for event in found] == [time(13, 34), None, time(14)]
    assert [event.day for event in found] == [date(2024, 3, 14)] * 3


def test_a_day_of_the_week_moves_the_day_on() -> None:
    found = read("## Timeline (UTC)\n\n- Thursday March 14, 23:05 a\n- Fri 09:10 b\n- Sat 09:15 c\n")
    assert [event.day.day if event.day else 0 for event in found] == [14, 15, 16]


def test_rows_below_a_heading_of_several_days_need_days_of_their_own() -> None:
    told = read("## Timeline 3/14/2024 - 3/15/2024\n\n- 23:50 UTC a\n- 00:10 UTC b\n")
    assert [event.day.day if event.day else 0 for event in told] == [14, 15]
    untold = read("## Timeline 3/14/2024 - 3/16/2024\n\n- 23:50 UTC a\n- 00:10 UTC b\n")
    assert [event.day for event in untold] == [None, None]
    assert untold[0].why == "the heading names several days, and the row none"


def test_the_day_of_the_page_is_marked_as_assumed() -> None:
    assert [event.assumed for event in read("## Timeline\n\n- 14:05 UTC a\n- 2024-03-15 14:05 UTC b\n")] == [
        True,
        False,
    ]


def test_without_any_day_only_times_are_known() -> None:
    (found,) = read("## Timeline\n\n- 14:05 UTC It broke\n", Calendar())
    assert (found.day, found.clock, found.moment, found.why) == (None, time(14, 5), None, "the timeline names no day")


ZONES = [
    ("## Timeline (PST)\n\n- 14:05 UTC a\n- 14:10 b\n", [timedelta(0), timedelta(hours=-8)]),
    ("## Timeline\n\n- 14:05 UTC a\n- 14:10 b\n", [timedelta(0), timedelta(0)]),
    ("## Timeline\n\n- 14:05 a\n- 14:10 UTC b\n", [None, timedelta(0)]),
    ("## Timeline\n\n- 14:05 UTC a\n- 14:10 CET b\n- 14:20 c\n", [timedelta(0), timedelta(hours=1), None]),
    ("## Timeline (local time)\n\n- 14:05 a\n", [None]),
    ("All times are in CET.\n\n## Timeline\n\n- 14:05 a\n- 14:10 UTC b\n", [timedelta(hours=1), timedelta(0)]),
    ("## Timeline\n\n### Times in CET\n\n- 14:05 a\n", [timedelta(hours=1)]),
]


@pytest.mark.parametrize(("text", "offsets"), ZONES)
def test_zones_come_from_the_row_the_column_the_headings_and_the_page(
    text: str, offsets: list[timedelta | None]
) -> None:
    shape = outline(text)
    calendar = calendar_of(Page("2024-03-14-x.md", "Markdown", text, ()), shape, (), None, None)
    found = events(shape, calendar)
    assert [event.zone.utcoffset(None) if event.zone else None for event in found] == offsets


def test_a_zone_that_somebody_states_is_that_of_times_without_one() -> None:
    text = "## Timeline\n\n- 14:05 a\n"
    (found,) = read(text, Calendar(day=date(2024, 3, 14), zone=timezone(timedelta(hours=7))))
    assert found.moment is not None
    assert found.moment.text == "2024-03-14T14:05:00+07:00"


def test_a_heading_that_says_approximate_marks_all() -> None:
    assert all(event.about for event in read("## Timeline (UTC) All times approximate\n\n- 14:05 a\n- 14:10 b\n"))


STAMPS = [
    "14:05 UTC",
    "2024-03-14 14:05",
    "**14:10**",
    "March 14, 2:05 pm",
    "14.03.2024 15:00 CET",
    "~15:10",
    "",
    "[16:20]",
    "Fri 17:00",
]
TEXTS = ["It broke", "**Ann** saw it: `500`", "3 of 5 nodes (10.30) down", "mended, see [it](x.md)", "at 14:05 too"]
FRAMES = ["- {} {}", "- {}: {}", "{} - {}\n", "{}\n{}\n", "### {} {}\n", "* {}\n\n  {}", "| {} | {} |"]


@given(st.lists(st.tuples(st.sampled_from(STAMPS), st.sampled_from(TEXTS), st.sampled_from(FRAMES)), max_size=8))
def test_text_and_time_of_an_event_hold_all_words_of_its_first_line(rows: list[tuple[str, str, str]]) -> None:
    body = "\n".join(frame.format(stamp, text) for stamp, text, frame in rows)
    text = f"## Timeline\n\n| Time | Event |\n|---|---|\n{body}\n"
    lines = text.split("\n")
    found = read(text)
    assert [event.at for event in found] == sorted(event.at for event in found)
    for event in found:
        kept = _words(f"{event.written} {event.text}")
        missing = [word for word in _words(re.sub(r"[|#]", " ", lines[event.at])) if word not in kept]
        assert not missing


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


ALPHABET = "0123456789:/-. \n|#*_`~[]()<>+?–ampMarchTUCZlineoday"


@given(st.text(alphabet=ALPHABET, max_size=300))
def test_whatever_stands_below_the_heading_is_read_without_an_error(text: str) -> None:
    page = f"## Timeline\n\n{text}"
    for found in (read(page), read(page, Calendar()), read(text)):
        lines = [event.at for event in found]
        assert lines == sorted(lines)
        assert all(0 <= line <= page.count("\n") for line in lines)
        assert all(event.moment is None or event.moment.at is None or event.moment.at.tzinfo for event in found)


HOSTILE = [
    "- 14:05 a\n", "14:05 a\n", "**", "| 14:05 | a |\n", "2024-03-14 ", "12:", "March ", "(", "~~", "[", "1/", "UTC+",
    "at ", "## 14:05\n", "- Monday\n", "all times ", "3.4.", "_", "<a>", ": ", "ngày ", "-> ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    def taken(size: int) -> float:
        shape = outline("## Timeline\n\n" + piece * (size // len(piece)))
        began = watch.perf_counter()
        events(shape, MARCH)
        return watch.perf_counter() - began

    taken(1000)
    small = min(taken(3_000) for _ in range(3))
    large = min(taken(24_000) for _ in range(2))
    assert large < 0.05 + small * 8 * 4


def test_a_moment_names_utc_by_its_letter() -> None:
    event = Event("It broke", 0, date(2024, 3, 14), time(14, 5), UTC)
    assert event.moment is not None
    assert event.moment.text == "2024-03-14T14:05:00Z"
