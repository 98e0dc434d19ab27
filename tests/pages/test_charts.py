"""Charts: what they show, that they are well formed and harmless, and that labels keep apart."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.measures import (
    Better,
    Distribution,
    Observation,
    Series,
    SeriesPoint,
    Stack,
    StackRow,
    Step,
    Target,
    Unit,
)
from afterword.measures.base import distribution
from afterword.measures.periods import run
from afterword.pages.charts import Bar, bars, headline, line, sparkline, stacked, strip, timeline
from afterword.pages.charts.svg import Scale, num, tag, ticks
from tests.measuring import made, seen

HOUR = Target(3600, Unit.SECONDS, Better.LOWER, strict=True)
HOSTILE = "</title><script>alert(1)</script>\"' onload=x"
QUARTERS = run(date(2025, 7, 1), date(2026, 11, 1), Step.QUARTER)
RANKS = {"SEV1": 0, "SEV2": 1, "SEV3": 2}


def tree(html: str) -> ET.Element:
    return ET.fromstring(f"<div>{html}</div>")  # noqa: S314  # our own output


def texts(html: str, css: str = "aw-tick") -> list[str]:
    return [item.text or "" for item in tree(html).iter("text") if css in (item.get("class") or "").split()]


def cells(html: str) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in tree(html).iterfind(".//tbody/tr")]


def across(item: ET.Element, name: str) -> float:
    return float((item.get(name) or "").removesuffix("%"))


def rank(key: str | None) -> int:
    return RANKS.get(key or "", 4)


def series(*values: float | None) -> Series:
    points = (SeriesPoint(period, value, 3) for period, value in zip(QUARTERS, values, strict=False))
    return Series(Step.QUARTER, tuple(points))


def spread(*values: float, unit: Unit = Unit.SECONDS, target: Target | None = None) -> Distribution:
    items = (Observation(f"i{at}", date(2026, 3, 4), value, f"Incident {at}") for at, value in enumerate(values))
    return distribution(unit, items, target=target)


def stack(**rows: tuple[int, ...]) -> Stack:
    count = len(next(iter(rows.values())))
    return Stack(QUARTERS[:count], tuple(StackRow(key, f"{key} title", counts) for key, counts in rows.items()))


EVERY = {
    "bars": bars(HOSTILE, [Bar(HOSTILE, 3, HOSTILE), Bar("b", 0)], (HOSTILE, HOSTILE)),
    "stacked": stacked(HOSTILE, Stack(QUARTERS[:2], (StackRow("x", HOSTILE, (1, 2)),)), rank, lambda _: HOSTILE),
    "line": line(HOSTILE, series(1.0, None, 3.0), Unit.DAYS, Target(7, Unit.DAYS, Better.LOWER), lambda _: HOSTILE),
    "strip": strip(
        HOSTILE,
        distribution(Unit.SECONDS, [Observation(HOSTILE, date(2026, 3, 4), 60, HOSTILE, HOSTILE)], target=HOUR),
        lambda _: HOSTILE,
        rank,
    ),
    "sparkline": sparkline([1, None, 2, 3], HOSTILE),
    "timeline": timeline(made()),
}


@pytest.mark.parametrize("name", EVERY)
def test_a_chart_is_well_formed_escaped_and_without_inline_styles(name: str) -> None:
    html = EVERY[name]
    parsed = tree(html)
    assert "<script" not in html
    assert not list(parsed.iter("script"))
    assert all(not {"style", "onload"} & set(item.attrib) for item in parsed.iter())


@pytest.mark.parametrize("name", EVERY)
def test_a_drawing_is_an_image_with_a_name_and_holds_no_links(name: str) -> None:
    for drawing in tree(EVERY[name]).iter("svg"):
        if drawing.get("aria-hidden") == "true":
            continue
        assert drawing.get("role") == "img"
        assert drawing[0].tag == "title"
        assert drawing[0].text
        assert not list(drawing.iter("a"))


def test_numbers_are_short_and_never_a_negative_zero() -> None:
    assert [num(value) for value in (1 / 3, 2.0, -0.001, -1.5, 100)] == ["0.33", "2", "0", "-1.5", "100"]


def test_an_element_escapes_its_values_and_text() -> None:
    assert tag("a", {"href": '"<&', "id": None}, "<b>") == '<a href="&quot;&lt;&amp;">&lt;b&gt;</a>'


@given(st.floats(-10, 10**9), st.floats(1, 10**8), st.floats(1, 10**8), st.booleans())
def test_a_scale_stays_between_its_ends(value: float, low: float, reach: float, logarithmic: bool) -> None:
    assert 0.1 - 1e-9 <= Scale(low, low + reach, 0.1, 0.9, logarithmic)(value) <= 0.9 + 1e-9


@given(st.floats(0, 10**9), st.sampled_from([(), (1.0, 2.0, 5.0)]))
def test_ticks_reach_the_highest_value_in_few_even_steps(highest: float, steps: tuple[float, ...]) -> None:
    found = ticks(highest, steps)
    assert found[0] == 0
    assert found[-1] >= highest * (1 - 1e-9)
    assert 2 <= len(found) <= 6
    assert len({round((b - a) / found[1], 6) for a, b in pairwise(found)}) == 1


def test_bars_are_in_proportion_and_each_leads_to_its_list() -> None:
    html = bars("Capacity leads", [Bar("Capacity", 4, "categories/capacity/"), Bar("DNS", 1), Bar("None", 0)])
    assert [item.get("width") for item in tree(html).iter("rect")] == ["100%", "25%", "0%"]
    assert [row[:2] for row in cells(html)] == [["Capacity", "4"], ["DNS", "1"], ["None", "0"]]
    assert [item.get("href") for item in tree(html).iter("a")] == ["categories/capacity/"]


def test_stacked_bars_have_one_layer_per_severity_and_the_sum_above() -> None:
    html = stacked("Two quarters", stack(SEV1=(1, 0, 0), SEV2=(2, 0, 1), SEV3=(0, 0, 0)), rank)
    drawn = [item for item in tree(html).iter("rect") if item.get("x")]
    assert [item.get("class") for item in drawn] == ["aw-fill-sev-0", "aw-fill-sev-1", "aw-fill-sev-1"]
    one, two, three = (float(item.get("height") or 0) for item in drawn)
    assert two + 1 == pytest.approx(2 * one, abs=0.05)  # a pixel parts it from the layer beneath
    assert three == pytest.approx(one, abs=0.05)
    assert texts(html, "aw-tick-strong") == ["3", "1"]
    assert "SEV3" not in html


def test_the_table_of_stacked_bars_has_the_newest_first_and_links_where_there_is_something() -> None:
    html = stacked("Quarters", stack(SEV1=(1, 0), SEV2=(2, 0)), rank, lambda period: f"?q={period.label}")
    assert cells(html) == [["2025 Q4", "0", "0", "0"], ["2025 Q3", "1", "2", "3"]]
    assert [item.get("href") for item in tree(html).iter("a")] == ["?q=2025 Q3"]


def test_years_stand_once_under_their_first_period() -> None:
    html = stacked("Quarters", stack(SEV1=(1, 1, 1, 1)), rank)
    assert [text for text in texts(html) if re.fullmatch(r"Q\d|20\d\d", text)] == [
        "Q3",
        "2025",
        "Q4",
        "Q1",
        "2026",
        "Q2",
    ]


def test_many_months_are_labelled_at_most_twelve_times_with_the_newest_among_them() -> None:
    months = run(date(2024, 1, 1), date(2026, 3, 1), Step.MONTH)
    html = line("Months", Series(Step.MONTH, tuple(SeriesPoint(month, 1.0, 1) for month in months)), Unit.COUNT)
    named = [text for text in texts(html) if re.fullmatch(r"[A-Z][a-z]{2}", text)]
    assert len(named) <= 12
    assert named[-1] == "Mar"


def test_a_line_breaks_where_a_period_has_no_value() -> None:
    html = line("Broken", series(60.0, 120.0, None, 60.0), Unit.SECONDS)
    assert html.count('class="aw-stroke"') == 1
    assert html.count("<circle") == 3
    assert ["2026 Q1", "–", "3"] in cells(html)


def test_a_line_shows_its_target_and_its_newest_value_apart() -> None:
    for value in (0.0, 1800.0, 3600.0, 5000.0):
        html = line("Restored", series(60.0, 7200.0, value), Unit.SECONDS, HOUR)
        target, newest = [item for item in tree(html).iter("text") if "aw-tick-strong" in (item.get("class") or "")]
        assert target.text == "target: under 1 h"
        assert newest.text == Unit.SECONDS.write(value)
        assert abs(float(newest.get("y") or 0) - float(target.get("y") or 0)) >= 11


def test_a_share_is_drawn_from_nothing_to_all() -> None:
    assert texts(line("Share", series(0.5, 0.6), Unit.SHARE))[:5] == ["0", "25 %", "50 %", "75 %", "100 %"]


def test_a_strip_has_a_dot_for_each_value_and_marks_median_and_target() -> None:
    html = strip("Restored", spread(600, 1200, 7200, target=HOUR))
    assert html.count("<circle") == 3
    assert texts(html, "aw-tick-strong") == ["median 20 min", "target under 1 h"]
    assert [row[0] for row in cells(html)] == ["Incident 2", "Incident 1", "Incident 0"]


def test_dots_of_equal_values_are_set_above_one_another() -> None:
    dots = list(tree(strip("Days", spread(3, 3, 3, unit=Unit.DAYS))).iter("circle"))
    assert len({dot.get("cx") for dot in dots}) == 1
    assert len({dot.get("cy") for dot in dots}) == 3


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=150))
def test_no_two_dots_of_a_strip_touch_on_a_phone(values: list[int]) -> None:
    dots = list(tree(strip("Any", spread(*values, target=HOUR))).iter("circle"))
    places = [(across(dot, "cx") * 3.43, float(dot.get("cy") or 0)) for dot in dots]
    assert all(abs(a[0] - b[0]) >= 8.5 or abs(a[1] - b[1]) >= 9.5 for a, b in combinations(places, 2))


@given(st.lists(st.integers(-100, 10**7), min_size=1, max_size=40))
def test_labels_of_a_strip_never_meet_and_stay_inside_on_a_phone(values: list[int]) -> None:
    html = strip("Any", spread(*values, target=HOUR))
    boxes = []
    for item in tree(html).iter("text"):
        if "aw-tick-strong" in (item.get("class") or ""):
            width = len(item.text or "") * 6.6
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.get("text-anchor") or ""]
            left = across(item, "x") * 3.43 - width * shift
            boxes.append((left, left + width, item.get("y")))
    assert all(left > -6 and right < 349 for left, right, _ in boxes)
    assert all(a[2] != b[2] or a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(boxes, 2))


def test_many_values_become_columns_that_hold_them_all_and_the_table_says_what_it_leaves_out() -> None:
    html = strip("Many", spread(*range(1, 501)))
    columns = list(tree(html).iter("rect"))
    assert "<circle" not in html
    assert sum(int(column[0].text or 0) for column in columns) == 500
    assert len(cells(html)) == 50
    assert "The 50 longest of 500." in html


@pytest.mark.parametrize(
    "html",
    [
        bars("None", []),
        stacked("None", Stack(), rank),
        stacked("None", stack(SEV1=(0, 0)), rank),
        line("None", series(None, None), Unit.DAYS),
        strip("None", spread()),
    ],
)
def test_a_chart_without_data_is_a_sentence(html: str) -> None:
    assert 'class="aw-empty"' in html
    assert "<svg" not in html


def test_a_sparkline_needs_two_values_and_shows_lonely_ones_as_dots() -> None:
    assert sparkline([None, 1.0], "One") == ""
    html = sparkline([1.0, None, 2.0, 2.5], "Gap")
    assert html.count("<line") == 1
    assert html.count("<circle") == 2
    assert tree(sparkline([5.0, 5.0], "Flat")).find("svg/title").text == "Flat"  # type: ignore[union-attr]  # it has one


def marks(html: str) -> list[str]:
    return [" ".join("".join(part.itertext()) for part in item) for item in tree(html).iterfind(".//ol/li")]


def test_a_timeline_labels_each_milestone_with_its_time_and_how_long_after_the_start() -> None:
    assert marks(timeline(made(acknowledged=None))) == [
        "Started 2026-03-04 09:12 UTC",
        "Detected +4 min 09:16 UTC",
        "Mitigated +32 min 09:44 UTC",
        "Resolved +38 min 09:50 UTC",
    ]


def test_a_timeline_says_the_day_again_when_it_has_changed() -> None:
    html = timeline(made(acknowledged=None, detected=None, mitigated=None, resolved="2026-03-05T09:12:30+01:00"))
    assert marks(html) == ["Started 2026-03-04 09:12 UTC", "Resolved +23 h 01 min 2026-03-05 08:12:30 UTC"]


def test_a_timeline_is_true_to_scale() -> None:
    drawn = timeline(made(detected="2026-03-04T09:31:00Z", acknowledged=None, mitigated=None))
    assert [across(item, "cx") for item in tree(drawn).iter("circle")] == [2, 50, 98]


def test_milestones_before_the_start_and_at_it_are_told_as_such() -> None:
    html = timeline(made(detected="2026-03-04T09:10:00Z", acknowledged="2026-03-04T09:12:00Z"))
    assert marks(html)[:3] == [
        "Detected −2 min 2026-03-04 09:10 UTC",
        "Started 09:12 UTC",
        "Acknowledged at once 09:12 UTC",
    ]


def test_hours_that_are_not_known_are_said_and_not_drawn() -> None:
    html = timeline(made(resolved="2026-03-04", acknowledged=None, unknown=["acknowledged", "detected"]))
    assert len(marks(html)) == 2
    assert "Resolved: 2026-03-04, the hour is not known." in html
    assert "Nobody can tell when it was detected or acknowledged." in html


def test_with_days_alone_the_line_is_one_of_days() -> None:
    bare: dict[str, Any] = {
        "started": "2026-03-04",
        "detected": "2026-03-04",
        "acknowledged": None,
        "mitigated": "2026-03-06",
    }
    html = timeline(made(**bare, resolved="2026-03-08T10:00:00Z"))
    assert marks(html) == [
        "Started 2026-03-04",
        "Detected same day 2026-03-04",
        "Mitigated +2 d 2026-03-06",
        "Resolved +4 d 2026-03-08 10:00 UTC",
    ]
    assert [across(item, "cx") for item in tree(html).iter("circle")] == [2, 2, 50, 98]


def test_a_single_known_time_is_words_only() -> None:
    gone: dict[str, Any] = {"detected": None, "acknowledged": None, "mitigated": None}
    html = timeline(made(resolved=None, **gone))
    assert "<svg" not in html
    assert "Started: 2026-03-04 09:12 UTC. Not resolved yet." in re.sub(r"</?span>", "", html).replace("&#x27;", "'")


def test_the_time_in_which_users_were_affected_is_drawn_thick() -> None:
    thick = [item for item in tree(timeline(made())).iter("line") if item.get("class") == "aw-affected"]
    assert [round(across(item, "x2")) for item in thick] == [83]
    assert "aw-affected" not in timeline(made(mitigated=None, unknown=["mitigated"]))


minutes = st.lists(st.integers(0, 5000), min_size=4, max_size=4)


@given(minutes)
def test_leaders_of_a_timeline_never_cross_and_each_label_has_its_own_column(after: list[int]) -> None:
    start = datetime(2026, 3, 4, 9, tzinfo=UTC)
    names = ("detected", "acknowledged", "mitigated", "resolved")
    times = {name: (start + timedelta(minutes=at)).isoformat() for name, at in zip(names, after, strict=True)}
    html = timeline(made(started=start.isoformat(), **times))
    leaders = [item for item in tree(html).iter("line") if item.get("class") == "aw-leader"]
    assert [across(item, "x2") for item in leaders] == [10, 30, 50, 70, 90]
    assert all(across(a, "x1") <= across(b, "x1") for a, b in pairwise(leaders))
    assert all(0 <= across(item, "x1") <= 100 for item in leaders)
    assert len(marks(html)) == 5


def test_a_headline_says_value_n_period_and_target() -> None:
    found = seen(made())
    assert headline(found.measure("ttm")) == (
        "Time to mitigate: median 32 min of 1 incident in the last 12 months (target under 1 h, met by 1)"
    )
    assert headline(found.measure("incidents")) == "Incidents: 1 in the last 12 months"
    assert headline(found.measure("completion")) == "Action completion: no data in the last 12 months"
    assert headline(found.measure("recurrence")) == "Recurrence: 0 % of 1 incident in the last 12 months"


def test_a_headline_says_where_a_measure_is_going_when_its_trend_can_tell() -> None:
    items = [
        made(f"i{at}", started=f"{day}T08:00:00Z", mitigated=f"{day}T08:{50 - 8 * at:02}:00Z")
        for at, day in enumerate(("2025-08-01", "2025-11-10", "2026-02-01", "2026-05-01", "2026-08-01", "2026-10-20"))
    ]
    assert headline(seen(*items).measure("ttm")).startswith(
        "Time to mitigate is falling by 80 % over 6 quarters: median 26 min of 5 incidents"
    )


def test_the_drawings_are_those_that_were_looked_at(root: Path) -> None:
    """After a change that is meant, look at the charts in a browser and write the new text into the file."""
    shown = [
        stacked("Two quarters", stack(SEV1=(1, 0, 2), SEV3=(0, 3, 1)), rank, lambda period: period.label),
        line("A line", series(3000.0, None, 4200.0), Unit.SECONDS, HOUR),
        strip("A strip", spread(600, 660, 7200, target=HOUR)),
        timeline(made()),
    ]
    text = "\n".join(str(item).replace("><", ">\n<") for item in shown) + "\n"
    assert text == (root / "tests/snapshots/charts.html").read_text(encoding="utf-8")
