"""Marks: where each key and value of a YAML tree stands, by its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from afterword.findings import Span
from afterword.yamltree import Mapping, Node, Sequence

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys, and numbers of items, from the root to a node."""


def spans(node: Node | None) -> dict[str, Span]:
    """The span of each node, by its path: ``actions/0/due``; of a key as ``actions/0/due#key``."""
    return dict(_named(node))


def places(node: Node | None) -> dict[Path, tuple[Span, Span | None]]:
    """The span of each node and of its key, if it has one, by its path: ``("actions", 0, "due")``."""
    return {path: (span, key) for path, span, key in _places(node, (), None)}


class Marks:
    """Where each value and key of a tree stands, kept as one string: a library of thousands seldom asks for one."""

    __slots__ = ("_packed", "_spans")

    def __init__(self, packed: str = "") -> None:
        self._packed = packed
        self._spans: dict[str, Span] | None = None

    @classmethod
    def of(cls, node: Node) -> Marks:
        """The marks of a tree. Paths that hold our separators are left out: no schema knows such keys."""
        rows = (
            f"{path}|{span.line}|{span.column}|{span.end_line}|{span.end_column}"
            for path, span in _named(node)
            if "|" not in path and "\n" not in path
        )
        return cls("\n".join(rows))

    @property
    def packed(self) -> str:
        """The string that makes these marks again."""
        return self._packed

    def get(self, path: str) -> Span | None:
        """The span of a path such as ``actions/0/due``, or of its key: ``actions/0/due#key``."""
        if self._spans is None:
            rows = (row.split("|") for row in self._packed.split("\n") if row)
            self._spans = {row[0]: Span(int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows}
        return self._spans.get(path)


def _named(node: Node | None) -> Iterator[tuple[str, Span]]:
    for path, span, key in _places(node, (), None):
        name = "/".join(map(str, path))
        yield name, span
        if key:
            yield f"{name}#key", key


def _places(node: Node | None, path: Path, key: Span | None) -> Iterator[tuple[Path, Span, Span | None]]:
    if node is None:
        return
    yield path, node.span, key
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _places(entry.value, (*path, entry.key), entry.key_span)
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _places(item, (*path, number), None)
