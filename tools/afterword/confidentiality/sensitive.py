"""What stands under *Sensitive information* and is more than links: it should not be in the repository at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.parts import part_of
from afterword.phrases import blank_comments

_HEADING = re.compile(r"^#{1,2}[ \t]+(\S[^\n]{0,199})$", re.MULTILINE)
_POINTER = re.compile(r"\]\(|\]\[|https?://|(?<![\w.])@\w")
_ITEM = re.compile(r"(?<![ \t])[ \t]*(?:[-*+|]|[0-9]{1,3}[.)])(?:[ \t]|\Z)")
_VALUE = re.compile(r"[:=|]\s*\S|[0-9]{3}|@[\w-]+\.\w")
_FEW = 16
"""A sentence of so many words may say that there is nothing, or where it is kept and whom to ask."""


def found(text: str, low: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs and lists of more than links stand."""
    if "sens" not in low and "confiden" not in low and "nhạy cảm" not in low:
        return
    headings = list(_HEADING.finditer(text))
    for number, heading in enumerate(headings):
        if part_of(heading[1].rstrip("# ")) == "sensitive":
            end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
            yield from _blocks(text, heading.end(), end)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs, items and rows that hold more than links; comments are the template's and do not show."""
    piece = blank_comments(text[start:end])
    first = last = None
    at = 0
    for line in piece.split("\n"):
        if first is not None and last is not None and (not line.strip() or _ITEM.match(line)):
            if _is_more(piece[first:last]):
                yield start + first, start + last
            first = None
        if line.strip():
            first = at + len(line) - len(line.lstrip()) if first is None else first
            last = at + len(line.rstrip())
        at += len(line) + 1
    if first is not None and last is not None and _is_more(piece[first:last]):
        yield start + first, start + last


def _is_more(block: str) -> bool:
    """Whether a block says something without a link or a person to ask: at length, or a value."""
    if _POINTER.search(block):
        return False
    said = _ITEM.sub("", block, count=1)
    return len(said.split()) > _FEW or bool(_VALUE.search(said))
