"""Stacked bars: counts by period, split by severity, the worst at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from afterword.measures.base import Unit
from afterword.measures.frequency import NONE, Stack, StackRow
from afterword.measures.periods import Period
from afterword.measures.series import SHOWN
from afterword.pages.charts.axis import HEIGHT, LEFT, frame, labels, levels, middles
from afterword.pages.charts.figure import Column, data, empty, figure, link
from afterword.pages.charts.svg import Attributes, Scale, join, picture, rect, tag, text

_WIDEST = 0.09
"""Of the width: a bar that is wider looks like a field."""
_MOST_NUMBERS = 16
Link = Callable[[Period], str | None]


def stacked(
    caption: str,
    stack: Stack,
    rank: Callable[[str], int],
    href: Link = lambda _: None,
    things: str = "incidents",
) -> Markup:
    """Counts of the last twelve periods. ``rank`` gives a severity's colour, 0 to 4; ``href`` a period's list."""
    stack = stack.last(SHOWN)
    if not sum(stack.totals):
        return empty(caption, f"No {things} in this time.")
    scale, grid = frame(Unit.COUNT, levels(Unit.COUNT, max(stack.totals)))
    columns = join(_column(stack, at, x, scale, rank) for at, x in enumerate(middles(len(stack.periods))))
    first, last = stack.periods[0].label, stack.periods[-1].label
    described = f"Stacked bars of {things} from {first} to {last}, {sum(stack.totals)} in all; the table has them."
    drawing = picture(caption, described, HEIGHT, grid, columns, labels(stack.periods))
    return figure(caption, drawing, _legend(stack, rank), _table(stack, href))


def _column(stack: Stack, at: int, x: float, scale: Scale, rank: Callable[[str], int]) -> Markup:
    width = min((1 - LEFT) / len(stack.periods) * 0.6, _WIDEST)
    base, drawn = 0, Markup("")
    for row in stack.rows:
        count = row.counts[at]
        if count:
            top, bottom = scale(base + count), scale(base)
            gap = 1 if base else 0  # a thin line of the ground parts the layers, so that colour is not alone
            title = f"{stack.periods[at].label}: {count} {_name(row)}"
            css = f"aw-fill-sev-{rank(row.key)}"
            drawn += rect(x - width / 2, top, width, max(bottom - top - gap, 1), css, title)
            base += count
    if base and len(stack.periods) <= _MOST_NUMBERS:
        drawn += text(x, scale(base) - 4, str(base), "middle", "aw-tick aw-tick-strong")
    return drawn


def _legend(stack: Stack, rank: Callable[[str], int]) -> Markup:
    entries = (
        tag("li", {}, _swatch(f"aw-fill-sev-{rank(row.key)}"), f" {_name(row)}: {sum(row.counts)}")
        for row in stack.rows
        if sum(row.counts)
    )
    return tag("ul", {"class": "aw-legend"}, join(entries))


def _swatch(css: str) -> Markup:
    attributes: Attributes = {"width": 10, "height": 10, "aria-hidden": "true", "focusable": "false"}
    return tag("svg", attributes, tag("rect", {"width": 10, "height": 10, "class": css}))


def _table(stack: Stack, href: Link) -> Markup:
    rows = [row for row in stack.rows if sum(row.counts)]
    columns = [Column("Period", numeric=False), *(Column(_head(row)) for row in rows), Column("All")]
    lines = [
        [
            link(period.label, href(period) if total else None),
            *(str(row.counts[at]) for row in rows),
            str(total),
        ]
        for at, (period, total) in enumerate(zip(stack.periods, stack.totals, strict=True))
    ]
    return data(columns, list(reversed(lines)))


def _name(row: StackRow) -> str:
    return row.title if row.key in (NONE, row.title) else f"{row.key} {row.title}"


def _head(row: StackRow) -> str:
    """Short, so that five severities fit on a phone; the legend has their names."""
    return row.title if row.key == NONE else row.key
