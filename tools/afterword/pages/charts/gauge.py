"""Gauge: what is left of a budget on a line from nothing to all of it, with the bounds of the states."""

from __future__ import annotations

from markupsafe import Markup

from afterword.budgets.budget import State, Thresholds
from afterword.pages.charts.svg import Attributes, Scale, join, picture, rect, stroke, tag, text

_BAR, _ZONES, _HEIGHT = 22.0, 5.0, 50.0
"""Pixels: the bar, the line of colours beneath it, and the whole with the bounds in words."""
_APART = 0.12
"""The share of the width between two bounds whose words do not meet on a phone."""
_OVER = -1.0
"""What is overspent is drawn down to the loss of a second budget; the words say how much it was."""


def css_of(state: State) -> str:
    """The class of a state's colour, after ``aw-fill-`` or ``aw-``."""
    return f"state-{state.value.lower()}"


def gauge(words: str, remaining: float | None, state: State, thresholds: Thresholds, *, infinite: bool) -> Markup:
    """The drawing of a remainder, a share that may be negative.

    ``infinite``: the target allows no loss and something was lost; then nothing can be measured off, and the whole
    line is spent. Without data it stays empty. ``words`` say the figure and the state.
    """
    scale = Scale(_OVER if remaining is not None and remaining < 0 else 0.0, 1.0)
    described = "A bar from nothing to the whole budget; the colours beneath it are those of the states."
    return picture(
        words,
        described,
        _HEIGHT,
        rect(0, 0, 1, _BAR, "aw-track"),
        _bar(scale, remaining, state, infinite=infinite),
        join(() if infinite else (*_zones(scale, thresholds), *_bounds(scale, thresholds))),
    )


def _bar(scale: Scale, remaining: float | None, state: State, *, infinite: bool) -> Markup:
    css = f"aw-fill-{css_of(state)}"
    if infinite:
        return rect(0, 0, 1, _BAR, css)
    if remaining is None:
        return Markup("")
    first, last = sorted((scale(0.0), scale(remaining)))
    return rect(first, 0, max(last - first, 0.003), _BAR, css)


def _zones(scale: Scale, thresholds: Thresholds) -> list[Markup]:
    edges = (scale.low, 0.0, float(thresholds.freeze), float(thresholds.warning), float(thresholds.caution), 1.0)
    states = (State.EXHAUSTED, State.FREEZE, State.WARNING, State.CAUTION, State.NORMAL)
    return [
        rect(scale(first), _BAR + 3, scale(last) - scale(first), _ZONES, f"aw-fill-{css_of(state)}")
        for first, last, state in zip(edges, edges[1:], states, strict=False)
        if last > first
    ]


def _bounds(scale: Scale, thresholds: Thresholds) -> list[Markup]:
    """The bounds in words, the ends within the drawing; one too near to a neighbour is only a line."""
    bounds = (thresholds.freeze, thresholds.warning, thresholds.caution)
    values = sorted({scale.low, 0.0, *map(float, bounds), 1.0})
    drawn, last = [], -1.0
    for value in values:
        x = scale(value)
        drawn.append(stroke((x, _BAR), (x, _BAR + 3 + _ZONES), "aw-baseline"))
        if value < 1 and (x - last < _APART or 1 - x < _APART):
            continue
        last = x
        anchor = "start" if x < 0.02 else "end" if x > 0.98 else "middle"
        drawn.append(text(x, _HEIGHT - 5, f"{value * 100:.0f} %".replace("-", "−"), anchor))
    return drawn


def meter(remaining: float | None, state: State) -> Markup:
    """The bar alone, for a cell beside the figure: it says nothing that the cell does not. Nothing left is an edge."""
    share = 0.0 if remaining is None else min(max(remaining, 0.02), 1.0)
    attributes: Attributes = {
        "class": "aw-meter",
        "width": "100%",
        "height": 10.0,
        "aria-hidden": "true",
        "focusable": "false",
    }
    return tag("svg", attributes, rect(0, 0, 1, 10, "aw-track"), rect(0, 0, share, 10, f"aw-fill-{css_of(state)}"))
