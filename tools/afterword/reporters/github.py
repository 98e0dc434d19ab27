"""Findings as workflow commands of GitHub Actions: annotations beside the lines of a pull request.

How a command is written: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts, how it is read:
https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
"""

from __future__ import annotations

import re
from collections import Counter

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.reporters.text import summary
from afterword.terminal import printable

CAP = 10
"""GitHub shows so many annotations of each level per step and drops the others in silence
(https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations)."""

_COMMAND = re.compile(r"^([^\S\n]*)::", re.MULTILINE)
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
_ROOM = {Level.ERROR: CAP, Level.WARNING: CAP, Level.HINT: CAP - 1}
"""The summary is a notice, too: a hint less, so that it is always among those that are shown."""


def render(report: Report, *, prefix: str = "") -> str:
    """Annotations, the heaviest first; then the findings for which there is no room; a summary as the last line.

    ``prefix`` makes the library's paths paths of the repository: ``docs/`` or nothing.
    """
    if not report.findings:
        return f"{summary(report)}\n"
    shown: list[Finding] = []
    others: list[Finding] = []
    counts: Counter[Level] = Counter()
    for finding in sorted(report.findings, key=lambda finding: finding.level.rank):
        (shown if counts[finding.level] < _ROOM[finding.level] else others).append(finding)
        counts[finding.level] += 1
    lines = [_annotation(finding, prefix) for finding in shown]
    last = summary(report)
    if others:
        lines += [
            f"::group::{_count(len(others))} without an annotation",
            *(_plain(finding, prefix) for finding in others),
            "::endgroup::",
        ]
        last += f"; GitHub shows {len(shown)} of {len(report.findings):,} findings as annotations, the log all"
    lines.append(f"::notice title=afterword check::{_data(last)}")
    return "\n".join(lines) + "\n"


def _count(number: int) -> str:
    return f"{number:,} more finding" if number == 1 else f"{number:,} more findings"


def _annotation(finding: Finding, prefix: str) -> str:
    span = finding.span
    properties = {"file": prefix + finding.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub refuses columns for more than one line
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    place = f"{prefix}{finding.path}:{span.line}:{span.column}"  # the log would not tell it
    message = "\n".join(printable(part) for part in (finding.message, finding.hint, place) if part)
    return f"::{_COMMANDS[finding.level]} {told}::{_data(message)}"


def _plain(finding: Finding, prefix: str) -> str:
    place = f"{prefix}{finding.path}:{finding.span.line}:{finding.span.column}"
    return disarmed(printable(f"{place}: {finding.level} {finding.code} {finding.message}"))


def disarmed(text: str) -> str:
    """Text in which GitHub Actions reads no command: they begin a line with ``::`` or stand anywhere as ``##[``."""
    return _COMMAND.sub(r"\1: :", text.replace("##[", "## ["))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
