"""Sparkline: a series in the height of a line of text. It has no text, so it alone scales as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from afterword.pages.charts.svg import Attributes, Scale, join, tag

_WIDTH, _HEIGHT, _EDGE = 96, 24, 3


def sparkline(values: Sequence[float | None], title: str) -> Markup:
    """Values from the oldest to the newest, ``None`` leaving a gap; nothing below two values.

    ``title`` says what they are, for instance “Time to mitigate by quarter, from 48 min to 29 min”.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low = min(0.0, *known)
    down = Scale(low, max(*known, low + 1e-9), _HEIGHT - _EDGE, _EDGE)
    along = Scale(0, len(values) - 1, _EDGE, _WIDTH - _EDGE)
    places = [None if value is None else (along(at), down(value)) for at, value in enumerate(values)]
    lines = join(
        tag("line", {"x1": a[0], "y1": a[1], "x2": b[0], "y2": b[1], "class": "aw-stroke"})
        for a, b in pairwise(places)
        if a and b
    )
    newest = [place for place in places if place][-1]
    alone = (place for at, place in enumerate(places) if place and not _joined(places, at))
    dots = join(_dot(place, 1.5) for place in alone) + _dot(newest, 2.5)
    attributes: Attributes = {
        "class": "aw-spark",
        "role": "img",
        "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
        "width": _WIDTH,
        "height": _HEIGHT,
        "focusable": "false",
    }
    return tag("svg", attributes, tag("title", {}, title), lines, dots)


def _joined(places: Sequence[tuple[float, float] | None], at: int) -> bool:
    return any(0 <= near < len(places) and places[near] for near in (at - 1, at + 1))


def _dot(place: tuple[float, float], radius: float) -> Markup:
    return tag("circle", {"cx": place[0], "cy": place[1], "r": radius, "class": "aw-fill"})
