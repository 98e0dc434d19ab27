"""Text for a terminal: place, line and caret, nothing that a postmortem could do to the terminal."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.checking import Report
from afterword.findings import Finding, Level, Span
from afterword.reporters.text import WIDTH, render, summary
from afterword.terminal import printable, width
from tests.rules.whole import FOLDER, PATH, judge, page

CLOCK = datetime(2026, 11, 1, tzinfo=UTC)
ANSI = re.compile("\x1b\\[\\d+m")


TITLE = Span(1, 1, 1, 2)


def finding(span: Span = TITLE, level: Level = Level.ERROR, message: str = "it is wrong") -> Finding:
    return Finding("AW301", "milestone-order", level, message, "a.md", span, None)


def shown(text: str, span: Span) -> list[str]:
    """The source line and the caret line of a finding in a line of text."""
    lines = render(Report(CLOCK, (finding(span),), 1), lambda _path, _line: text).split("\n")
    return lines[1:3]


def test_a_report_reads_as_it_always_did(root: Path) -> None:
    text = page(
        "title: Thanh toán bị lỗi 503\nstarted: 2026-03-04T09:12:00Z\nresolved: 2026-03-04T08:50:00Z\n"
        "actions:\n  - {id: A1, title: Improve monitoring, owner: '@a', due: 2026-03-20, priority: P1, status: open}",
        "## Notes\n\nTODO: see [the earlier one](2026-02-01-carts.md).\n",
    )
    report = judge({PATH: text, "2026/2026-03-05-empty.md": ""})
    lines = text.split("\n")
    told = render(report, lambda path, line: lines[line - 1] if path == FOLDER + PATH else "", seconds=0.42)
    snapshot = root / "tests/snapshots/findings.txt"
    assert told == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("levels", "files", "text"),
    [
        ([], 0, "0 files, nothing found"),
        ([], 1, "1 file, nothing found"),
        ([Level.ERROR] * 2 + [Level.WARNING] * 3 + [Level.HINT], 1038, "1,038 files, 2 errors, 3 warnings, 1 hint"),
        ([Level.HINT] * 2, 38, "38 files, 2 hints"),
    ],
)
def test_the_last_line_counts(levels: list[Level], files: int, text: str) -> None:
    found = tuple(finding(level=level) for level in levels)
    assert summary(Report(CLOCK, found, files)) == text


def test_the_last_line_tells_the_time_and_what_was_ignored() -> None:
    assert summary(Report(CLOCK, (), 38, suppressed=2), 0.44) == (
        "38 files, nothing found, 2 ignored with a reason in 0.4 s"
    )


def test_the_rule_to_learn_about_is_the_heaviest() -> None:
    hint = Finding("AW504", "vague-verb", Level.HINT, "x", "a.md")
    told = render(Report(CLOCK, (hint, finding()), 1), lambda _path, _line: "")
    assert told.endswith("`afterword rules AW301` to learn more\n")


def test_without_findings_there_is_one_line() -> None:
    assert render(Report(CLOCK, (), 3), lambda _path, _line: "") == "3 files, nothing found\n"


def test_the_caret_stands_under_the_span() -> None:
    assert shown("    due: 2026-02-30", Span(1, 10, 1, 20)) == ["  due: 2026-02-30", "       ^^^^^^^^^^"]


def test_the_caret_stands_under_wide_and_combining_letters() -> None:
    assert shown("件名: 障害 x", Span(1, 5, 1, 7)) == ["  件名: 障害 x", "        ^^^^"]
    assert shown("a\u0301b: c", Span(1, 6, 1, 7)) == ["  a\u0301b: c", "      ^"]


def test_the_caret_stands_under_letters_behind_tabs_emoji_and_marks() -> None:
    assert shown("\tdue:\t2026", Span(1, 7, 1, 11)) == ["  due: 2026", "       ^^^^"]
    assert shown("x 🔥 y", Span(1, 5, 1, 6)) == ["  x 🔥 y", "       ^"]
    assert shown("x ☎\ufe0f y", Span(1, 6, 1, 7)) == ["  x ☎\ufe0f y", "      ^"]
    assert shown("a\u202eb\u200dc", Span(1, 5, 1, 6)) == ["  abc", "    ^"]


def test_a_line_of_wide_letters_takes_no_more_columns() -> None:
    text, caret = shown("障" * 3000 + "HERE" + "害" * 3000, Span(1, 3001, 1, 3005))
    assert width(text) <= WIDTH + 4
    assert text[: text.index("HERE")].count("障") * 2 + 3 == caret.index("^")


def test_a_line_that_never_ends_costs_no_more_than_what_is_shown() -> None:
    line = "é" * 4_000_000
    report = Report(CLOCK, tuple(finding(Span(1, at * 100, 1, at * 100 + 4)) for at in range(1, 10_000)), 1)
    begun = time.process_time()
    render(report, lambda _path, _line: line)
    assert time.process_time() - begun < 4  # one look at all of it for each would take a minute


def test_an_empty_span_has_one_caret() -> None:
    assert shown("title:", Span(1, 7, 1, 7)) == ["  title:", "        ^"]


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    assert shown("  - id: A1", Span(1, 5, 4, 9)) == ["  - id: A1", "    ^^^^^^"]


def test_a_long_line_is_cut_around_the_caret() -> None:
    text, caret = shown("x" * 3000 + "HERE" + "y" * 3000, Span(1, 3001, 1, 3005))
    assert len(text) <= WIDTH + 4
    assert text.startswith("  …x")
    assert text.endswith("y…")
    assert text[caret.index("^") : caret.index("^") + 4] == "HERE"


def test_a_finding_about_a_whole_file_shows_no_line() -> None:
    told = render(Report(CLOCK, (finding(Span(1, 1, 1, 1)),), 1), lambda _path, _line: "---")
    assert told.split("\n")[0] == "a.md:1:1: error AW301 it is wrong"
    assert "^" not in told


@pytest.mark.parametrize("text", ["---", "", "   "])
def test_a_line_that_says_nothing_is_not_shown(text: str) -> None:
    told = render(Report(CLOCK, (finding(Span(1, 1, 1, 4)),), 1), lambda _path, _line: text)
    assert told.split("\n")[1] == ""


def test_colour_is_only_there_when_asked_for_and_changes_no_word() -> None:
    report = Report(CLOCK, (finding(), finding(level=Level.HINT)), 1)
    plain = render(report, lambda _path, _line: "title: x")
    painted = render(report, lambda _path, _line: "title: x", color=True)
    assert "\x1b" not in plain
    assert painted != plain
    assert ANSI.sub("", painted) == plain


def test_a_postmortem_cannot_write_to_the_terminal() -> None:
    hostile = "title: \x1b]0;gone\x07\x1b[2J\u202edcba\u2066"
    told = render(Report(CLOCK, (finding(Span(1, 1, 1, 6), message=hostile),), 1), lambda _path, _line: hostile)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


@given(st.text(max_size=60))
def test_what_is_printed_is_one_line_without_controls(text: str) -> None:
    told = printable(text)
    assert len(told.splitlines()) <= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", told)


@given(st.text(max_size=300), st.integers(1, 320), st.integers(0, 40))
def test_any_line_and_span_can_be_shown(text: str, column: int, length: int) -> None:
    told = render(Report(CLOCK, (finding(Span(1, column, 1, column + length)),), 1), lambda _path, _line: text)
    assert told.endswith("to learn more\n")
