"""The keys of the front matter: in the schema's order, one blank after each colon, none at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from afterword.findings import Span
from afterword.fixes.base import Edit, Fix, Page, Proposal, Schema, is_empty, mappings
from afterword.marks import Path
from afterword.yamltree import Mapping, Node, Scalar
from afterword.yamltree import Sequence as Items


@dataclass(frozen=True, slots=True)
class _Segment:
    """The lines of one key, from ``first`` (its comments) up to ``last``; the key itself stands in ``key``."""

    first: int
    key: int
    last: int


def _order(page: Page) -> Iterator[Proposal]:
    if not page.movable:
        return
    moved: set[Path] = set()
    for path, mapping, schema in mappings(page):
        if any(path[:depth] in moved for depth in range(len(path))):
            continue  # its lines move already; it has its turn in the next round
        edit = _sorted(page, mapping, schema)
        if edit is not None:
            moved.add(path)
            yield Proposal((edit,), "order of keys")


def ranks(keys: Collection[str], known: Sequence[str]) -> list[int]:
    """Where each key belongs. One that the schema does not know stays behind the one above it."""
    places = {key: number for number, key in enumerate(known)}
    found: list[int] = []
    for key in keys:
        found.append(places.get(key, found[-1] if found else -1))
    return found


def _sorted(page: Page, mapping: Mapping, schema: Schema) -> Edit | None:
    """The lines of a mapping in order; ``None`` when they are, or are not written plainly enough to be moved."""
    wanted = ranks([entry.key for entry in mapping.entries], list(schema["properties"]))
    if wanted == sorted(wanted):
        return None
    segments = _segments(page, mapping)
    if segments is None:
        return None
    order = sorted(range(len(segments)), key=lambda number: wanted[number])
    head = segments[order[0]]
    column = mapping.entries[0].key_span.column - 1
    prefix = page.lines[segments[0].key - 1][:column]
    if prefix.strip() and head.first != head.key:
        return None  # a comment would come to stand between the dash and the first key
    lines: list[str] = []
    for number in order:
        segment = segments[number]
        own = list(page.lines[segment.first - 1 : segment.last])
        at = segment.key - segment.first
        own[at] = (prefix if segment is head else " " * column) + own[at][column:]
        lines += own
    start, end = segments[0].first, segments[-1].last
    return page.edit(Span(start, 1, end, len(page.lines[end - 1]) + 1), "\n".join(lines))


def _segments(page: Page, mapping: Mapping) -> list[_Segment] | None:
    column = mapping.entries[0].key_span.column
    found: list[_Segment] = []
    for number, entry in enumerate(mapping.entries):
        key, last = entry.key_span.line, page.last_line(entry)
        before = page.lines[key - 1][: column - 1]
        dashed = number == 0 and re.fullmatch(r" *- +", before) is not None
        if last is None or entry.key_span.column != column or (before.strip() and not dashed):
            return None
        if number == 0:
            first = key if dashed else _first(page, key, column)
        else:
            cut = _cut(page, found[-1].last, key, column)
            if cut is None:
                return None
            found[-1] = _Segment(found[-1].first, found[-1].key, cut - 1)
            first = cut
        found.append(_Segment(first, key, last))
    return [*found[:-1], _Segment(found[-1].first, found[-1].key, _tail(page, found[-1].last, column))]


def _first(page: Page, key: int, column: int) -> int:
    """The line in which the comments right above the first key begin. What stands above a blank line stays there."""
    at = key
    while at - 1 > page.parsed.fence.line and _is_comment(page.lines[at - 2], column):
        at -= 1
    return at


def _cut(page: Page, last: int, key: int, column: int) -> int | None:
    """The line from which on everything belongs to the next key: comments as deep as it, and blank lines.

    ``None`` when a comment less deep than the keys stands between them: nobody can tell which of them it is about.
    """
    cut = key
    for line in range(key - 1, last, -1):
        text = page.lines[line - 1]
        if text.strip() and (not text.lstrip(" ").startswith("#") or text[: column - 1].strip()):
            return None
        if not text.strip() or _is_comment(text, column):
            cut = line
    return cut


def _tail(page: Page, last: int, column: int) -> int:
    """The last line of the last key, with the comments beneath it that are deeper."""
    while last < len(page.lines):
        text = page.lines[last]
        if not text.lstrip(" ").startswith("#") or len(text) - len(text.lstrip(" ")) < column:
            break
        last += 1
    return last


def _is_comment(text: str, column: int) -> bool:
    """Whether a line holds only a comment that begins in a column."""
    return text[: column - 1].strip() == "" and text[column - 1 : column] == "#"


def _spacing(page: Page) -> Iterator[Proposal]:
    edits = [edit for _, mapping, _ in mappings(page) if not page.is_flow(mapping) for edit in _spaced(page, mapping)]
    if edits:
        yield Proposal(tuple(edits), "spacing of keys")


def _spaced(page: Page, mapping: Mapping) -> Iterator[Edit]:
    for entry in mapping.entries:
        end, value = entry.key_span, entry.value.span
        line = page.lines[end.end_line - 1]
        found = re.compile(r"( *):( *)").match(line, end.end_column - 1)
        if found is None:
            continue
        beside = value.line == end.end_line and not is_empty(value) and value.column - 1 == found.end()
        after = " " if beside and len(found[2]) > 1 else found[2]
        if found[0] != f":{after}":
            yield page.edit(Span(end.end_line, end.end_column, end.end_line, found.end() + 1), f":{after}")


def _blanks(page: Page) -> Iterator[Proposal]:
    kept = {line for first, last in _multiline(page.front) for line in range(first, last + 1)}
    edits: list[Edit] = []
    closing = page.source.position(page.end)[0]
    for number in range(page.parsed.fence.line, closing + 1):
        text = page.lines[number - 1]
        bare = text.rstrip(" \t")
        if bare != text and number not in kept and "#" not in text:
            edits.append(page.edit(Span(number, len(bare) + 1, number, len(text) + 1), ""))
    if edits:
        yield Proposal(tuple(edits), "blanks at the end of lines")


def _multiline(node: Node) -> Iterator[tuple[int, int]]:
    """The lines of each text that runs over several."""
    if isinstance(node, Scalar):
        if node.span.end_line > node.span.line:
            yield node.span.line, node.span.end_line
    elif isinstance(node, Items):
        for item in node.items:
            yield from _multiline(item)
    else:
        for entry in node.entries:
            yield from _multiline(entry.value)


BLANKS = Fix("blanks", "Blanks at the end of lines of front matter go.", (), _blanks)
SPACING = Fix("spacing", "Keys of front matter have no blank before the colon and one after it.", (), _spacing)
ORDER = Fix("key-order", "Keys of front matter stand in the order of the schema, comments with them.", (), _order)
