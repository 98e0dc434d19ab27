"""Findings: what a check has to say, and where in which file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs. Errors fail a check, warnings show, hints suggest."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a hint."""
        return _RANKS[self]

    def at_least(self, other: Level) -> bool:
        """Whether this level weighs as much as ``other`` or more."""
        return self.rank <= other.rank


_RANKS = {Level.ERROR: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text; lines and columns from 1, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


MOST = 200
"""So many findings of a rule in one file are listed: nobody reads more, and a report has to end."""

START = Span(1, 1, 1, 1)
"""Where a finding about a whole file stands."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one place. ``path`` is relative to the library, with ``/``."""

    code: str
    name: str
    level: Level
    message: str
    path: str
    span: Span = START
    hint: str | None = None

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """The order of every report: path, place, code, message."""
        return self.path, self.span, self.code, self.message


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sorted, each remark once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.order)


def bounded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file, at most ``MOST`` of each rule, then one that says how many more there are.

    That one stands at the first of the heaviest that are not listed, and weighs as much.
    """
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    left_out: dict[str, Finding] = {}
    for finding in findings:
        counts[finding.code] += 1
        heaviest = left_out.get(finding.code)
        if counts[finding.code] <= MOST:
            kept.append(finding)
        elif heaviest is None or finding.level.rank < heaviest.level.rank:
            left_out[finding.code] = finding
    for code, finding in left_out.items():
        more = counts[code] - MOST
        number = "1 more finding" if more == 1 else f"{more:,} more findings"
        message = f"of {code} there {'is' if more == 1 else 'are'} {number} in this file, not listed here"
        kept.append(replace(finding, message=message, hint="Mend those that are, then check again."))
    return kept
