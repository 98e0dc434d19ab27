"""Strip: each value of a distribution as a dot, with median, 90th percentile and target.

Durations stand on a logarithmic scale, because they reach from minutes to days; days on an even one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from afterword.measures.base import Distribution, Observation, Unit
from afterword.pages.charts.axis import levels
from afterword.pages.charts.figure import Column, data, empty, figure, link
from afterword.pages.charts.svg import Scale, dot, join, picture, rect, stroke, text

_LEFT, _RIGHT = 0.03, 0.97
_NEAR = 0.026
"""Of the width: nearer dots are set above one another, so that they stay apart on a phone."""
_LANE, _RADIUS = 10.0, 4.5
_ROW, _FOOT = 14.0, 24.0
"""Pixels of one row of labels above the dots, and beneath them for the axis."""
_LETTER = 0.02
"""Of the width: one letter on a phone."""
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
_MOST_DOTS, _BINS, _TALLEST = 150, 40, 90.0
_MOST_ROWS = 50
_DURATIONS = (1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400)
Link = Callable[[Observation], str | None]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line at ``x`` whose label stands in a row from ``left`` to ``right``; fractions of the width."""

    x: float
    row: int
    words: str
    css: str
    left: float
    right: float


def strip(
    caption: str,
    distribution: Distribution,
    href: Link = lambda _: None,
    rank: Callable[[str | None], int] | None = None,
) -> Markup:
    """The dots of a distribution. ``rank`` colours them by severity; ``href`` leads to the incident."""
    if not distribution.n:
        return empty(caption, "No value yet: nothing in this time can be measured.")
    scale, values = _scale(distribution)
    marks = _marks(distribution, scale)
    head = _ROW * (max(mark.row for mark in marks) + 1) + 8
    dots, height = _dots(distribution, scale, head, rank)
    base = head + height
    unit = distribution.unit
    axis = stroke((0, base), (1, base), "aw-baseline") + join(
        stroke((scale(value), base), (scale(value), base + 4), "aw-baseline")
        + text(scale(value), base + 17, unit.write(value) if value else "0", _anchor(scale(value)))
        for value in values
    )
    drawing = picture(caption, _described(distribution), base + _FOOT, axis, _drawn(marks, head, base), dots)
    return figure(caption, drawing, _table(distribution, href))


def _scale(distribution: Distribution) -> tuple[Scale, tuple[float, ...]]:
    target = (distribution.target.value,) if distribution.target else ()
    low = min((*distribution.values, *target))
    high = max((*distribution.values, *target))
    if distribution.unit is Unit.SECONDS:
        start = max((value for value in _DURATIONS if value <= low), default=_DURATIONS[0])
        end = next((value for value in _DURATIONS if value >= high and value > start), max(high, 2.0 * start))
        inside = tuple(float(value) for value in _DURATIONS if start <= value <= end)
        return Scale(start, end, _LEFT, _RIGHT, logarithmic=True), inside
    values = levels(distribution.unit, high)
    return Scale(min(low, 0.0), values[-1], _LEFT, _RIGHT), values


def _dots(
    distribution: Distribution, scale: Scale, head: float, rank: Callable[[str | None], int] | None
) -> tuple[Markup, float]:
    """The dots, or columns when there are too many for dots, and their height in pixels."""
    if distribution.n > _MOST_DOTS:
        return _histogram(distribution, scale, head), _TALLEST
    ends: list[float] = []
    placed: list[tuple[float, int, Observation]] = []
    for item in distribution.observations:
        x = scale(item.value)
        lane = next((at for at, end in enumerate(ends) if x - end >= _NEAR), len(ends))
        ends[lane : lane + 1] = [x]
        placed.append((x, lane, item))
    height = len(ends) * _LANE + 6
    drawn = join(
        dot(
            x,
            head + height - 7 - lane * _LANE,
            _RADIUS,
            "aw-fill" if rank is None else f"aw-fill-sev-{rank(item.severity)}",
            f"{distribution.unit.write(item.value)}: {item.title or item.id}",
        )
        for x, lane, item in placed
    )
    return drawn, height


def _histogram(distribution: Distribution, scale: Scale, head: float) -> Markup:
    width = (_RIGHT - _LEFT) / _BINS
    counts = Counter(min(int((scale(value) - _LEFT) / width), _BINS - 1) for value in distribution.values)
    tallest = max(counts.values())
    return join(
        rect(
            _LEFT + at * width,
            head + _TALLEST * (1 - count / tallest),
            width * 0.9,
            _TALLEST * count / tallest,
            "aw-fill",
            str(count),
        )
        for at, count in sorted(counts.items())
    )


def _marks(distribution: Distribution, scale: Scale) -> list[_Mark]:
    """Median, target and 90th percentile, with their labels in rows in which no two labels meet."""
    unit, target = distribution.unit, distribution.target
    wanted = [
        (distribution.median, f"median {unit.write(distribution.median or 0)}", "aw-median"),
        (target.value if target else None, f"target {target}", "aw-target"),
        (distribution.p90, f"p90 {unit.write(distribution.p90 or 0)}", "aw-p90"),
    ]
    placed: list[_Mark] = []
    for value, words, css in wanted:
        if value is not None:
            x = scale(value)
            anchor, width = _anchor(x, 0.3), len(words) * _LETTER
            left = x - width * _SHIFT[anchor]
            taken = {mark.row for mark in placed if mark.left < left + width and left < mark.right}
            row = next(row for row in range(len(wanted)) if row not in taken)
            placed.append(_Mark(x, row, words, css, left, left + width))
    return placed


def _drawn(marks: Sequence[_Mark], head: float, base: float) -> Markup:
    """The lines begin under all labels, so that none goes through a word."""
    return join(
        stroke((mark.x, head - 6), (mark.x, base), mark.css)
        + text(mark.x, (mark.row + 1) * _ROW - 3, mark.words, _anchor(mark.x, 0.3), "aw-tick aw-tick-strong")
        for mark in marks
    )


def _anchor(x: float, edge: float = 0.08) -> str:
    """Text near an edge of the drawing grows away from it."""
    return "start" if x < edge else "end" if x > 1 - edge else "middle"


def _described(distribution: Distribution) -> str:
    unit = distribution.unit
    parts = [f"{distribution.n} values from {unit.write(distribution.values[0])} to"]
    parts.append(f"{unit.write(distribution.values[-1])}, median {unit.write(distribution.median or 0)}")
    return " ".join(parts) + "; the table has them."


def _table(distribution: Distribution, href: Link) -> Markup:
    longest: Sequence[Observation] = distribution.observations[::-1][:_MOST_ROWS]
    rows = [
        [link(item.title or item.id, href(item)), item.day.isoformat(), distribution.unit.write(item.value)]
        for item in longest
    ]
    note = f"The {_MOST_ROWS} longest of {distribution.n}." if distribution.n > _MOST_ROWS else ""
    columns = [Column("Title", numeric=False), Column("Started", numeric=False), Column("Value")]
    return data(columns, rows, note)
