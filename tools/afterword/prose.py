"""Prose: the sentences of a postmortem, with what is not prose blanked out. Linear in the length of any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from afterword import phrases
from afterword.findings import Span
from afterword.marks import Marks
from afterword.source import Excerpt, Source

Shape = Literal["paragraph", "item", "cell", "heading", "quote", "front"]
"""A paragraph, the text of a list item, a table's cell, a heading, text in a block quote, a value of front matter."""

_FRONT = ("title", "summary")
_NESTED = {"drill": ("hypothesis", "fault", "outcome"), "impact": ("business",)}
_ITEMS = {"actions": ("title", "details", "reason"), "updates": ("note",)}

# A sign without which a pattern cannot match, and the pattern: most text has none of them. In this order: a quotation
# mark inside code quotes nothing. Each repetition is bounded or ends at its own sign.
_NOT_PROSE = (
    ("<", re.compile(r"</?[A-Za-z][^<>]{0,500}>")),
    ("[", re.compile(r"!?\[[^\[\]]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]]{0,200}\])")),
    ("://", re.compile(r"\b(?:https?|ftp)://[^\s<>]+")),
    ("mailto:", re.compile(r"\bmailto:[^\s<>]+")),
    ("www.", re.compile(r"\bwww\.[^\s<>]+")),
    ("“", re.compile(r"“[^“”]{0,500}”")),
    ("„", re.compile(r"„[^„“”]{0,500}[“”]")),
    ("«", re.compile(r"«[^«»]{0,500}»")),
    ('"', re.compile(r"\"[^\"]{1,500}\"")),
    ("\u2018", re.compile(r"(?<!\w)\u2018[^\u2018\u2019]{1,200}\u2019(?!\w)")),
    ("'", re.compile(r"(?<![\w'])'[^'\n]{1,200}'(?![\w'])")),
)


@dataclass(frozen=True)
class Passage:
    """A stretch of text of one shape. ``part`` is the key of the part that it stands in, ``None`` outside of any.

    ``where`` is the place of the text: a span when it is a value of front matter.
    """

    part: str | None
    kind: Shape
    text: str
    where: Excerpt | Span

    @cached_property
    def prose(self) -> str:
        """The text, blanks in the place of code, quotations, links, addresses, comments and HTML; offsets stay."""
        return blanked(self.text)

    def span(self, start: int, end: int) -> Span:
        """The place in the file of a stretch of the text. In front matter that spans lines, the whole value."""
        if isinstance(self.where, Excerpt):
            return self.where.span(start, end)
        where = self.where
        if where.line != where.end_line or where.end_column - where.column != len(self.text):
            return where
        return Span(where.line, where.column + start, where.line, where.column + end)


def blanked(text: str) -> str:
    """The text with blanks for all that is not prose. Line ends stay."""
    left = phrases.without_code(text) if "`" in text else text
    if "<!--" in left:
        left = phrases.blank_comments(left)
    for sign, pattern in _NOT_PROSE:
        if sign in left:
            left = pattern.sub(_blank, left)
    return left


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if sign == "\n" else " " for sign in found[0]) if "\n" in found[0] else " " * len(found[0])


def of_front(source: Source, values: Mapping[str, Any], marks: Marks) -> Iterator[Passage]:
    """The sentences of a front matter: title, summary, actions and what else people write there."""
    for path, text in _sentences(values):
        span = marks.get(path)
        if span and isinstance(text, str) and text:
            yield Passage(None, "front", text, _exact(source, span, text))


def _sentences(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((key, values.get(key)) for key in _FRONT)
    for outer, keys in _NESTED.items():
        inner = values.get(outer) or {}
        yield from ((f"{outer}/{key}", inner.get(key)) for key in keys)
    for outer, keys in _ITEMS.items():
        for at, item in enumerate(values.get(outer) or ()):
            yield from ((f"{outer}/{at}/{key}", item.get(key)) for key in keys)


def _exact(source: Source, span: Span, text: str) -> Span:
    """Without the quotes around a value, where it is written as it is read."""
    if span.line != span.end_line:
        return span
    at = source.line(span.line)[span.column - 1 : span.end_column - 1].find(text)
    return span if at < 0 else Span(span.line, span.column + at, span.line, span.column + at + len(text))
