"""Findings as text for a terminal: place, level, code and message, the line itself with a caret, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from afterword.checking import Report
from afterword.findings import START, Finding, Level
from afterword.reporters import Line
from afterword.terminal import printable, width

Shown: TypeAlias = "Callable[[str], str]"

WIDTH = 100
"""So many columns of a source line are shown at most, around the caret."""

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.HINT: "36"}


def render(
    report: Report, line: Line, *, seconds: float | None = None, color: bool = False, shown: Shown | None = None
) -> str:
    """The report as text with a newline at the end. ``seconds`` is what the check took, ``color`` asks for ANSI.

    ``shown`` says how a path of the library is written for the reader.
    """
    blocks = [
        _block(finding, shown(finding.path) if shown else finding.path, line, color=color)
        for finding in report.findings
    ]
    last = summary(report, seconds)
    if report.findings:
        heaviest = min(report.findings, key=lambda finding: finding.level.rank)
        last += f"\n`afterword rules {heaviest.code}` to learn more"
    return "\n".join([*blocks, last]) + "\n"


def summary(report: Report, seconds: float | None = None) -> str:
    """One line: ``38 files, 2 errors, 3 warnings, 1 hint in 0.4 s``."""
    parts = [_count(report.files, "file")]
    parts += [_count(number, str(level)) for level in Level if (number := report.count(level))]
    if not report.findings:
        parts.append("nothing found")
    if report.suppressed:
        parts.append(f"{report.suppressed} ignored with a reason")
    return ", ".join(parts) + ("" if seconds is None else f" in {seconds:.1f} s")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _block(finding: Finding, path: str, line: Line, *, color: bool) -> str:
    span = finding.span
    level = _paint(str(finding.level), _COLOURS[finding.level], color=color)
    place = _paint(f"{printable(path)}:{span.line}:{span.column}:", "1", color=color)
    lines = [f"{place} {level} {finding.code} {printable(finding.message)}"]
    if span != START:
        lines += _excerpt(line(finding.path, span.line), finding, color=color)
    if finding.hint:
        lines.append(f"  {printable(finding.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(text: str, finding: Finding, *, color: bool) -> list[str]:
    """The source line and a caret under the span; nothing for a line that says nothing."""
    if not text or text.isspace() or (len(text) < WIDTH and text.strip() == "---"):
        return []
    span = finding.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    near = text[max(0, start - WIDTH) : start + WIDTH]  # a line may have five million letters
    room = WIDTH if width(near) == len(near) else WIDTH // 2  # letters of two columns
    cut = max(0, start - room // 2) if len(text) > room else 0
    if not cut:  # indentation says nothing here, and the caret moves with it
        cut = min(len(near) - len(near.lstrip()), start)
    shown = printable(text[cut : cut + room])
    before = "…" if text[max(0, cut - WIDTH) : cut].strip() else ""
    after = "…" if cut + room < len(text) else ""
    lead = width(before) + width(printable(text[cut:start]))
    wide = max(width(printable(text[start : min(end, cut + room)])), 1)
    caret = _paint("^" * wide, _COLOURS[finding.level], color=color)
    return [f"  {before}{shown}{after}", f"  {' ' * lead}{caret}"]


def _paint(text: str, colour: str, *, color: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if color else text
