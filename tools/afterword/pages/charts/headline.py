"""Headline: a measure in one sentence, for the caption of its chart."""

from __future__ import annotations

from afterword.measures.base import Unit, plural
from afterword.measures.catalog import Measure
from afterword.measures.trend import Direction


def headline(measure: Measure) -> str:
    """Value, n and period; whether it is going anywhere, when its trend can say; and how it stands to its target.

    “Time to mitigate is stable: median 42 min of 6 incidents in the last 12 months (target under 1 h, met by 4)”
    """
    if measure.value is None:
        return f"{measure.title}: no data {_period(measure)}"
    value = measure.written
    if measure.unit is not Unit.COUNT:
        median = "" if measure.unit is Unit.SHARE else "median "
        value = f"{median}{value} of {plural(measure.n, measure.of)}"
    target = f" (target {measure.target}{_within(measure)})" if measure.target else ""
    return f"{measure.title}{_trend(measure)}: {value} {_period(measure)}{target}"


def _within(measure: Measure) -> str:
    """How many reach the target; a share says that itself."""
    return f", met by {measure.distribution.within}" if measure.distribution else ""


def _period(measure: Measure) -> str:
    period = measure.period
    if period.label.startswith("last"):
        return f"in the {period.label}"
    return period.label if period.first is None else f"from {period.first} to {period.last}"


def _trend(measure: Measure) -> str:
    trend = measure.trend
    if trend is None:
        return ""
    verb = "are" if measure.unit is Unit.COUNT else "is"
    if trend.direction is Direction.STABLE:
        return f" {verb} stable"
    change = f" by {abs(round(trend.change * 100))} %" if trend.change is not None else ""
    way = "falling" if trend.slope < 0 else "rising"
    return f" {verb} {way}{change} over {trend.n} quarters"
