"""Headline: a measure in one sentence, for the caption of its chart."""

from __future__ import annotations

from afterword.measures.base import Unit
from afterword.measures.catalog import Measure
from afterword.measures.trend import Direction


def headline(measure: Measure) -> str:
    """Value, n and period; whether it is going anywhere, when its trend can say; and how it stands to its target.

    “Time to mitigate: median 42 min of 6 incidents in the last 12 months, target under 1 h; stable over 6 quarters”
    """
    if measure.value is None:
        return f"{measure.title}: no data {_period(measure)}"
    if measure.unit is Unit.COUNT:
        value = f"{measure.written} {_period(measure)}"
    elif measure.unit is Unit.SHARE:
        value = f"{measure.written} of {measure.n} {_period(measure)}"
    else:
        value = f"median {measure.written} of {measure.n} {_period(measure)}"
    target = f", target {measure.target}" if measure.target else ""
    return f"{measure.title}: {value}{target}{_trend(measure)}"


def _period(measure: Measure) -> str:
    period = measure.period
    if period.label.startswith("last"):
        return f"in the {period.label}"
    return period.label if period.first is None else f"from {period.first} to {period.last}"


def _trend(measure: Measure) -> str:
    trend = measure.trend
    if trend is None:
        return ""
    if trend.direction is Direction.STABLE:
        return f"; stable over {trend.n} quarters"
    change = f" by {abs(round(trend.change * 100))} %" if trend.change is not None else ""
    way = "falling" if trend.slope < 0 else "rising"
    return f"; {way}{change} over {trend.n} quarters, which is {trend.direction}"
