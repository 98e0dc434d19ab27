"""Markdown: the facts of a postmortem's body, with their lines. Block level only; links cost a second look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from afterword.findings import START, Span
from afterword.parts import part_of
from afterword.source import Source
from afterword.timing import parse_duration

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_INLINE = 20_000
"""Longer paragraphs are not searched for links: inline parsing of hostile text is not linear."""


@dataclass(frozen=True, slots=True)
class Section:
    """A level-2 heading and what follows it. ``part`` is ``None`` for a heading of the author's own."""

    heading: str
    part: str | None
    span: Span
    words: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline's table, as written."""

    time: str
    event: str
    action: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image in the body, as written."""

    target: str
    span: Span
    image: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A labelled duration in the text: ``Time to detect: 4 min``. ``measure`` is ttd, tta, ttm, ttr, or restore.

    By “time to restore” and TTR some mean until users recovered, and others until it was over.
    """

    measure: str
    text: str
    seconds: float
    span: Span


@dataclass(frozen=True, slots=True)
class Suppression:
    """``<!-- afterword: ignore AW302 reason -->``. An empty code or reason is itself a finding."""

    code: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something of the template that was not replaced."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Body:
    """The facts of a body. ``zone`` is what the timeline says of its zone, or ``None``."""

    sections: tuple[Section, ...] = ()
    rows: tuple[Row, ...] = ()
    zone: str | None = None
    timeline_span: Span = START
    links: tuple[Link, ...] = ()
    stated: tuple[Stated, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    words: int = 0


@cache
def _parsers() -> tuple[MarkdownIt, MarkdownIt]:
    """For blocks and for links. Imported late: a run from a warm cache parses nothing."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    block = MarkdownIt("commonmark", {"maxNesting": 64}).enable("table").disable(["inline", "text_join"])
    return block, MarkdownIt("commonmark", {"maxNesting": 16})


_SUPPRESS = re.compile(r"<!--\s*afterword:\s*ignore\b[ \t]*([A-Za-z0-9-]*)[ \t]*([^>\n]*?)\s*-->")
_LEFTOVER = re.compile(
    # “a TODO in the code” is prose: one that was left stands first in its sentence, cell or bracket
    r"(?<![^\W_] )\b(?:TODO|FIXME)\b|\b(?:TODO|FIXME)(?=:)|"
    r"\b(?:TBD|YYYY-MM-DD|[Hh]{2}:(?:MM|mm)|Lorem ipsum)\b|\{\{[^{}\n]{0,80}\}\}|_Not written yet\._"
)
_CODE = re.compile(r"(`+)(?!`).{0,500}?(?<!`)\1(?!`)")
_ZONE = re.compile(
    r"\b(?:(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[A-Z][a-z]+/[A-Z][A-Za-z_]+|"
    r"PST|PDT|MST|MDT|CST|CDT|EST|EDT|CET|CEST|WET|WEST|BST|EET|EEST|JST|ICT|BRT|AEST|AEDT|PT|ET)\b"
)
_LABELS: tuple[tuple[str, str], ...] = (
    (r"time to detect(?:ion)?|ttd|tempo (?:de|até a?) detec[cç][aã]o|thời gian phát hiện", "ttd"),
    (r"time to acknowledge(?:ment)?|tta", "tta"),
    (
        (
            r"time to mitigat(?:e|ion)|ttm|tempo (?:de|até a?) mitiga[cç][aã]o|"
            r"thời gian giảm thiểu"
        ),
        "ttm",
    ),
    (r"time to (?:restore|recover|recovery)|ttr", "restore"),
    (r"time to (?:resolve|resolution)|tempo (?:de|até a?) resolu[cç][aã]o|thời gian khắc phục", "ttr"),
)
_STATED = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{key}>{pattern})" for pattern, key in _LABELS) + r")"
    r"[ \t]*(?:\([^()\n]{0,30}\))?[*_]{0,2}[ \t]*[:|=][ \t]*[*_]{0,2}[ \t]*(?=\d)",
    re.IGNORECASE,
)


def parse_body(source: Source, start: int) -> Body:
    """The facts of the body that begins at offset ``start``. Never raises on any text."""
    text = source.text[start:]
    first = source.position(start)[0]
    tokens = _parsers()[0].parse(text)
    return _Reader(source, first, tokens).read()


class _Reader:
    """Walks the block tokens once."""

    def __init__(self, source: Source, first: int, tokens: list[Token]) -> None:
        self.source = source
        self.first = first
        self.tokens = tokens
        self.sections: list[Section] = []
        self.links: list[Link] = []
        self.stated: list[Stated] = []
        self.suppressions: list[Suppression] = []
        self.leftovers: list[Leftover] = []
        self.rows: list[Row] = []
        self.zone: str | None = None
        self.timeline_span = START
        self.words = 0
        self._open: tuple[str, str | None, Span] | None = None
        self._section_words = 0

    def read(self) -> Body:
        previous = ""
        for index, token in enumerate(self.tokens):
            if token.type == "inline":
                self._inline(token, previous)
            elif token.type in ("fence", "code_block"):
                self._count(token.content)
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "table_open" and self._part == "timeline" and not self.rows:
                self._timeline(index)
            previous = token.type if token.type != "heading_open" else token.tag
        self._close()
        return Body(
            tuple(self.sections), tuple(self.rows), self.zone, self.timeline_span, tuple(self.links),
            tuple(self.stated), tuple(self.suppressions), tuple(self.leftovers), self.words,
        )  # fmt: skip

    @property
    def _part(self) -> str | None:
        return self._open[1] if self._open else None

    def _line(self, token: Token) -> int:
        return self.first + (token.map[0] if token.map else 0)

    def _inline(self, token: Token, previous: str) -> None:
        if previous == "h2":
            self._close()
            span = self.source.line_span(self._line(token))
            self._open = (token.content, part_of(token.content), span)
            self._section_words = 0
            if self._part == "timeline" and not self.rows:
                self.timeline_span = span
                self.zone = _zone_in(token.content)
            return
        if not previous.startswith("h"):
            if previous != "th_open":  # the head of a table without rows says nothing
                self._count(_without_comments(token.content))
            if self._part == "timeline" and self.zone is None and not self.rows:
                self.zone = _zone_in(token.content)
        self._search(token)

    def _count(self, text: str) -> None:
        words = len(text.split())
        self.words += words
        self._section_words += words

    def _close(self) -> None:
        if self._open:
            heading, part, span = self._open
            self.sections.append(Section(heading, part, span, self._section_words))
        self._open = None

    def _html(self, token: Token) -> None:
        if "afterword:" in token.content:
            self._suppress(token)
        self._count(re.sub(r"<[^<>]*>", " ", _without_comments(token.content)))

    def _search(self, token: Token) -> None:
        text = token.content
        if "afterword:" in text:
            self._suppress(token)
        if "](" in text and len(text) <= MAX_INLINE:
            self.links.extend(self._links(token))
        prose = text[:MAX_INLINE]
        if "`" in prose:
            prose = _CODE.sub(lambda found: " " * len(found[0]), prose)
        for found in _LEFTOVER.finditer(prose):
            self.leftovers.append(Leftover(found[0], self._locate(token, found[0])))
        if ":" in prose or "=" in prose or "|" in prose:
            self._durations(token, prose)

    def _durations(self, token: Token, prose: str) -> None:
        for found in _STATED.finditer(prose):
            duration = parse_duration(prose[found.end() : found.end() + 60])
            if duration is None:
                continue
            text = prose[found.end() : found.end() + duration[1]]
            span = self._locate(token, text, found.group(0).strip()[:8])
            self.stated.append(Stated(str(found.lastgroup), text, duration[0].total_seconds(), span))

    def _suppress(self, token: Token) -> None:
        for found in _SUPPRESS.finditer(token.content):
            self.suppressions.append(Suppression(found[1], found[2].strip(), self._locate(token, found[0])))

    def _links(self, token: Token) -> Iterator[Link]:
        for child in _parsers()[1].parseInline(token.content)[0].children or ():
            target = child.attrGet("href") if child.type == "link_open" else None
            image = child.type == "image"
            if image:
                target = child.attrGet("src")
            if isinstance(target, str):
                yield Link(target, self._locate(token, target), image)

    def _locate(self, token: Token, text: str, after: str = "") -> Span:
        """Where a text stands among the lines of a token; the first of these lines when it is not found."""
        begin, end = token.map or [0, 1]
        for line in range(self.first + begin, self.first + max(end, begin + 1)):
            content = self.source.line(line)
            lead = content.find(after) if after else 0
            at = content.find(text, max(lead, 0)) if lead >= 0 else -1
            if at >= 0:
                return Span(line, at + 1, line, at + 1 + len(text))
        return self.source.line_span(self.first + begin)

    def _timeline(self, index: int) -> None:
        """The rows of the table that opens at ``index``: first column time, then event, then action."""
        cells: list[str] = []
        line, header = 0, False
        for token in self.tokens[index:]:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells, line = [], self._line(token)
            elif token.type == "thead_open":
                header = True
            elif token.type == "thead_close":
                header = False
            elif token.type == "inline":
                cells.append(token.content)
            elif token.type == "tr_close" and header:
                self.zone = self.zone or _zone_in(" ".join(cells[:1]))
                self.timeline_span = self.source.line_span(line)
            elif token.type == "tr_close" and any(cells):
                padded = [*cells, "", "", ""]
                self.rows.append(Row(padded[0], padded[1], padded[2], self.source.line_span(line)))


def _zone_in(text: str) -> str | None:
    found = _ZONE.search(text[:500])
    return found[0] if found else None


def _without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL) if "<!--" in text else text
