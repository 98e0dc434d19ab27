"""Labelled durations (``Time to detect: 38 minutes``) in the house's style: ``38 min``, ``4 h 05 min``.

The smallest unit stays the one that was written: 60 minutes are not 1 h, for how exact a figure is says something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from afterword.findings import Span
from afterword.fixes.base import Facts, Fix, Page, Proposal
from afterword.markdown import Stated
from afterword.timing import format_duration, parse_duration

_UNITS = (
    ("d", re.compile(r"(?:days?|d|dias?|ngày)\Z", re.IGNORECASE)),
    ("h", re.compile(r"(?:hours?|hrs?|hr|h|horas?|giờ)\Z", re.IGNORECASE)),
    ("min", re.compile(r"(?:minutes?|mins?|min|m|minutos?|phút)\Z", re.IGNORECASE)),
    ("s", re.compile(r"(?:seconds?|secs?|sec|s|segundos?|giây)\Z", re.IGNORECASE)),
)
_PART = re.compile(r"(\d[\d.,]*)\s*([^\W\d_]+)")


def restyled(text: str) -> str | None:
    """A duration in the one style; ``None`` where something would be lost."""
    read = parse_duration(text)
    if read is None or read[1] != len(text):
        return None
    duration = read[0]
    parts = [(found[1], _unit(found[2])) for found in _PART.finditer(text)]
    units = [unit for _, unit in parts]
    if not units or None in units:
        return None
    style = format_duration(duration)
    if style.rpartition(" ")[2] != units[-1] or _seconds(style) != duration:
        style = " ".join(f"{number} {unit}" for number, unit in parts)
    return style if _seconds(style) == duration else None


def _unit(word: str) -> str | None:
    return next((unit for unit, pattern in _UNITS if pattern.match(word)), None)


def _seconds(text: str) -> timedelta | None:
    read = parse_duration(text)
    return read[0] if read and read[1] == len(text) else None


def _propose(page: Page) -> Iterator[Proposal]:
    for stated in page.parsed.body.stated:
        written = stated.text.rstrip()
        wanted = restyled(written)
        if wanted is None or wanted == written:
            continue
        span = _span(page, stated, written)
        if span is not None and not _is_quoted(page, span) and not _is_heading(page, span.line):
            yield Proposal((page.edit(span, wanted),), "duration", _claim)


def _span(page: Page, stated: Stated, written: str) -> Span | None:
    """Where exactly it stands; ``None`` when another text is found there, as behind an escaped sign in a table."""
    span = stated.span
    if span.line != span.end_line:
        return None
    exact = Span(span.line, span.column, span.line, span.column + len(written))
    return exact if page.text(exact) == written else None


def _is_quoted(page: Page, span: Span) -> bool:
    """Whether somebody else's words are given: a quote stays as it is."""
    line = page.lines[span.line - 1]
    before = line[: span.column - 1]
    return (
        line.lstrip().startswith(">")
        or before.count('"') % 2 == 1
        or before.rfind("“") > before.rfind("”")
        or before.rfind("«") > before.rfind("»")
    )


_ATX = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\Z")


def _is_heading(page: Page, line: int) -> bool:
    """Whether it stands in a heading, whose anchor is made of its text and may be linked to."""
    below = page.lines[line] if line < len(page.lines) else ""
    return _ATX.match(page.lines[line - 1]) is not None or _UNDERLINE.match(below) is not None


def _claim(facts: Facts) -> Facts:
    """“4 hours and 5 minutes” has more words than “4 h 05 min”; nothing else changes."""
    return replace(facts, words=None)


FIX = Fix("durations", "Labelled durations in the text are written 45 s, 38 min, 4 h 05 min, 2 d 3 h.", (), _propose)
