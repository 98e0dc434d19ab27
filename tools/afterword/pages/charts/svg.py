"""SVG: elements, numbers and scales, with the same text for the same value on every machine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape as quoted

from markupsafe import Markup

Attributes = Mapping[str, str | float | None]


def num(value: float) -> str:
    """At most two decimals, without trailing zeros or a negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def pct(share: float) -> str:
    """A fraction as per cent of the width."""
    return f"{num(share * 100)}%"


def tag(name: str, attributes: Attributes, *children: str) -> Markup:
    """An element. What is not ``Markup`` is escaped; an attribute that is ``None`` is left out."""
    written = [
        f' {key}="{quoted(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    inside = [child if isinstance(child, Markup) else quoted(child) for child in children]
    return Markup(f"<{name}{''.join(written)}>{''.join(inside)}</{name}>")  # noqa: S704  # every part was escaped above


def join(parts: Iterable[Markup]) -> Markup:
    """Elements, one after the other."""
    return Markup("").join(parts)


def picture(title: str, description: str, height: float, *children: Markup) -> Markup:
    """A drawing as wide as its place and ``height`` pixels high."""
    attributes: Attributes = {"role": "img", "width": "100%", "height": height, "focusable": "false"}
    return tag("svg", attributes, tag("title", {}, title), tag("desc", {}, description), *children)


def rect(x: float, y: float, width: float, height: float, css: str, title: str | None = None) -> Markup:
    """An area; ``x`` and ``width`` are fractions, ``y`` and ``height`` pixels; ``title`` shows on hover."""
    attributes: Attributes = {"x": pct(x), "y": y, "width": pct(width), "height": height, "class": css}
    return tag("rect", attributes, *_title(title))


def stroke(start: tuple[float, float], end: tuple[float, float], css: str) -> Markup:
    """A line between two points, each a fraction across and pixels down."""
    attributes: Attributes = {"x1": pct(start[0]), "y1": start[1], "x2": pct(end[0]), "y2": end[1], "class": css}
    return tag("line", attributes)


def dot(x: float, y: float, radius: float, css: str, title: str | None = None) -> Markup:
    """A dot; ``title`` shows on hover."""
    return tag("circle", {"cx": pct(x), "cy": y, "r": radius, "class": css}, *_title(title))


def text(x: float, y: float, content: str, anchor: str = "start", css: str = "aw-tick") -> Markup:
    """Text on a baseline; ``anchor`` is start, middle or end."""
    return tag("text", {"x": pct(x), "y": y, "text-anchor": anchor, "class": css}, content)


def _title(title: str | None) -> tuple[Markup, ...]:
    return () if title is None else (tag("title", {}, title),)


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to fractions of the width or height: ``low`` → ``start``, ``high`` → ``end``; beyond is clamped."""

    low: float
    high: float
    start: float = 0.0
    end: float = 1.0
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        value = min(max(value, self.low), self.high)
        if self.high <= self.low:
            return self.start
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(highest: float, steps: Sequence[float] = (), most: int = 4) -> tuple[float, ...]:
    """Even ticks from 0 to at least ``highest``, in at most ``most`` of one of the intervals ``steps``.

    Beyond the largest step, and without steps, intervals are 1, 2 or 5 times a power of ten.
    """
    highest = max(highest, 1e-9)
    step = next((step for step in steps if highest <= step * most), None)
    if step is None:
        least = max(highest / most, steps[-1] if steps else 0)
        power = 10 ** math.floor(math.log10(least))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * (1 + 1e-9) >= least)
    count = max(math.ceil(highest / step - 1e-9), 1)
    return tuple(step * at for at in range(count + 1))
