"""YAML with a position on every key and value, for every YAML file that we read.

Built from parse events and never composed by the library, because composing recursive or deeply nested
input can crash the process or take minutes. Bounded in size, depth and nodes; no aliases, no tags, no
timestamps: dates stay text, so that the schema can judge them. Scalars follow YAML 1.2's core schema,
so ``on`` and ``no`` are words and only ``true`` and ``false`` are booleans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from afterword.findings import Finding, Level, Span
from afterword.source import Source
from afterword.yamlfault import FaultError, explain, short

MAX_CHARACTERS = 256 * 1024
MAX_DEPTH = 64
MAX_NODES = 50_000

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""What is left of a tree without positions: what JSON can say."""

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: its value, and whether it was written without quotes."""

    value: str | int | float | bool | None
    plain: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value in a mapping."""

    key: str
    key_span: Span
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file, each key once."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> Entry | None:
        """The entry of a key."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items in the order of the file."""

    items: tuple[Node, ...]
    span: Span


Node: TypeAlias = "Scalar | Mapping | Sequence"


def parse(source: Source, start: int = 0, end: int | None = None) -> tuple[Node | None, list[Finding]]:
    """The tree of the YAML between two offsets of a source, and what is wrong with it.

    A syntax fault or a broken bound gives ``None`` and one AW003 finding; a key that stands twice gives
    the tree with its first value and an AW004 finding for each later one.
    """
    text = source.text[start:end]
    if text.startswith("\ufeff"):  # the parser skips it, and all offsets would be one too small
        fault = FaultError("a byte-order mark stands before the YAML", 0, "Remove it.")
        return None, [_finding(source, start, fault)]
    if len(text) > MAX_CHARACTERS:
        fault = FaultError(f"YAML is too long ({len(text):,} characters; at most {MAX_CHARACTERS:,})", 0)
        return None, [_finding(source, start, fault)]
    builder = _Builder(source, start)
    try:
        return builder.build(text), builder.findings
    except FaultError as fault:
        return None, [*builder.findings, _finding(source, start, fault)]
    except yaml.MarkedYAMLError as error:
        problem = error.problem or error.context or "not valid YAML"
        explained = explain(text, problem, _index(error.problem_mark or error.context_mark))
        return None, [*builder.findings, _finding(source, start, explained)]
    except yaml.reader.ReaderError as error:
        character = _char(error)
        message = f"character U+{ord(character):04X} is not allowed in YAML"
        unreadable = FaultError(message, max(text.find(character), 0))
        return None, [*builder.findings, _finding(source, start, unreadable)]


def plain(node: Node | None) -> Plain:
    """A tree without its positions."""
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else node.value


class _Builder:
    """Builds a tree from parse events, counting depth and nodes."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.findings: list[Finding] = []
        self._nodes = 0
        self._events: Iterator[yaml.Event] = iter(())
        self._restore: dict[int, str] = {}

    def build(self, text: str) -> Node | None:
        text, self._restore = _hide_breaks(text)
        self._events = iter(yaml.parse(text, Loader=_Parser))
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise FaultError("a second YAML document begins here", _index(event.start_mark), "Keep one.")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        at = _index(event.start_mark)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FaultError(f"YAML has more than {MAX_NODES:,} values", at)
        if depth > MAX_DEPTH:
            raise FaultError(f"YAML is nested deeper than {MAX_DEPTH} levels", at)
        if isinstance(event, yaml.AliasEvent):
            raise FaultError(f"aliases are not allowed (*{event.anchor})", at, "Write the value out.")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise FaultError(f"anchors are not allowed (&{event.anchor})", at, "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise FaultError(f"tags are not allowed ({short(tag)})", at, "Write the value without it.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._scalar(event)

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                end = self._end(start, event, next(reversed(entries.values()), None))
                return Mapping(tuple(entries.values()), end)
            if not isinstance(event, yaml.ScalarEvent):
                raise FaultError("a key must be plain text", _index(event.start_mark))
            node = self._node(event, depth + 1)
            key, key_span = self._text(event), node.span
            value = self._node(next(self._events), depth + 1)
            if key in entries:
                first = entries[key].key_span.line
                self.findings.append(
                    Finding("AW004", "duplicate-key", Level.ERROR,
                            f"key “{short(key)}” stands twice (first in line {first})", self.source.path,
                            key_span, "Keep one of them.")
                )  # fmt: skip
                continue
            entries[key] = Entry(key, key_span, value)
        raise FaultError("mapping is not closed", _index(start.start_mark))

    def _end(self, start: yaml.Event, end: yaml.Event, last: Entry | None) -> Span:
        """A block mapping's own end mark lies past blank lines: end with the last value instead."""
        whole = self._span(start, end)
        if last is None or getattr(start, "flow_style", False):
            return whole
        stop = last.value.span
        return Span(whole.line, whole.column, max(stop.end_line, whole.line), stop.end_column)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                whole = self._span(start, event)
                if items and not getattr(start, "flow_style", False):
                    stop = items[-1].span
                    whole = Span(whole.line, whole.column, stop.end_line, stop.end_column)
                return Sequence(tuple(items), whole)
            items.append(self._node(event, depth + 1))
        raise FaultError("list is not closed", _index(start.start_mark))

    def _scalar(self, event: yaml.Event) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            raise FaultError("not valid YAML", _index(event.start_mark))
        bare = bool(event.implicit[0])  # only an unquoted, untagged scalar is up for interpretation
        text = self._text(event)
        value = _resolve(text) if bare else text
        return Scalar(value, bare, self._span(event, event))

    def _text(self, event: yaml.ScalarEvent) -> str:
        text: str = event.value
        control = _CONTROL.search(text)
        if control:  # by an escape: written out, the parser refuses it
            raise FaultError(f"character U+{ord(control[0]):04X} is not allowed", _index(event.start_mark))
        return text.translate(self._restore) if self._restore else text

    def _span(self, start: yaml.Event, end: yaml.Event) -> Span:
        return self.source.span(self.start + _index(start.start_mark), self.start + _index(end.end_mark))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAKS = "\x85\u2028\u2029"


def _hide_breaks(text: str) -> tuple[str, dict[int, str]]:
    """The parser takes these for line ends, which no editor and no Markdown does: stand-ins keep every offset."""
    used = [char for char in _BREAKS if char in text]
    if not used:
        return text, {}
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    stand_ins = dict(zip(used, free, strict=False))
    hidden = text.translate({ord(char): stand_in for char, stand_in in stand_ins.items()})
    return hidden, {ord(stand_in): char for char, stand_in in stand_ins.items()}


def _resolve(text: str) -> str | int | float | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= 32:  # longer digits are text: no postmortem counts that far, and conversion is quadratic
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            number = float(text)
            return number if number - number == 0 else text  # 1e999 is not a number that JSON can say
    return text


def _finding(source: Source, start: int, fault: FaultError) -> Finding:
    at = start + fault.offset
    return Finding("AW003", "yaml", Level.ERROR, fault.message, source.path, source.span(at, at), fault.hint)


def _char(error: yaml.reader.ReaderError) -> str:
    """The character that the reader refused: some versions give its number, others itself."""
    value = error.character
    if isinstance(value, int):
        return chr(value)
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text[:1] or "\0"


def _index(mark: object) -> int:
    """The offset of a parser's mark, in code points; 0 without a mark."""
    return int(getattr(mark, "index", 0))
