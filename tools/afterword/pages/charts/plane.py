"""Plane: a chart over days. Curves are paths that stretch with the page; lines, bands and words lie around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup

from afterword.pages.charts.axis import MONTHS
from afterword.pages.charts.svg import Attributes, Scale, join, num, pct, picture, rect, stroke, tag, text

LEFT = 0.09
"""Where days begin; the values of the axis stand before it."""
TOP, BOTTOM, HEIGHT = 40.0, 180.0, 214.0
"""Pixels: the highest line, the lowest, and the whole with two lines of text beneath."""
_WIDTH = 1000
_NEAR = 0.045
"""Marks closer than this share of the width are counted together."""
_APART = 16
"""Pixels between the feet of two lines of text that do not meet."""
_ONE_NAME_EACH = 330
"""Days of an axis on which no month comes twice."""
_MOST_DAYS = 6
_STRIDES = (1, 2, 3, 5, 7, 14, 28)

Point = tuple[datetime, float | None]
"""An instant and its value; ``None`` leaves a gap."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points in the order of time; ``css`` gives its colour."""

    label: str
    points: Sequence[Point]
    css: str = "aw-path"


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time that is shaded, with its number; without one it is a pause, in another colour."""

    number: int | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """A line across with its words at the left: a value of the axis, or one that matters, such as a target."""

    value: float
    words: str
    css: str = "aw-gridline"


@dataclass(frozen=True, slots=True)
class Plane:
    """Days from ``start`` to ``end`` and values on a scale whose pixels run from ``BOTTOM`` up to ``TOP``."""

    start: datetime
    end: datetime
    scale: Scale

    def x(self, at: datetime) -> float:
        """Where an instant lies across, from ``LEFT`` to 1; beyond the days it is clamped."""
        return LEFT + (1 - LEFT) * self._share(at)

    def _share(self, at: datetime) -> float:
        return min(max((at - self.start) / (self.end - self.start), 0.0), 1.0)

    def picture(
        self,
        title: str,
        described: str,
        axis: str,
        levels: Sequence[Level],
        curves: Sequence[Curve],
        *,
        marks: Sequence[Level] = (),
        bands: Sequence[Band] = (),
    ) -> Markup:
        """The drawing. ``axis`` names the values; ``levels`` are its lines, ``marks`` those that matter."""
        return picture(
            title,
            described,
            HEIGHT,
            text(0, 11, axis),
            join(self._band(band) for band in bands),
            join(self._level(level, marks) for level in levels),
            self._paths(curves),
            join(self._mark(mark) for mark in marks),
            join(self._numbers(bands)),
            join(self._days()),
            text(1, BOTTOM + 31, "Day (UTC)", "end"),
        )

    def _level(self, level: Level, marks: Sequence[Level]) -> Markup:
        """The words are left out where those of a mark stand."""
        y = self.scale(level.value)
        free = all(abs(self.scale(mark.value) - y) >= _APART for mark in marks)
        return stroke((0, y), (1, y), level.css) + (text(0, y - 4, level.words) if free else Markup(""))

    def _mark(self, mark: Level) -> Markup:
        y = self.scale(mark.value)
        return stroke((0, y), (1, y), mark.css) + text(0, y - 4, mark.words, css="aw-tick aw-tick-strong")

    def _paths(self, curves: Sequence[Curve]) -> Markup:
        frame: Attributes = {
            "x": pct(LEFT),
            "y": TOP,
            "width": pct(1 - LEFT),
            "height": BOTTOM - TOP,
            "viewBox": f"0 0 {_WIDTH} {num(BOTTOM - TOP)}",
            "preserveAspectRatio": "none",
        }
        return tag("svg", frame, join(tag("path", {"class": item.css, "d": self._path(item)}) for item in curves))

    def _path(self, curve: Curve) -> str:
        """Whole thousandths across and half pixels down: finer than a screen, and short."""
        written, pen = [], "M"
        points = list(curve.points)
        for at, (instant, value) in enumerate(points):
            if value is None:
                pen = "M"
                continue
            x, y = round(self._share(instant) * _WIDTH), round((self.scale(value) - TOP) * 2) / 2
            written.append(f"{pen}{x} {num(y)}")
            alone = pen == "M" and (at + 1 == len(points) or points[at + 1][1] is None)
            written.append("h2" if alone else "")  # a single value is a dash, not nothing
            pen = "L"
        return "".join(written)

    def _band(self, band: Band) -> Markup:
        first, last = self.x(band.start), self.x(band.end)
        css = "aw-pause" if band.number is None else "aw-band"
        return rect(first, TOP, max(last - first, 0.003), BOTTOM - TOP, css)

    def _numbers(self, bands: Sequence[Band]) -> Iterator[Markup]:
        """The numbers above the bands; those that would meet are written as one."""
        places = sorted(
            (self.x(band.start + (band.end - band.start) / 2), band.number) for band in bands if band.number is not None
        )
        group: list[tuple[float, int]] = []
        for place in places:
            if group and place[0] - group[-1][0] > _NEAR:
                yield self._number(group)
                group = []
            group.append(place)
        if group:
            yield self._number(group)

    def _number(self, group: list[tuple[float, int]]) -> Markup:
        numbers = sorted(number for _, number in group)
        words = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        if len(numbers) > 2 and numbers[-1] - numbers[0] >= len(numbers):
            words = f"{len(numbers)} incidents"
        elif len(numbers) == 2:
            words = f"{numbers[0]}, {numbers[1]}"
        x = (group[0][0] + group[-1][0]) / 2
        return text(min(max(x, LEFT + 0.02), 0.98), TOP - 6, words, "middle", "aw-tick aw-tick-strong")

    def _days(self) -> Iterator[Markup]:
        """Midnights beneath: at most six, a week apart or by months; words too near the edges are left out."""
        for instant in self.midnights():
            x = self.x(instant)
            yield stroke((x, BOTTOM), (x, BOTTOM + 4), "aw-baseline")
            if x < 0.96:
                yield text(x, BOTTOM + 17, self._day(instant), "middle" if x > LEFT + 0.03 else "start")

    def _day(self, instant: datetime) -> str:
        """``8 Oct``, or ``Oct 2026`` where a month may stand on the axis twice."""
        month = MONTHS[instant.month - 1]
        far = (self.end - self.start).days > _ONE_NAME_EACH
        return f"{month} {instant.year}" if far else f"{instant.day} {month}"

    def midnights(self) -> list[datetime]:
        """The days that are named."""
        first = self.start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if first < self.start:
            first += timedelta(days=1)
        days = [first + timedelta(days=at) for at in range(max((self.end - first).days + 1, 0))]
        stride = next((step for step in _STRIDES if len(days) <= step * _MOST_DAYS), None)
        if stride:
            return days[::stride]
        months = [day for day in days if day.day == 1]
        return months[:: -(-len(months) // _MOST_DAYS)]
