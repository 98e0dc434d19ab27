"""Words: the figures of an error budget as readers see them.

Shares are rounded down, because a state begins at an exact bound: 19.96 % is no 20 %, and 99.8999 % misses 99.9 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor, inf, log10

from afterword.budgets import judging
from afterword.budgets.budget import Budget, Burn
from afterword.budgets.forecast import NEVER, Days
from afterword.budgets.objective import Method, Objective
from afterword.budgets.window import Rolling
from afterword.timing import format_duration

MARKS: Mapping[str, str] = {
    judging.PARTIAL: "the server said that its answer was not all there is",
    judging.LOW_TRAFFIC: "there were so few events that the ratio says little",
    judging.UNCOUNTED: "some series may have counted before their first scrape, and that could matter here",
    judging.RETENTION: "the server keeps less than the window is long",
    judging.NO_DATA: "nothing was counted in the window",
    judging.UNCORRECTED: "maintenance lies where the snapshot holds no steps, so that it could not be taken out",
}
"""What the marks of a budget mean."""


def share(value: float | Fraction, places: int = 1) -> str:
    """``0.4527`` → ``45.2 %``, rounded down; negative ones with a minus sign. Infinitely much is “all”."""
    if value in (inf, -inf):
        return "all"
    scaled = floor(_exact(value) * 100 * 10**places)
    return f"{scaled / 10**places:,.{places}f} %".replace("-", "−")


def share_used(value: float | Fraction, places: int = 1) -> str:
    """What is used, rounded up: with what is left it makes 100 %, and an overspent budget is never 0.0 % over."""
    if value in (inf, -inf):
        return "all"
    return share(Fraction(ceil(_exact(value) * 100 * 10**places), 100 * 10**places), places)


def _exact(value: float | Fraction) -> Fraction:
    """A float as it is meant: 0.9998 is not the fraction just below that it is kept as."""
    return value if isinstance(value, Fraction) else Fraction(f"{value:.12f}")


def exactly(value: Fraction) -> str:
    """A share as it is written in an objective: ``0.999`` → ``99.9 %``."""
    text = f"{float(value * 100):.10f}".rstrip("0").rstrip(".")
    return f"{text} %"


def compliance(value: float | Fraction, objective: Objective) -> str:
    """A share of good events, with two digits more than the target has."""
    return share(value, places(objective))


def places(objective: Objective) -> int:
    """Decimals of a compliance in per cent that tell it from its target."""
    budget = float(objective.budget)
    return max(2, min(ceil(-log10(budget * 100)) + 2, 6)) if budget else 4


def left(budget: Budget) -> str:
    """What is left, in a few words."""
    if budget.infinite:
        return "spent: the target allows no loss"
    if budget.remaining is None:
        return "could not be checked"
    if budget.remaining < 0:
        return f"overspent by {share_used(-budget.remaining)}"
    return f"{share(budget.remaining)} left"


def figure(budget: Budget) -> str:
    """The remainder alone; a dash where there is none."""
    if budget.remaining is None:
        return "–"
    return share(budget.remaining) if budget.remaining >= 0 else f"−{share_used(-budget.remaining)}"


def amounts(budget: Budget) -> str:
    """The remainder in minutes of full outage and in events; empty without it, and for a budget of zero."""
    if budget.seconds_left is None or budget.events_left is None or not budget.objective.budget:
        return ""
    over = budget.seconds_left < 0
    minutes = outage(abs(budget.seconds_left))
    words = f"{minutes} of full outage, {abs(whole(budget.events_left)):,} {budget.objective.unit}"
    return f"{words} more than allowed" if over else words


def whole(events: float) -> int:
    """Events left as a number that may be lost: 42.6 let 42 happen, and 0.2 too many are one too many."""
    return floor(events)


def outage(seconds: float) -> str:
    """Minutes with a decimal while they are few: ``19.6 min``."""
    minutes = seconds / 60
    return f"{minutes:.1f} min" if minutes < 100 else format_duration(timedelta(seconds=seconds))


def rate(burn: Burn) -> str:
    """``0.32×``: how many times as fast as would just spend the budget."""
    if burn.infinite:
        return "infinite"
    return "–" if burn.rate is None else times(burn.rate)


def times(value: float) -> str:
    """Three digits at most, and more before the point: ``0.32×``, ``14.4×``, ``212×``."""
    return f"{value:,.0f}×" if value >= 99.5 else f"{value:.1f}×" if value >= 9.95 else f"{value:.2f}×"


def seconds(value: float) -> str:
    """A latency: ``320 ms``, ``1.24 s``."""
    if value < 0.9995:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f}".rstrip("0").rstrip(".") + " s"


def days(value: Days) -> str:
    """Days until something, as ``12.5 d``; less than a day as hours."""
    if value is NEVER:
        return "never"
    if not isinstance(value, (int, float)):
        return "not known"
    if value <= 0:
        return "spent"
    if value < 1:
        return format_duration(timedelta(days=value))
    return f"{value:.1f} d" if value < 100 else f"{value:,.0f} d"


def length(value: float) -> str:
    """A window's length: ``1 h``, ``30 d``."""
    return format_duration(timedelta(seconds=value))


def window(objective: Objective) -> str:
    """The window of an objective: ``rolling 30 d``, ``calendar month (UTC)``."""
    found = objective.window
    if isinstance(found, Rolling):
        return f"rolling {length(found.seconds)}"
    units = str(found.unit) if found.count == 1 else f"{found.count} {found.unit}s"
    return f"calendar {units} ({found.zone})"


def method(objective: Objective) -> str:
    """How the budget is counted, in words."""
    every = length(objective.slice_seconds)
    if objective.method is Method.OCCURRENCES:
        return "by slices of time" if objective.unit == "slices" else f"by {objective.unit}: bad ones over all"
    if objective.method is Method.TIMESLICES:
        goal = f", good from {exactly(objective.slice_target)} good events on" if objective.slice_target else ""
        return f"by slices of {every}{goal}: bad slices over all"
    return f"by slices of {every} that weigh the same, each with its share of bad events"
