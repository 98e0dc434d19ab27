"""Body: the converted text of a postmortem, cut at its level-2 headings, so that what we draw stands in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from afterword.pages.page import plain, text_of
from afterword.parts import part_of

_HEADING = re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.DOTALL)
_ID = re.compile(r'<h2\b[^>]*\sid="([^"]+)"')
_EDGE = re.compile(
    r"<(?:(?P<h2>h2\b)|(?P<end>/?)(?:article|aside|blockquote|center|dd|details|div|dl|figure|footer|header|hgroup|"
    r"label|li|main|nav|ol|section|table|ul)\b)"
)
_LONG = 400
"""Text this long under a table that we draw goes into a fold."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A level-2 heading and what follows. ``part`` is ``None`` for headings of the author's own and the beginning."""

    part: str | None
    heading: str
    text: str

    @property
    def html(self) -> str:
        """Both, as they stood."""
        return self.heading + self.text

    @property
    def id(self) -> str | None:
        """The heading's anchor, escaped."""
        found = _ID.match(self.heading)
        return found[1] if found else None

    @property
    def is_long(self) -> bool:
        """Whether it holds more than a remark."""
        return "<table" in self.text or "<li" in self.text or len(plain(self.text)) > _LONG


def pieces(html: str) -> tuple[Piece, ...]:
    """The pieces of clean HTML, in order; together they are the whole."""
    edges = [0, *_starts(html), len(html)]
    chunks = [html[start:end] for start, end in pairwise(edges)]
    found = [Piece(None, "", chunks[0])] if chunks[0].strip() else []
    for chunk in chunks[1:]:
        heading = _HEADING.match(chunk)
        if heading is None:
            found.append(Piece(None, "", chunk))
        else:
            found.append(Piece(part_of(text_of(heading[1])), heading[0], chunk[heading.end() :]))
    return tuple(found)


def _starts(html: str) -> list[int]:
    """Where headings begin that stand in nothing else: a cut elsewhere would leave elements open."""
    depth, starts = 0, []
    for found in _EDGE.finditer(html):
        if not found["h2"]:
            depth += -1 if found["end"] else 1
        elif depth == 0:
            starts.append(found.start())
    return starts
