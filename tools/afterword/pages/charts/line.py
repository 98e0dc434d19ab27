"""Line: one value per period, with the target. A period without a value leaves a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from markupsafe import Markup

from afterword.measures.base import Target, Unit
from afterword.measures.periods import Period
from afterword.measures.series import SHOWN, Series, SeriesPoint
from afterword.pages.charts.axis import BOTTOM, HEIGHT, crossing, frame, labels, levels, middles
from afterword.pages.charts.figure import Column, data, empty, figure, link
from afterword.pages.charts.svg import Scale, dot, join, picture, stroke, text

_APART = 15
"""Pixels between the feet of two lines of text that do not meet."""
Link = Callable[[Period], str | None]


def line(
    caption: str,
    series: Series,
    unit: Unit,
    target: Target | None = None,
    href: Link = lambda _: None,
) -> Markup:
    """The values of the last twelve periods. ``caption`` is a sentence; ``href`` gives a period's list."""
    points = series.last(SHOWN).points
    known = [point.value for point in points if point.value is not None]
    if not known:
        return empty(caption, "No value yet: nothing in this time can be measured.")
    reach = max(*known, target.value) if target else max(known)
    scale, grid = frame(unit, levels(unit, reach))
    periods = [point.period for point in points]
    goal = crossing(scale(target.value), f"target: {target}", "aw-target") if target else Markup("")
    described = (
        f"{len(known)} values from {periods[0].label} to {periods[-1].label}, "
        f"the lowest {unit.write(min(known))}, the highest {unit.write(max(known))}; the table has them."
    )
    drawing = picture(caption, described, HEIGHT, grid, goal, _drawn(points, unit, scale, target), labels(periods))
    return figure(caption, drawing, _table(points, unit, href))


def _drawn(points: Sequence[SeriesPoint], unit: Unit, scale: Scale, target: Target | None) -> Markup:
    places = [
        (x, scale(point.value), point) if point.value is not None else None
        for x, point in zip(middles(len(points)), points, strict=True)
    ]
    lines = (stroke(a[:2], b[:2], "aw-stroke") for a, b in pairwise(places) if a and b)
    drawn = [place for place in places if place]
    dots = (dot(x, y, 4, "aw-fill", _words(point, unit)) for x, y, point in drawn)
    return join(lines) + join(dots) + _newest(*drawn[-1], unit, scale(target.value) if target else None)


def _newest(x: float, y: float, point: SeriesPoint, unit: Unit, target: float | None) -> Markup:
    """The last value above its dot, or else beneath it, or else above the words of the target."""
    foot = y - 9
    if target is not None:
        places = (place for place in (y - 9, y + 18) if abs(place - target + 4) >= _APART and place < BOTTOM - 3)
        foot = next(places, target - 4 - _APART)
    value = "" if point.value is None else unit.write(point.value)
    return text(x, foot, value, "end" if x > 0.9 else "middle", "aw-tick aw-tick-strong")


def _words(point: SeriesPoint, unit: Unit) -> str:
    value = "no value" if point.value is None else unit.write(point.value)
    return f"{point.period.label}: {value} (n = {point.n})"


def _table(points: Sequence[SeriesPoint], unit: Unit, href: Link) -> Markup:
    rows = [
        [
            link(point.period.label + (" so far" if point.partial else ""), href(point.period) if point.n else None),
            "–" if point.value is None else unit.write(point.value),
            str(point.n),
        ]
        for point in reversed(points)
    ]
    return data([Column("Period", numeric=False), Column("Value"), Column("n")], rows)
