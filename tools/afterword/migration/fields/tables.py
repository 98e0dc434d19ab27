"""Tables: the names and values that a table states, when it is one of names and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.migration.fields.names import folded, known
from afterword.migration.fields.values import is_name, is_value, value_of
from afterword.migration.outline import Block

_NAME_HEADS = frozenset(
    ("", "field", "fields", "name", "key", "item", "attribute", "property", "parameter", "label", "campo", "chave",
     "trường", "mục")
)  # fmt: skip
_VALUE_HEADS = frozenset(
    ("", "value", "values", "details", "detail", "information", "info", "description", "content", "valor", "detalhes",
     "giá trị", "chi tiết")
)  # fmt: skip
_OF_MANY = frozenset(
    ("event", "events", "action", "actions", "action item", "action taken", "task", "description", "what",
     "what happened", "details", "note", "notes", "comment", "comments", "entry", "role", "who", "message", "update",
     "activity", "phase", "evento", "ação", "descrição", "sự kiện", "hành động")
)  # fmt: skip
"""Heads of tables in which each row is one of many."""


def of_rows(rows: Sequence[Block]) -> Iterator[tuple[str, str, int]]:
    """Names, values and lines of a table's rows; the first of these are its heads."""
    heads, body = rows[0], rows[1:] if rows[0].cells == rows[0].heads else rows
    names = [folded(cell) for cell in heads.heads]
    if len(body) == 1 and _is_sideways(heads.heads, names):
        cells = zip(heads.heads, body[0].cells, strict=False)
        yield from ((name, value_of(cell), body[0].first) for name, cell in cells if _fits(name, cell))
    elif len(names) == 2:
        yield from _of_two(names, rows)
    elif len(names) == 4:
        for row in rows:
            if len(row.cells) == 4 and known(row.cells[0]) and (known(row.cells[2]) or not row.cells[2].strip()):
                pairs = (row.cells[:2], row.cells[2:])
                yield from ((name, value_of(cell), row.first) for name, cell in pairs if _fits(name, cell))


def _is_sideways(heads: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the heads are names: ``Date | Authors | Status``, with their values in the one row below."""
    return sum(map(known, heads)) >= 2 and not any(name in _OF_MANY for name in names)


def _of_two(names: Sequence[str], rows: Sequence[Block]) -> Iterator[tuple[str, str, int]]:
    plainly = names[0] in _NAME_HEADS and names[1] in _VALUE_HEADS
    # “Date | 2021-03-04” is the first field of its table, “Date | Event” are the heads of a timeline
    by_head = known(names[0]) and not known(names[1]) and names[1] not in _OF_MANY | _VALUE_HEADS
    if not plainly and names[1] in _OF_MANY:
        return
    for row in rows:
        if len(row.cells) != 2 or (row.cells == row.heads and not by_head):
            continue
        name, value = row.cells
        if (plainly or by_head or known(name)) and _fits(name, value):
            yield name, value_of(value), row.first


def _fits(name: str, value: str) -> bool:
    return is_name(name) and is_value(value)
