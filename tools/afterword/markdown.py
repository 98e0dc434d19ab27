"""Markdown: the facts of a postmortem's body, with their lines. Block level only; links cost a second look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterword import phrases
from afterword.blocks import blocks, leaves_out_too_much
from afterword.findings import START, Span
from afterword.hyperlinks import Link, definitions, links
from afterword.parts import part_of
from afterword.prose import Passage, Shape
from afterword.source import Excerpt, Source

if TYPE_CHECKING:
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


_TIME_COLUMN = re.compile(r"\b(?:time|date|when|hora|horário|data|thời gian|giờ|ngày|UTC|GMT)\b", re.IGNORECASE)


def parse_body(source: Source, start: int) -> tuple[Body, tuple[Passage, ...], bool]:
    """The facts and the passages of the body that begins at offset ``start``. Never raises on any text.

    Last: whether tables were left unread.
    """
    text = source.text[start:]
    first = source.position(start)[0]
    tokens, env = blocks(text)
    reader = _Reader(source, first, tokens)
    reader.links.extend(definitions(source, first, env))
    return reader.read(), tuple(reader.passages), leaves_out_too_much(env)


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
        self._row: list[tuple[str, Excerpt]] = []
        self.passages: list[Passage] = []
        self._quotes = 0
        self._items = 0

    def read(self) -> Body:
        previous = ""
        for index, token in enumerate(self.tokens):
            if token.type == "inline":
                self._inline(token, previous)
            elif token.type in ("fence", "code_block"):
                self._count(token.content)
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "tr_open":
                self._row = []
            elif token.type in ("blockquote_open", "blockquote_close"):
                self._quotes += token.nesting
            elif token.type in ("list_item_open", "list_item_close"):
                self._items += token.nesting
            elif token.type == "tr_close" and len(self._row) == 2:
                self._labelled(*self._row)
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
        if previous == "h2" and token.level == 1:  # one in a quote or a list is no part
            self._close()
            span = self.source.line_span(self._line(token))
            self._open = (token.content, part_of(token.content), span)
            self._section_words = 0
            self.passages.append(
                Passage(self._part, "heading", token.content, Excerpt(self.source, span.line, token.content))
            )
            if self._part == "timeline" and not self.rows:
                self.timeline_span = span
                self.zone = phrases.zone_in(token.content)
            return
        if not previous.startswith("h"):
            if previous != "th_open":  # the head of a table without rows says nothing
                self._count(phrases.without_comments(token.content))
            if self._part == "timeline" and self.zone is None and not self.rows:
                self.zone = phrases.zone_in(token.content)
        place = self._place(token, cell=previous in ("th_open", "td_open"))
        self.passages.append(Passage(self._part, self._shape(previous), token.content, place))
        self._search(token.content, place)

    def _shape(self, previous: str) -> Shape:
        if self._quotes:
            return "quote"
        if previous in ("th_open", "td_open"):
            return "cell"
        if previous.startswith("h"):
            return "heading"
        return "item" if self._items else "paragraph"

    def _place(self, token: Token, *, cell: bool) -> Excerpt:
        if not cell:
            first = self._line(token)
            while not self.source.line(first).strip() and first < self.first + (token.map or [0, 0])[1]:
                first += 1  # a line of blanks that only Unicode knows begins a paragraph, and is not in its text
            return Excerpt(self.source, first, token.content)
        after = self._row[-1][1].end if self._row else 0
        place = Excerpt(self.source, self._line(token), token.content, after)
        self._row.append((token.content, place))
        return place

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
            self._suppress(token.content, Excerpt(self.source, self._line(token), token.content))
        self._count(re.sub(r"<[^<>]*>", " ", phrases.without_comments(token.content)))

    def _search(self, text: str, place: Excerpt) -> None:
        if "afterword:" in text:
            self._suppress(text, place)
        if ("](" in text or "<http" in text) and len(text) <= MAX_INLINE:
            self.links.extend(links(text, place))
        prose = phrases.without_code(text[:MAX_INLINE])
        for start, end in phrases.leftovers(prose):
            self.leftovers.append(Leftover(prose[start:end], place.span(start, end)))
        if ":" in prose or "=" in prose or "|" in prose:
            shown = phrases.blank_comments(prose) if "<!--" in prose else prose
            for start, end, measure, seconds in phrases.durations(shown):
                self.stated.append(Stated(measure, prose[start:end], seconds, place.span(start, end)))

    def _labelled(self, label: tuple[str, Excerpt], value: tuple[str, Excerpt]) -> None:
        """A row of two cells, a label and a duration. In wider tables targets stand beside what was reached."""
        before = f"{label[0][:200].strip(' :*_')}|"
        text = value[0][:200]
        for start, end, measure, seconds in phrases.durations(before + text):
            at, stop = start - len(before), end - len(before)
            if at >= 0:
                self.stated.append(Stated(measure, text[at:stop], seconds, value[1].span(at, stop)))

    def _suppress(self, text: str, place: Excerpt) -> None:
        for start, end, code, reason in phrases.suppressions(text):
            self.suppressions.append(Suppression(code, reason, place.span(start, end)))

    def _timeline(self, index: int) -> None:
        """The rows of the table that opens at ``index``: the column of the time, then event, then action."""
        cells: list[str] = []
        line, header, first, last = 0, False, 0, 1
        for at in range(index, len(self.tokens)):
            token = self.tokens[at]
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells, line = [], self._line(token)
            elif token.type in ("thead_open", "thead_close"):
                header = token.type == "thead_open"
            elif token.type == "inline":
                cells.append(token.content)
            elif token.type == "tr_close" and header:
                first, last = _time_columns(cells)
                self.zone = phrases.zone_in(" ".join(cells[first:last])) or self.zone
                self.timeline_span = self.source.line_span(line)
            elif token.type == "tr_close" and any(cells):
                time = " ".join(filter(None, cells[first:last]))
                event, action, *_ = [*cells[last:], *cells[:first], "", ""]
                self.rows.append(Row(time, event, action, self.source.line_span(line)))


def _time_columns(heads: Sequence[str]) -> tuple[int, int]:
    """The columns, from and up to, that hold the time: those with such a head, side by side; else the first."""
    first = next((at for at, head in enumerate(heads) if _TIME_COLUMN.search(head[:200])), None)
    if first is None:
        return 0, 1
    last = first + 1
    while last < len(heads) and _TIME_COLUMN.search(heads[last][:200]):
        last += 1
    return first, last
