r"""What a fix is: edits of a file's text, and what the file says afterwards. It is read again to see whether it does.

Texts have ``\n`` at the end of lines while they are mended; the file's own endings are put back when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any, TypeAlias

from afterword import document, resources
from afterword.document import Document
from afterword.findings import Span
from afterword.marks import Path
from afterword.source import Source
from afterword.timeline import points
from afterword.timing import Moment, parse_moment
from afterword.yamltree import Entry, Mapping, Node, Plain, Sequence, plain


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A piece of the text, by offsets, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a file says, without positions. What may stand in a table that is sorted is sorted here.

    ``moments`` are the times of the timeline's rows. In a claim they, or ``words``, are ``None`` where they follow from
    what is mended.
    """

    front: Plain
    headings: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[str, str, str], ...]
    moments: tuple[str, ...] | None
    zone: str | None
    words: int | None
    links: tuple[tuple[str, bool], ...]
    stated: tuple[tuple[str, float], ...]
    suppressions: tuple[tuple[str, str], ...]
    leftovers: tuple[str, ...]


Claim: TypeAlias = "Callable[[Facts], Facts]"
"""What a file says after a fix, given what it said before."""


def holds(claimed: Facts, found: Facts) -> bool:
    """Whether a file says what was claimed."""
    if claimed.moments is None:
        found = replace(found, moments=None)
    return claimed == (replace(found, words=None) if claimed.words is None else found)


def unchanged(facts: Facts) -> Facts:
    """The claim of a fix that changes how something is written, and nothing that is said."""
    return facts


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to mend: the edits, what they are in a word or two (``order of keys``), and what they change.

    ``count``: how many things are mended by it.
    """

    edits: tuple[Edit, ...]
    what: str
    claim: Claim = unchanged
    count: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A file whose front matter can be read. ``start`` and ``end`` are the offsets of its YAML.

    ``moments`` are the times of the timeline's rows; ``movable``: all lines have the same ending; ``anchors``: those
    of its headings that other files link to.
    """

    source: Source
    parsed: Document
    front: Mapping
    start: int
    end: int
    moments: tuple[Moment | None, ...]
    facts: Facts
    movable: bool
    anchors: frozenset[str]
    lines: tuple[str, ...] = field(repr=False)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self.source.starts[line - 1] + column - 1

    def text(self, span: Span) -> str:
        """What stands in a span."""
        return self.source.text[self.offset(span.line, span.column) : self.offset(span.end_line, span.end_column)]

    def edit(self, span: Span, text: str) -> Edit:
        """Another text in the place of a span."""
        return Edit(self.offset(span.line, span.column), self.offset(span.end_line, span.end_column), text)

    def is_flow(self, node: Node) -> bool:
        """Whether a mapping or list is written with brackets."""
        return self.lines[node.span.line - 1][node.span.column - 1 :].startswith(("{", "["))

    def last_line(self, entry: Entry) -> int | None:
        """The line in which the value of a key ends; ``None`` for a list that ends with nothing, which has no place."""
        return self._last_line(entry.value, entry.key_span.end_line)

    def _last_line(self, node: Node, key_line: int | None) -> int | None:
        span = node.span
        if is_empty(span):
            return key_line
        if isinstance(node, Mapping | Sequence) and not self.is_flow(node):
            if isinstance(node, Mapping):
                return self.last_line(node.entries[-1])
            return self._last_line(node.items[-1], None)
        return span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line


@dataclass(frozen=True, slots=True)
class Fix:
    """One kind of mending. ``codes`` are the rules whose findings it ends; none for mere formatting."""

    name: str
    summary: str
    codes: tuple[str, ...]
    propose: Callable[[Page], Iterable[Proposal]]


def read(path: str, text: str, *, movable: bool, anchors: frozenset[str] = frozenset()) -> Page | None:
    """The page of a text; ``None`` when its front matter cannot be read without a doubt."""
    source = Source(path, text)
    parsed = document.parse(source)
    edges = document.HANDLER.edges(text)
    if parsed.front is None or parsed.findings or edges is None or not parsed.front.entries:
        return None
    front = plain(parsed.front)
    moments = _moments(parsed, front)
    facts = _facts(parsed, front, moments)
    lines = tuple(text.split("\n"))
    return Page(source, parsed, parsed.front, edges[0], edges[1], moments, facts, movable, anchors, lines)


def _moments(parsed: Document, front: Plain) -> tuple[Moment | None, ...]:
    given = front.get("started") if isinstance(front, dict) else None
    started = parse_moment(given) if isinstance(given, str) else None
    body = parsed.body
    return tuple(point.moment for point in points((row.time for row in body.rows), body.zone, started))


def _facts(parsed: Document, front: Plain, moments: Iterable[Moment | None]) -> Facts:
    body = parsed.body
    return Facts(
        front=front,
        headings=tuple((section.heading, section.part) for section in body.sections),
        rows=tuple((row.time, row.event, row.action) for row in body.rows),
        moments=tuple(map(_instant, moments)),
        zone=body.zone,
        words=body.words,
        links=tuple(sorted((link.target, link.image) for link in body.links)),
        stated=tuple(sorted((item.measure, item.seconds) for item in body.stated)),
        suppressions=tuple(sorted((item.code, item.reason) for item in body.suppressions)),
        leftovers=tuple(sorted(item.text for item in body.leftovers)),
    )


def _instant(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return moment.at.astimezone(UTC).isoformat() if moment.at else moment.day.isoformat()


Schema: TypeAlias = "dict[str, Any]"


def mappings(page: Page) -> Iterator[tuple[Path, Mapping, Schema]]:
    """Each mapping of the front matter whose keys the schema knows, with its path; those around others first."""
    yield from _mappings((), page.front, resources.schema("postmortem"))


def _mappings(path: Path, node: Node, schema: Schema) -> Iterator[tuple[Path, Mapping, Schema]]:
    if isinstance(node, Sequence) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(node.items):
            yield from _mappings((*path, number), item, schema["items"])
    elif isinstance(node, Mapping) and "properties" in schema:
        yield path, node, schema
        for entry in node.entries:
            yield from _mappings((*path, entry.key), entry.value, schema["properties"].get(entry.key, {}))


def is_empty(span: Span) -> bool:
    """Whether a value is not written at all; its place then says nothing."""
    return (span.line, span.column) == (span.end_line, span.end_column)
