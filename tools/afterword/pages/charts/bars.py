"""Bars: how often each of some words occurs, longest first as given. A table that is a chart, each row a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from afterword.pages.charts.figure import empty, figure, link
from afterword.pages.charts.svg import join, rect, tag


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: ``text`` is how the value reads, if not as a plain number; ``css`` the class of its colour."""

    label: str
    value: float
    href: str | None = None
    text: str = ""
    css: str = "aw-fill"


def bars(caption: str, rows: Sequence[Bar], head: tuple[str, str] = ("", "Incidents")) -> Markup:
    """Horizontal bars from zero. ``caption`` is a sentence; ``head`` names the words and the values."""
    if not rows:
        return empty(caption, "There is nothing to count yet.")
    highest = max(1e-9, *(row.value for row in rows))
    titles = join(
        (
            tag("th", {"scope": "col"}, head[0]),
            tag("th", {"scope": "col", "class": "aw-num"}, head[1]),
            tag("td", {"class": "aw-bar-track"}),
        )
    )
    hidden = tag("thead", {"class": "aw-hidden"}, tag("tr", {}, titles))
    body = tag("tbody", {}, join(_row(row, highest) for row in rows))
    return figure(caption, tag("table", {"class": "aw-table aw-bars"}, hidden, body))


def _row(row: Bar, highest: float) -> Markup:
    drawn = tag(
        "svg",
        {"width": "100%", "height": 12, "aria-hidden": "true", "focusable": "false"},
        rect(0, 0, max(row.value, 0) / highest, 12, row.css),
    )
    return tag(
        "tr",
        {},
        tag("th", {"scope": "row"}, link(row.label, row.href)),
        tag("td", {"class": "aw-num"}, row.text or f"{row.value:g}"),
        tag("td", {"class": "aw-bar-track"}, drawn),
    )
