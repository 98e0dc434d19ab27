"""Budget: what is left of one objective's error budget, and the state that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import Count
from afterword.budgets.window import Span


class State(StrEnum):
    """What the remainder means. ``code`` is the exit code of a gate that does not let it pass."""

    NORMAL = "NORMAL"
    CAUTION = "CAUTION"
    WARNING = "WARNING"
    FREEZE = "FREEZE"
    EXHAUSTED = "EXHAUSTED"
    UNCHECKED = "UNCHECKED"

    @property
    def code(self) -> int:
        """0, 0, 1, 2, 3, 99."""
        return {"NORMAL": 0, "CAUTION": 0, "WARNING": 1, "FREEZE": 2, "EXHAUSTED": 3, "UNCHECKED": 99}[self.value]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where states begin, as shares of the budget that remains: above ``caution`` it is NORMAL."""

    caution: Fraction = Fraction(80, 100)
    warning: Fraction = Fraction(50, 100)
    freeze: Fraction = Fraction(20, 100)


@dataclass(frozen=True, slots=True)
class Burn:
    """Pace over a window of ``seconds``: (bad / total) / B. ``rate`` is ``None`` without data, or when ``infinite``."""

    seconds: int
    rate: float | None
    infinite: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """One objective's budget at one instant.

    ``remaining`` = 1 − bad / (B · total), exact and unclamped; ``None`` without data, or when ``infinite``: the budget
    is zero and something was lost. ``count`` is after corrections, ``raw`` before. ``events_left`` in the objective's
    unit, ``seconds_left`` of full outage (R · B · window). ``reason``: why it is unchecked. ``marks``: PARTIAL,
    LOW-TRAFFIC, UNCOUNTED, RETENTION. ``coverage``: share of the window's steps
    with data, ``None`` when only totals were asked for.
    """

    objective: Objective
    span: Span
    state: State
    remaining: Fraction | None
    infinite: bool = False
    count: Count | None = None
    raw: Count | None = None
    raw_remaining: Fraction | None = None
    corrected_remaining: Fraction | None = None
    """With the uncounted events added: what the budget may be at worst."""
    events_left: float | None = None
    seconds_left: float | None = None
    burns: tuple[Burn, ...] = ()
    coverage: float | None = None
    marks: tuple[str, ...] = ()
    reason: str | None = None
