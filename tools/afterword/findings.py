"""Findings: what a check has to say, and where in which file."""

from __future__ import annotations

from dataclasses import dataclass
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
