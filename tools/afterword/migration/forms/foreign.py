"""Foreign front matter: YAML, TOML or JSON before the text, as fields with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.migration.forms.nested import MAX_KEY, flattened, object_end
from afterword.migration.page import Field
from afterword.source import Source
from afterword.yamltree import Mapping, Node, Scalar, Sequence, parse

_OPEN = re.compile(r"(---|\+\+\+)[ \t]*\n")
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_END = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_VALUE = re.compile(r"[ \t]*(?:-[ \t]+(?:[A-Za-z_][\w-]{0,60}:[ \t]+)?|[A-Za-z_][\w-]{0,60}:[ \t]+)(?=\S)")
_COLON = "\ue000"
_STAND_IN = re.compile("[\ue000-\ue003]")
_AWAY = str.maketrans("@`%", "\ue001\ue002\ue003")
_BACK = str.maketrans("\ue000\ue001\ue002\ue003", ":@`%")
_COMMENT = re.compile(r"(?:^|[ \t])#", re.MULTILINE)
MAX_VALUE = 2000
"""Characters of a value that can stand in a field; longer ones are text, and stay in the raw front matter."""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the text. ``raw``: without fences. ``first``: the line, from 1, where it begins.

    ``end``: the offset where the text begins. ``kind``: ``YAML``, ``TOML`` or ``JSON``.
    """

    kind: str
    raw: str
    first: int
    end: int
    fields: tuple[Field, ...] = ()
    stretches: tuple[tuple[int, int], ...] = ()


def front_of(text: str) -> Front | None:
    """The front matter of a text with LF; ``None`` when it has none, or none that can be read: then it is text."""
    fence = _OPEN.match(text)
    if fence and fence[1] == "---":
        return _yaml(text, fence.end())
    if fence:
        end = _TOML_END.search(text, fence.end())
        return _nested(text, "TOML", fence.end(), end.start(), end.end()) if end else None
    end_of_object = object_end(text) if text.startswith("{") else None
    return _nested(text, "JSON", 0, end_of_object, end_of_object) if end_of_object else None


def _nested(text: str, kind: str, start: int, stop: int, end: int) -> Front | None:
    raw = text[start:stop]
    found = flattened(kind, raw)
    if found is None:
        return None
    first = text.count("\n", 0, start) + 1
    fields = [Field(key, value, first + at, front=True) for key, value, at in found if _fits(value)]
    lines = raw.removesuffix("\n").split("\n")
    whole = re.compile(r'\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+),?\s*' if kind == "JSON" else _TOML_LINE)
    stretches = tuple((at, at) for at, line in enumerate(lines, first) if whole.fullmatch(line))
    return Front(kind, raw.removesuffix("\n"), first, _past(text, end), tuple(fields), stretches)


_TOML_LINE = r"""\s*[\w.-]+\s*=\s*(?:"[^"\\]*"|'[^']*'|[\w.:+-]+(?:[ T][\w.:+-]+)?)\s*"""


def _yaml(text: str, start: int) -> Front | None:
    end = _YAML_END.search(text, start)
    if end is None:
        return None
    raw = text[start : end.start()].removesuffix("\n")
    source = Source("", text)
    tree, findings = parse(source, start, end.start())
    if tree is None and findings and not _STAND_IN.search(text):
        source = Source("", text[:start] + _mended(raw) + text[start + len(raw) :])
        tree, findings = parse(source, start, end.start())
    if not isinstance(tree, Mapping) and raw.strip():
        return None  # a paragraph between two rules, or what nobody can read
    fields: tuple[Field, ...] = ()
    stretches: tuple[tuple[int, int], ...] = ()
    if isinstance(tree, Mapping):
        fields = tuple(_fields(source, tree, ""))
        stretches = tuple(_stretches(source, tree, {item.span.line for item in findings}))
    return Front("YAML", raw, 2, _past(text, end.end()), fields, stretches)


def _past(text: str, end: int) -> int:
    """Behind the line end after a closing fence."""
    return min(end + 1, len(text))


_AROUND = frozenset(("incident", "postmortem", "post_mortem", "report", "outage", "metadata", "params", "extra"))
"""Keys that only stand around those that say something."""


def _fits(value: str) -> bool:
    return bool(value) and "\n" not in value and len(value) <= MAX_VALUE


def _fields(source: Source, node: Node, key: str) -> Iterator[Field]:
    if len(key) > MAX_KEY:
        return
    if isinstance(node, Mapping):
        for entry in node.entries:
            inside = bool(key) and key not in _AROUND
            yield from _fields(source, entry.value, f"{key}.{entry.key}" if inside else entry.key)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _fields(source, item, key)
    elif (value := _written(source, node)) and _fits(value):
        yield Field(key, value, node.span.line, front=True)


def _written(source: Source, node: Scalar) -> str:
    """A value as the source writes it: a number or a boolean would lose its form."""
    if isinstance(node.value, str):
        return node.value.strip().translate(_BACK)
    if node.value is None:
        return ""
    return source.line(node.span.line)[node.span.column - 1 : node.span.end_column - 1].strip()


def _stretches(source: Source, tree: Mapping, twice: set[int]) -> Iterator[tuple[int, int]]:
    """The lines of each key that holds a value or a list of them, without a comment that would go with it."""
    last = 0
    for entry in tree.entries:
        nodes = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        first, end = entry.key_span.line, max(entry.key_span.line, entry.value.span.end_line)
        if isinstance(entry.value, Scalar) and entry.value.span.end_column == 1 and end > first:
            end -= 1  # a block of text ends where the next line begins
        lines = range(first, end + 1)
        plain = all(isinstance(node, Scalar) for node in nodes) and first > last and not twice.intersection(lines)
        if plain and not any(_COMMENT.search(source.line(number)) for number in lines):
            yield first, end
        last = end


def _mended(raw: str) -> str:
    """The same text, offset for offset, with stand-ins where authors forget the quotes: ``title: Down: again``."""
    return "\n".join(_mended_line(line) for line in raw.split("\n"))


def _mended_line(line: str) -> str:
    start = _VALUE.match(line)
    value = line[start.end() :] if start else ""
    if start is None or value[:1] in tuple("\"'[{|>&*!#"):
        return line
    value = value[:1].translate(_AWAY) + value[1:]
    return start[0] + re.sub(r":(?=[ \t]|$)", _COLON, value)
