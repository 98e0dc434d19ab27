"""Tables: rows of cells, each on one line, whatever stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from afterword.migration.forms.escaping import code, escape_definitions, escape_start
from afterword.migration.forms.inline import BOLD, Run, lines_of
from afterword.migration.forms.markup import Element, Node, Text, is_block
from afterword.migration.forms.preformatted import preformatted
from afterword.migration.forms.running import SILENT, runs, within
from afterword.migration.forms.tags import CELLS, GROUPS

MAX_SPAN = 50
"""Columns or rows that a cell is taken to fill."""
MAX_EMPTY = 10_000
"""Cells that a table may leave empty; one that is nearly all gaps is written row by row."""

TASKS = {"done": "[x] ", "open": "[ ] "}
"""The box of an item by its attribute ``task``, which the readers of task lists set."""

Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    line: int
    head: bool


def is_layout(node: Element) -> bool:
    """Whether a table only places what stands in it: one cell, or cells with headings of their own."""
    cells = [cell for row, _ in _rows(node) for cell in _cells(row)]
    return len(cells) <= 1 or any(_has_heading(cell) for cell in cells)


def table(node: Element, style: int = 0) -> Iterator[tuple[str, list[Line]]]:
    """The blocks of a table: kind and lines. A caption, and what is in no cell, stands before it."""
    for stray in _strays(node):
        yield from (
            ("paragraph", [(escape_definitions(escape_start(text)), stray.line)]) for text in flat((stray,), style)
        )
    rows = [row for row in _read(node, style) if any(row.cells)]
    if not rows:
        return
    width = max(len(row.cells) for row in rows)
    if sum(width - len(row.cells) for row in rows) > MAX_EMPTY:
        yield from (("paragraph", [(" \\| ".join(row.cells), row.line)]) for row in rows)
        return
    # Markdown has no table without a head: where the source's has none, it is empty
    head = rows.pop(0) if rows[0].head else _Row((), rows[0].line, head=True)
    lines = [_line(head, width), (f"|{'---|' * width}", head.line), *(_line(row, width) for row in rows)]
    yield "table", lines


def _line(row: _Row, width: int) -> Line:
    cells = (*row.cells, *("" for _ in range(width - len(row.cells))))
    return f"| {' | '.join(cells)} |", row.line


def _read(node: Element, style: int) -> Iterator[_Row]:
    taken: dict[int, int] = {}
    """How many more rows each column is filled from above."""
    empty = 0
    for row, in_head in _rows(node):
        if empty > MAX_EMPTY:  # a table that is nearly all gaps: its cells stand side by side
            taken = {}
        cells: list[str] = []
        kinds = set()
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in _cells(row):
            while len(cells) in taken:
                cells.append("")
            wide, high = (_span(cell, name) if empty <= MAX_EMPTY else 1 for name in ("colspan", "rowspan"))
            for column in range(len(cells), len(cells) + wide) if high > 1 else ():
                below[column] = max(high - 1, below.get(column, 0))
            cells.extend(("<br>".join(flat(cell.children, style)), *("" for _ in range(wide - 1))))
            kinds.add(cell.tag)
        taken = below
        empty += len(cells) - sum(map(bool, cells))
        yield _Row(tuple(cells), row.line, head=in_head or kinds == {"th"})


def _rows(node: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether they stand in its head."""
    for child in node.children:
        if isinstance(child, Element) and child.tag == "tr":
            yield child, False
        elif isinstance(child, Element) and child.tag in GROUPS:
            yield from ((row, child.tag == "thead") for row, _ in _rows(child))


def _strays(node: Element) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Text):
            yield from () if child.comment or not child.text.strip() else (child,)
        elif child.tag == "tr" or (child.tag in GROUPS and child.tag != "caption"):
            yield from _strays(child)
        elif node.tag != "tr" or child.tag not in CELLS:
            yield child


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row.children if isinstance(child, Element) and child.tag in CELLS)


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    return min(max(int(written), 1), MAX_SPAN) if re.fullmatch(r"[0-9]{1,6}", written) else 1


def _has_heading(node: Element) -> bool:
    elements = (child for child in node.children if isinstance(child, Element))
    return any(re.fullmatch("h[1-6]", child.tag) or (is_block(child) and _has_heading(child)) for child in elements)


def flat(nodes: Iterable[Node], style: int = 0, link: str | None = None) -> list[str]:
    """What a cell says as lines of running text."""
    found: list[str] = []
    pending: list[Run] = []
    for node in nodes:
        if isinstance(node, Element) and is_block(node):
            found.extend(_said(pending))
            pending = []
            found.extend(() if node.tag in SILENT else _flat_block(node, style, link))
        else:
            pending.extend(runs((node,), style, link))
    return [*found, *_said(pending)]


def _said(pending: Sequence[Run]) -> list[str]:
    return [text for text, _ in lines_of(pending, cell=True, starts=False) if text]


def _flat_block(node: Element, style: int, link: str | None) -> Iterable[str]:
    if node.tag == "pre":
        return [code(text, cell=True) for text, _ in preformatted(node.children) if text.strip()]
    if node.tag in ("ul", "ol"):
        return _flat_list(node, style, link)
    style |= BOLD if re.fullmatch("h[1-6]|dt|summary", node.tag) else 0
    return flat(node.children, *within(node, style, link))


def _flat_list(node: Element, style: int, link: str | None) -> Iterator[str]:
    number = 0
    for child in node.children:
        lines = flat((child,) if isinstance(child, Text) else child.children, style, link)
        if isinstance(child, Element) and child.tag == "li" and lines:
            number += 1
            task = TASKS.get(child.get("task"), "")
            lines[0] = (f"{number}. " if node.tag == "ol" else "- ") + task + lines[0]
        yield from lines
