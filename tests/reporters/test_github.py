"""Workflow commands: read again as GitHub's runner reads them, and never more than we wrote."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.checking import Report
from afterword.findings import START, Finding, Level, Span
from afterword.reporters.github import CAP, disarmed, render
from tests.reporters.report import CLOCK, REPORT, many

Command = tuple[str, dict[str, str], str]
HOSTILE = st.text(st.sampled_from("ab:#[]%0AD,;= \n\r\t\u2028\x85é") | st.characters()) | st.sampled_from(
    ["::error::x", "\n::error::x", "%0A::error::x", "##[error]x", "a,line=9", "::endgroup::", "::stop-commands::x"]
)


def _unescaped(text: str, table: dict[str, str]) -> str:
    for code, letter in table.items():
        text = text.replace(code, letter)
    return text


def commands(text: str) -> list[Command]:
    """What the runner makes of an output: ``::name a=b,c=d::data`` at the start of a line, ``##[name]`` anywhere."""
    data = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    found: list[Command] = []
    for line in re.split("\r\n|\r|\n", text):
        start = line.lstrip()
        if start.startswith("::") and "::" in start[2:]:
            head, _, body = start[2:].partition("::")
            name, _, listed = head.partition(" ")
            pairs = (item.split("=", 1) for item in listed.split(",") if item)
            table = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
            found.append((name, {pair[0]: _unescaped(pair[1], table) for pair in pairs}, _unescaped(body, data)))
        elif "##[" in line:
            found.append(("##[", {}, line))
    return found


def of(*findings: Finding) -> Report:
    return Report(CLOCK, findings, 1)


def test_an_annotation_tells_place_rule_message_and_what_to_do() -> None:
    finding = Finding("AW301", "milestone-order", Level.ERROR, "resolved is before started", "a.md",
                      Span(9, 11, 9, 31), "Swap them.")  # fmt: skip
    assert commands(render(of(finding), prefix="docs/incidents/"))[0] == (
        "error",
        {"file": "docs/incidents/a.md", "line": "9", "endLine": "9", "col": "11", "endColumn": "31",
         "title": "AW301 milestone-order"},
        "resolved is before started\nSwap them.\ndocs/incidents/a.md:9:11",
    )  # fmt: skip


def test_a_place_over_several_lines_has_no_columns() -> None:
    finding = Finding("AW301", "milestone-order", Level.HINT, "m", "a.md", Span(9, 11, 10, 31))
    name, properties, _ = commands(render(of(finding)))[0]
    assert name == "notice"
    assert set(properties) == {"file", "line", "endLine", "title"}


@given(st.lists(st.builds(Finding, st.just("AW901"), st.just("made-up"), st.sampled_from(Level), HOSTILE,
                          HOSTILE.filter(bool), st.sampled_from([START, Span(2, 3, 4, 5)]), st.none() | HOSTILE),
                min_size=1, max_size=40))  # fmt: skip
def test_nobody_can_forge_a_command(findings: list[Finding]) -> None:
    found = commands(render(Report(CLOCK, tuple(findings), 1)))
    shown = [item for item in found if item[0] in ("error", "warning", "notice")]
    room = {Level.ERROR: CAP, Level.WARNING: CAP, Level.HINT: CAP - 1}
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    assert len(shown) - 1 == sum(min(counts[level], room[level]) for level in Level)
    assert {item[1]["file"] for item in shown[:-1]} <= {finding.path for finding in findings}
    assert all(item[1]["title"] == "AW901 made-up" for item in shown[:-1])
    left = [item[0] for item in found if item not in shown]
    assert left == (["group", "endgroup"] if len(shown) - 1 < len(findings) else [])


@pytest.mark.parametrize("level", Level)
def test_beyond_the_cap_the_log_holds_every_finding_and_the_last_line_sums_up(level: Level) -> None:
    text = render(many(500, level))
    lines = text.splitlines()
    shown = [item for item in commands(text) if item[1].get("file")]
    room = CAP - 1 if level is Level.HINT else CAP
    assert len(shown) == room
    assert sum("is overdue by" in line for line in lines) == 500
    name, properties, message = commands(lines[-1])[0]
    assert (name, properties) == ("notice", {"title": "afterword check"})
    assert message == (f"50 files, 500 {level}s; GitHub shows {room} of 500 findings as annotations, the log all")
    notices = [item for item in commands(text) if item[0] == "notice"]
    assert len(notices) <= CAP  # so that GitHub shows the summary too


def test_the_heaviest_come_first() -> None:
    levels = [item[0] for item in commands(render(REPORT))]
    assert levels == ["error"] * 4 + ["warning"] * 3 + ["notice"] * 4


def test_a_run_without_findings_leaves_no_annotation() -> None:
    assert render(Report(CLOCK, (), 38)) == "38 files, nothing found\n"


@given(st.lists(HOSTILE).map("\n".join))
def test_text_can_be_printed_in_a_job(text: str) -> None:
    assert [item for item in commands(disarmed(text)) if item[0] == "##["] == []
    assert not re.search(r"(?:^|\n)[^\S\n]*::", disarmed(text))
