"""Edit: one value of a front matter changed in place. Comments, order, quotes, line endings: every other byte stays.

Nothing is written anew by a YAML library. The place is found by position, the text is put there, and the result
is read again: unless exactly the wanted value changed, the edit is refused.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence as SequenceABC
from dataclasses import dataclass
from typing import Any

from afterword import document
from afterword.errors import AfterwordError
from afterword.findings import Span
from afterword.source import Source, decode
from afterword.yamlscalar import write_scalar
from afterword.yamltree import Entry, Mapping, Node, Scalar, Sequence, plain

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


Item = MappingABC[str, "str | float"]
"""What is added to a list."""


class EditError(AfterwordError):
    """The place is written in a way that cannot be edited safely; the message says where."""


def set_value(path: str, data: bytes, where: str, value: str | float, order: SequenceABC[str] = ()) -> bytes:
    """A file's bytes with one value set, a text or a number: ``status``, or ``actions/1/completed``.

    A key that is not there is put after the nearest one that comes before it in ``order``. Raises ``EditError``.
    """
    edit = _Edit(path, data)
    *steps, key = where.split("/")
    parent = _find(edit.front, steps)
    if not isinstance(parent, Mapping):
        raise edit.refusal(where)
    entry = parent.get(key)
    if entry is not None:
        edit.replace(entry, value, flow=edit.is_flow(parent))
    else:
        edit.insert(parent, key, value, order)
    return edit.finish(where, [*steps, key], value)


def append_item(path: str, data: bytes, key: str, item: Item, order: SequenceABC[str] = ()) -> bytes:
    """A file's bytes with a mapping of texts and numbers added at the end of a top-level list. Raises ``EditError``."""
    edit = _Edit(path, data)
    entry = edit.front.get(key)
    before = plain(entry.value) if entry else None
    if before is not None and not isinstance(before, list):
        raise edit.refusal(key)
    edit.append(key, entry, item, order)
    return edit.finish(key, [key], [*(before or []), dict(item)])


def _find(node: Node, steps: SequenceABC[str]) -> Node | None:
    for step in steps:
        if isinstance(node, Mapping):
            entry = node.get(step)
            if entry is None:
                return None
            node = entry.value
        elif isinstance(node, Sequence) and step.isdigit() and int(step) < len(node.items):
            node = node.items[int(step)]
        else:
            return None
    return node


@dataclass
class _Line:
    text: str
    ending: str


class _Edit:
    """The lines of one file, with the tree of its front matter. One change, then ``finish``."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        source, _ = decode(path, data)
        parsed = document.parse(source) if source else None
        if source is None or parsed is None or parsed.front is None:
            raise EditError(f"{path}: the front matter cannot be read", "See `afterword check`.")
        self.front: Mapping = parsed.front
        self._faults = len(parsed.findings)
        self._body = _body(source)
        self._bom = data.startswith(_BOM)
        raw = (data[3:] if self._bom else data).decode("utf-8")
        self._lines = [_Line(found[1], found[2]) for found in _LINE.finditer(raw)]
        self._first = parsed.front.span.line

    def is_flow(self, node: Node) -> bool:
        """Whether a mapping or list is written with brackets."""
        return self._lines[node.span.line - 1].text[node.span.column - 1 :].startswith(("{", "["))

    def replace(self, entry: Entry, value: str | float, *, flow: bool) -> None:
        """Another scalar in the place of one, in the same quotes."""
        span = entry.value.span
        if not isinstance(entry.value, Scalar):
            raise self.refusal(entry.key)
        if _is_empty(span):
            self._put(self._after_colon(entry), " " + _scalar(value, flow=flow))
            return
        first = self._lines[span.line - 1].text[span.column - 1]
        self._put(span, _scalar(value, flow=flow, quote=first if first in "'\"" else ""))

    def insert(self, parent: Mapping, key: str, value: str | float, order: SequenceABC[str]) -> None:
        """A new key after the nearest one that comes before it in ``order``."""
        flow = self.is_flow(parent)
        text = f"{key}: {_scalar(value, flow=flow)}"
        anchor = _anchor(parent, key, order)
        if anchor is None:
            raise self.refusal(key)
        if flow:
            end = anchor.value.span
            self._put(Span(end.end_line, end.end_column, end.end_line, end.end_column), f", {text}")
        else:
            indent = " " * (parent.entries[0].key_span.column - 1)
            self._insert_lines(self._last_line(anchor), [indent + text])

    def append(self, key: str, entry: Entry | None, item: Item, order: SequenceABC[str]) -> None:
        """A new item at the end of a list that may be missing, empty, in block or in flow style."""
        base = " " * (self.front.entries[0].key_span.column - 1)
        if entry is None:
            anchor = _anchor(self.front, key, order)
            if anchor is None or self.is_flow(self.front):
                raise self.refusal(key)
            self._insert_lines(self._last_line(anchor), [f"{base}{key}:", *_block(item, f"{base}  ", 2)])
        elif isinstance(entry.value, Sequence) and entry.value.items:
            self._append_to(key, entry.value, item)
        elif self.is_flow(self.front):
            raise self.refusal(key)
        else:
            if not _is_empty(entry.value.span):
                colon = self._after_colon(entry)
                end = entry.value.span
                self._put(Span(colon.line, colon.column, end.end_line, end.end_column), "")
            self._insert_lines(entry.key_span.line, _block(item, f"{base}  ", 2))

    def finish(self, where: str, steps: SequenceABC[str], value: Any) -> bytes:
        """The new bytes, if exactly the wanted value changed."""
        text = "".join(line.text + line.ending for line in self._lines)
        data = (_BOM if self._bom else b"") + text.encode("utf-8")
        source, _ = decode(self.path, data)
        parsed = document.parse(source) if source else None
        wanted = copy.deepcopy(plain(self.front))
        _assign(wanted, steps, value)
        if (
            source is None
            or parsed is None
            or len(parsed.findings) > self._faults
            or plain(parsed.front) != wanted
            or _body(source) != self._body
        ):
            raise self.refusal(where)
        return data

    def refusal(self, where: str) -> EditError:
        """What to say when the place is not written plainly enough."""
        *steps, key = where.split("/")
        while (node := _find(self.front, [*steps, key])) is None and steps:
            key = steps.pop()
        line = node.span.line if node is not None else self._first
        return EditError(
            f"{self.path}:{line}: “{where.rpartition('/')[2]}” cannot be changed in place with certainty",
            "Change it by hand, or write that place more plainly and run the command again.",
        )

    def _append_to(self, key: str, items: Sequence, item: Item) -> None:
        last = items.items[-1]
        if self.is_flow(items):
            end = last.span
            self._put(Span(end.end_line, end.end_column, end.end_line, end.end_column), f", {_flow(item)}")
            return
        before = self._lines[last.span.line - 1].text[: last.span.column - 1]
        if not re.fullmatch(r" *- +", before):
            raise self.refusal(key)
        dash = before.index("-")
        gap = len(before) - dash
        line = last.span.end_line
        while self._is_comment_deeper(line, dash):
            line += 1
        indent = " " * dash
        flow = self.is_flow(last)
        self._insert_lines(line, [f"{indent}- {_flow(item)}"] if flow else _block(item, indent, gap))

    def _is_comment_deeper(self, line: int, column: int) -> bool:
        """Whether the line after this one is a comment that belongs to what stands above it."""
        text = self._lines[line].text if line < len(self._lines) else ""
        return text.lstrip(" ").startswith("#") and len(text) - len(text.lstrip(" ")) > column

    def _after_colon(self, entry: Entry) -> Span:
        end = entry.key_span
        found = re.compile(r" *:").match(self._lines[end.end_line - 1].text, end.end_column - 1)
        if found is None:
            raise self.refusal(entry.key)
        return Span(end.end_line, found.end() + 1, end.end_line, found.end() + 1)

    def _last_line(self, entry: Entry) -> int:
        span = entry.value.span
        if _is_empty(span):
            return entry.key_span.end_line
        return span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line

    def _put(self, span: Span, text: str) -> None:
        first, last = self._lines[span.line - 1], self._lines[span.end_line - 1]
        merged = first.text[: span.column - 1] + text + last.text[span.end_column - 1 :]
        self._lines[span.line - 1 : span.end_line] = [_Line(merged, last.ending)]

    def _insert_lines(self, line: int, texts: SequenceABC[str]) -> None:
        ending = self._lines[line - 1].ending
        self._lines[line:line] = [_Line(text, ending) for text in texts]


def _anchor(parent: Mapping, key: str, order: SequenceABC[str]) -> Entry | None:
    """The entry after which a new key stands best; the last one without any order."""
    if not parent.entries:
        return None
    before: Collection[str] = order[: order.index(key)] if key in order else ()
    known = [entry for entry in parent.entries if entry.key in before]
    return max(known, key=lambda entry: list(before).index(entry.key)) if known else parent.entries[-1]


def _block(item: Item, indent: str, gap: int) -> list[str]:
    lines = [f"{key}: {_scalar(value, flow=False)}" for key, value in item.items()]
    return [indent + ("-" if number == 0 else " ") + " " * (gap - 1) + line for number, line in enumerate(lines)]


def _flow(item: Item) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value, flow=True)}" for key, value in item.items()) + "}"


def _scalar(value: str | float, *, flow: bool, quote: str = "") -> str:
    """A text with the quotes that it needs, a number without any."""
    return write_scalar(value, flow=flow, quote=quote) if isinstance(value, str) else repr(value)


def _assign(tree: Any, steps: SequenceABC[str], value: Any) -> None:
    for step in steps[:-1]:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    tree[steps[-1]] = value


def _is_empty(span: Span) -> bool:
    return (span.line, span.column) == (span.end_line, span.end_column)


def _body(source: Source) -> str:
    edges = document.HANDLER.edges(source.text)
    return source.text[edges[2] :] if edges else source.text
