"""Burn: how fast a budget is spent, and how alerts on that pace are laid out for windows of any length.

Shares and windows are those of the multi-window alerts of Google's SRE workbook, chapter 5: 2 % of the budget in
1 h, 5 % in 6 h, 10 % in 1 d and in 3 d, each confirmed over a window of a twelfth.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from afterword.budgets.budget import Burn
from afterword.budgets.snapshot import Count

HOUR = 3600
DAY = 86_400
WINDOWS = (HOUR, 6 * HOUR, DAY, 3 * DAY)
"""The windows over which a pace is shown, in seconds."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One alert: so large a ``share`` of the budget spent within ``seconds``; ``severity`` is page or ticket."""

    seconds: int
    share: Fraction
    severity: str

    @property
    def confirmed_over(self) -> int:
        """The short window, in seconds, which tells that it still goes on."""
        return self.seconds // 12

    def factor(self, window: float) -> Fraction:
        """The burn rate at which it fires, for an objective's window of so many seconds."""
        return factor(self.share, window, self.seconds)


PACES = (
    Pace(HOUR, Fraction(2, 100), "page"),
    Pace(6 * HOUR, Fraction(5, 100), "page"),
    Pace(DAY, Fraction(10, 100), "ticket"),
    Pace(3 * DAY, Fraction(10, 100), "ticket"),
)
"""14.4, 6, 3 and 1 times, for a window of 30 days."""


def factor(share: Fraction, window: float, seconds: float) -> Fraction:
    """Give share · window / w: the burn rate that spends ``share`` of the budget of ``window`` within ``seconds``."""
    return share * Fraction(window) / Fraction(seconds)


def largest(budget: Fraction) -> Fraction | None:
    """1 / B, the burn when every event is bad; ``None`` for a budget of zero, where it is infinite."""
    return 1 / budget if budget else None


def can_fire(wanted: Fraction, budget: Fraction) -> bool:
    """Whether a burn rate can be exceeded at all: with a target of 90 %, 14.4 times cannot."""
    most = largest(budget)
    return most is None or wanted < most


def burn(count: Count | None, budget: Fraction, seconds: int) -> Burn:
    """The pace over a window of so many seconds: (bad / total) / B."""
    if count is None or count.total <= 0:
        return Burn(seconds, None)
    if not budget:
        return Burn(seconds, None, infinite=True) if count.bad > 0 else Burn(seconds, 0.0)
    return Burn(seconds, float(Fraction(count.bad) / Fraction(count.total) / budget))
