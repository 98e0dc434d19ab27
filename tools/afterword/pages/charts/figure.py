"""Figure: what surrounds every drawing: the sentence above it and its numbers beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from afterword.pages.charts.svg import join, tag


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``numeric`` ones are set to the right."""

    title: str
    numeric: bool = True


def figure(caption: str, *children: Markup) -> Markup:
    """A chart under its sentence."""
    return tag("figure", {"class": "aw-chart"}, tag("figcaption", {}, caption), *children)


def empty(caption: str, sentence: str) -> Markup:
    """What stands in place of a chart without data."""
    return figure(caption, tag("p", {"class": "aw-empty"}, sentence))


def data(columns: Sequence[Column], rows: Sequence[Sequence[str]], note: str = "") -> Markup:
    """The numbers of a chart as a table in a fold. The first cell of a row heads it."""
    remark = (tag("p", {"class": "aw-sub"}, note),) if note else ()
    return tag("details", {"class": "aw-data"}, tag("summary", {}, "Figures"), table(columns, rows), *remark)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Markup:
    """A plain table."""
    head = join(tag("th", {"scope": "col", "class": _css(column)}, column.title) for column in columns)
    body = join(tag("tr", {}, _cells(columns, row)) for row in rows)
    return tag("table", {"class": "aw-table aw-figures"}, tag("thead", {}, tag("tr", {}, head)), tag("tbody", {}, body))


def link(label: str, href: str | None) -> Markup:
    """A label, as a link where it leads somewhere."""
    return tag("span", {}, label) if href is None else tag("a", {"href": href}, label)


def _cells(columns: Sequence[Column], row: Sequence[str]) -> Markup:
    first = tag("th", {"scope": "row", "class": _css(columns[0])}, row[0])
    pairs = zip(columns[1:], row[1:], strict=True)
    return first + join(tag("td", {"class": _css(column), "data-label": column.title}, cell) for column, cell in pairs)


def _css(column: Column) -> str | None:
    return "aw-num" if column.numeric else None
