"""Axis: the frame of a chart over periods: lines across with their values, and the periods beneath."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from afterword.measures.base import Unit
from afterword.measures.periods import Period
from afterword.pages.charts.svg import Scale, pct, stroke, tag, text, ticks

LEFT = 0.08
"""Where periods begin; the values of the axis stand before it."""
TOP, BOTTOM, BELOW = 22.0, 172.0, 34.0
"""Pixels: the highest line, the line of zero, and the room under it for two lines of text."""
HEIGHT = BOTTOM + BELOW
_MOST_LABELS = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = {
    Unit.SECONDS: tuple(
        float(step)
        for step in (
            *(_MINUTE * count for count in (1, 2, 5, 10, 15, 30)),
            *(_HOUR * count for count in (1, 2, 3, 4, 6, 12)),
            *(_DAY * count for count in (1, 2, 5, 10, 20, 50, 100)),
        )
    ),
    Unit.DAYS: (1.0, 2.0, 5.0, 7.0, 10.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0),
    Unit.COUNT: (1.0,),
}


def levels(unit: Unit, highest: float) -> tuple[float, ...]:
    """The values at which lines are drawn, from zero up. A share always reaches 100 %."""
    return (0.0, 0.25, 0.5, 0.75, 1.0) if unit is Unit.SHARE else ticks(highest, _STEPS[unit])


def frame(unit: Unit, values: Sequence[float]) -> tuple[Scale, Markup]:
    """The scale of heights and the lines across with their values."""
    scale = Scale(values[0], values[-1], BOTTOM, TOP)
    drawn = Markup("")
    for value in values:
        y = scale(value)
        drawn += stroke((0, y), (1, y), "aw-baseline" if value == values[0] else "aw-gridline")
        drawn += text(0, y - 4, unit.write(value) if value else "0")
    return scale, drawn


def middles(count: int) -> list[float]:
    """Where the middle of each of ``count`` periods lies across."""
    return [LEFT + (at + 0.5) * (1 - LEFT) / count for at in range(count)]


def labels(periods: Sequence[Period]) -> Markup:
    """The periods beneath: Q1 or Mar, and the year under its first; at most twelve, counted from the newest."""
    stride = -(-len(periods) // _MOST_LABELS)
    drawn = Markup("")
    year = ""
    for at, (x, period) in enumerate(zip(middles(len(periods)), periods, strict=True)):
        if (len(periods) - 1 - at) % stride:
            continue
        short, of_year = name(period)
        drawn += text(x, BOTTOM + 15, short, "middle")
        if of_year != year:
            drawn += text(x, BOTTOM + 29, of_year, "middle")
            year = of_year
    return drawn


def name(period: Period) -> tuple[str, str]:
    """A period and its year: ``2026 Q1`` → Q1, 2026; ``2026-03`` → Mar, 2026."""
    year, _, rest = period.label.replace("-", " ").partition(" ")
    return MONTHS[int(rest) - 1] if rest.isdigit() else rest, year


def crossing(y: float, words: str, css: str) -> Markup:
    """A line at one height with words at its right end, such as a target."""
    return stroke((LEFT, y), (1, y), css) + tag(
        "text", {"x": pct(1), "y": y - 4, "text-anchor": "end", "class": "aw-tick aw-tick-strong"}, words
    )
