from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.fields import fields
from afterword.migration.fields.names import is_when, known, meaning
from afterword.migration.fields.values import says_nothing, value_of
from afterword.migration.outline import outline
from afterword.migration.page import Field, Page


def page_of(text: str, *front: Field) -> Page:
    return Page("a.md", "Markdown", text, tuple(range(1, text.count("\n") + 2)), front)


def found(text: str) -> list[tuple[str, str, int]]:
    return [(item.key, item.value, item.line) for item in fields(page_of(text), outline(text))]


@pytest.mark.parametrize(
    "line",
    [
        "**Severity**: SEV2",
        "**Severity:** SEV2",
        "__Severity__: SEV2",
        "*Severity:* SEV2",
        "**Severity** – SEV2",
        "**Severity: SEV2**",
        "Severity: SEV2",
        "Severity: **SEV2**",
        "Severity: `SEV2`",
        "Severity: SEV2<br>",
        "Severity: SEV2\\",
        "- Severity: SEV2",
        "* *Severity:* SEV2",
        "1. **Severity:** SEV2",
        "> **Severity:** SEV2",
        "🔥 **Severity:** SEV2",
        "## Severity: SEV2",
        "## Severity\n\nSEV2",
        "**Severity**\n\nSEV2",
        "Severity\n: SEV2",
        "| Severity | SEV2 |\n| --- | --- |",
        "| Field | Value |\n| --- | --- |\n| Severity | SEV2 |",
        "| Severity | Date |\n| --- | --- |\n| SEV2 | 2026-03-04 |",
        "| | | | |\n| --- | --- | --- | --- |\n| Severity | SEV2 | Date | 2026-03-04 |",
        "- Severity\n  - SEV2",
    ],
)
def test_a_value_is_read_from_all_the_ways_to_state_it(line: str) -> None:
    pairs = [(key, value) for key, value, _ in found(f"# Orders failed\n\n{line}\n")]
    assert ("Severity", "SEV2") in pairs


@pytest.mark.parametrize(
    "text",
    [
        "We found the following: the disk was full.",
        "It was clear what to do: restart it.",
        "Note: the stats above are for a full outage.",
        "Two things went wrong: the alert and the runbook.",
        "**Retry amplification**: our retry logic lacked circuit breakers and thereby made far more requests of it.",
        "```\nSeverity: SEV2\n```",
        "    Severity: SEV2",
        "## Timeline\n\n- 10:00 Alex: restarted it\n- **10:05** Jamie: it works",
        "## Timeline\n\n**Alex:** restarted it",
        "## Timeline\n\n| Time | Event |\n| --- | --- |\n| 10:00 | Severity: SEV1 |",
        "## Action items\n\n- **Severity**: SEV2",
        "| Action | Owner |\n| --- | --- |\n| Severity levels | Jane |",
        "| Name | Role |\n| --- | --- |\n| Jane | Incident commander |",
        "## Detection\n\nAn alert told us.",
        "Severity: " + "very " * 100 + "high",
        "The name of the thing in question here: SEV2",
        "https://example.org/severity",
        "<!-- Severity: SEV2 -->",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert found(f"# Orders failed\n\n{text}\n") == []


def test_several_on_one_line_are_apart() -> None:
    assert found("**Date:** 2026-03-04 **Severity:** SEV2, **Status:** final") == [
        ("Date", "2026-03-04", 1), ("Severity", "SEV2", 1), ("Status", "final", 1),
    ]  # fmt: skip
    assert [key for key, _, _ in found("Date: 2026-03-04 | Severity: SEV2")] == ["Date", "Severity"]


def test_lines_of_one_paragraph_keep_their_lines() -> None:
    assert found("# T\n\nIntro.\nCreated by: Jane  \nLast modified: 2026-03-05\n") == [
        ("Created by", "Jane", 4), ("Last modified", "2026-03-05", 5),
    ]  # fmt: skip


def test_a_list_below_a_name_gives_one_for_each_item() -> None:
    listed = [("Affected services", "API", 3), ("Affected services", "Checkout", 4)]
    assert found("Affected services:\n\n- API\n- Checkout\n") == listed
    assert found("## Affected services\n\n- API\n- Checkout\n") == listed
    assert found("- x\n- **Affected services**:\n  - API\n  - Checkout\n- y\n") == [
        (key, value, line) for key, value, line in listed
    ]


def test_a_name_in_bold_that_nobody_knows_has_a_short_value() -> None:
    assert found("**Customer tier:** gold") == [("Customer tier", "gold", 1)]
    assert found("Customer tier: gold") == []
    assert found("Dashboard: https://example.org/d/1") == [("Dashboard", "https://example.org/d/1", 1)]


def test_a_milestone_without_colon_has_its_day_behind_it() -> None:
    assert found("- **Key events**\n  - First detected 2020-08-07 15:51\n") == [
        ("First detected", "2020-08-07 15:51", 2)
    ]


def test_those_outside_of_the_text_come_first() -> None:
    front = Field("severity", "down", 3, front=True)
    assert fields(page_of("Severity: SEV2", front), outline("Severity: SEV2"))[0] is front


@pytest.mark.parametrize(
    "text",
    ["?", "N/A", "n/a", "XXX", "TBD", "to be confirmed", "-", "–", "none", "None.", "", "<category>", "{{ category }}",
     "[e.g., Public API]", "YYYY-MM-DD", "...", "a definir", "chưa rõ", "**TBD**"],
)  # fmt: skip
def test_placeholders_say_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["SEV2", "0", "No alert", "Kubernetes", "[INC-1](https://example.org/1)", "[Jane]"])
def test_what_says_something_is_no_placeholder(text: str) -> None:
    assert not says_nothing(text)


def test_names_are_known_in_three_languages() -> None:
    assert [meaning(name) for name in ("**Severidade:**", "Serviços afetados", "Mức độ nghiêm trọng")] == [
        "severity", "services", "severity",
    ]  # fmt: skip
    assert all(
        map(is_when, ("Start time", "Incident from", "Time to detection (minutes)", "Início", "Thời gian bắt đầu"))
    )
    assert not any(map(known, ("We found the following", "Notes", "Q", "The underlying issue")))


def test_marks_around_a_value_go_and_those_inside_stay() -> None:
    assert value_of(" **SEV2** ") == "SEV2"
    assert value_of("**Critical** - *all* down") == "**Critical** - *all* down"
    assert value_of("[Jane](https://example.org)") == "[Jane](https://example.org)"


@given(st.text(alphabet="Date: Sev*_|-#\n1`<>[]().", max_size=120))
def test_any_text_is_read_and_each_value_occurs_in_its_line(text: str) -> None:
    lines = text.split("\n")
    for key, value, line in found(text):
        assert key in text
        assert value in lines[line - 1] or "\\|" in lines[line - 1] or "|" in lines[line - 1]


@pytest.mark.parametrize(
    "piece", ["**a", "**a:** ", "Date: ", "a: | ", "*", "[a](", "- Date:\n", "| a | b |\n", "# Date\n"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    shape = outline(text)
    start = time.perf_counter()
    fields(page_of(text), shape)
    assert time.perf_counter() - start < 3
