"""Phrases, times and durations in text that was made to take long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from afterword import parts, phrases, timeline, timing

TRAPS = (
    "at ", "at 1", "1", "1:", "12:3", "12:30 ", "14h0", "14 giờ ", "9 a", "9 a.", "UTC+", "UTC+1", "Europe/", "Asia/A",
    "Pacific ", "A b ", "time to detect ", "time to detect(", "ttd: ", "ttr |*", "`", "``a", "`a", "`a``b```c", "<!--",
    "<!-- afterword:", "<!-- afterword: ignore ", "{{", "{{a}", "TODO", "TBD ", "YYYY-", "_Not written", "1 h ",
    "1 h, ",
    "1,000", "1.5.", "e ", "oct ", "31 de ", "31st ", "ngày 4 tháng ", "sat ", "2026-03-04", "(", "root cause (", "*",
    "1. ", "iv. ", " ", "\u00a0", "horário d", "giờ ", "+01", "–", "~~", "<a ", "[", "\\", "\\`",
)  # fmt: skip

READERS: tuple[Callable[[str], object], ...] = (
    lambda text: list(phrases.comments(text)),
    phrases.without_comments,
    phrases.without_code,
    lambda text: list(phrases.suppressions(text)),
    lambda text: list(phrases.leftovers(text)),
    lambda text: list(phrases.durations(text)),
    lambda text: list(phrases.clock_times(text)),
    phrases.may_hold_clock_times,
    phrases.names_zone,
    phrases.zone_in,
    timing.parse_duration,
    timing.parse_moment,
    parts.part_of,
    timeline.zone_named,
    lambda text: timeline.points([text], "UTC", None),
)


@pytest.mark.parametrize("trap", TRAPS)
def test_each_reader_takes_time_in_proportion(trap: str) -> None:
    text = trap * (500_000 // len(trap))
    for number, read in enumerate(READERS):
        began = time.process_time()
        read(text)
        # half a megabyte: a pattern that backtracks takes minutes
        assert time.process_time() - began < 5, number


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("a ```b`` c", "a ```b`` c"),
        ("a `b\nc` d", "a   \n   d"),
        ("a ` b", "a ` b"),
        (r"a \` b ` c", r"a \` b ` c"),
        (r"\``b` c", r"\`    c"),
        (r"`a\` b \\`c`", r"     b \\   "),
        ("`" + "x" * 501 + "`", "`" + "x" * 501 + "`"),
    ],
)
def test_code_is_blanked_between_runs_of_as_many_signs(text: str, left: str) -> None:
    assert phrases.without_code(text) == left


@pytest.mark.parametrize(
    "text",
    ["TODO", "FIXME: x", "TBD", "on YYYY-MM-DD", "at hh:mm", "at HH:MM", "at hh:MM", "at HH:mm", "Lorem ipsum",
     "{{name}}", "_Not written yet._"],
)  # fmt: skip
def test_whatever_may_be_left_of_the_template_is_looked_for(text: str) -> None:
    assert list(phrases.leftovers(f"Behind it: {text}"))


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Time to detect", "ttd"), ("time to detection", "ttd"), ("TTD", "ttd"), ("Tempo de detecção", "ttd"),
        ("tempo até a deteccao", "ttd"), ("Thời gian phát hiện", "ttd"), ("Time to acknowledge", "tta"),
        ("TTA", "tta"), ("Time to mitigation", "ttm"), ("TTM", "ttm"), ("Tempo de mitigação", "ttm"),
        ("thời gian giảm thiểu", "ttm"), ("Time to recovery", "restore"), ("TTR", "restore"),
        ("Time to resolve", "ttr"), ("Tempo até resolução", "ttr"), ("Thời gian khắc phục", "ttr"),
    ],
)  # fmt: skip
def test_every_label_of_a_duration_is_looked_for(label: str, measure: str) -> None:
    text = f"{label}: 4 min"
    assert [(said, seconds) for _, _, said, seconds in phrases.durations(text)] == [(measure, 240)]
