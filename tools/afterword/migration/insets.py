"""Insets: what stands four columns in below an admonition, a tab or a footnote, which the site reads as their text.

The standard takes it for code, and so does whoever reads the page by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

_OPENS = re.compile(r" {0,3}(?:(?:!!!|\?\?\?\+?)[ \t]?[\w\"]|===[!+]{0,2} {1,9}\"|\[\^[^\]\s]{1,100}\]:)")
_SET_IN = re.compile(r"(?: {4}|\t)(?! {4}|\t)")
_BELOW = re.compile(r"(?: {4}|\t)|[ \t]*\Z")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def opens(text: str) -> bool:
    """Whether a text holds anything that could have such a part."""
    return any(sign in text for sign in ("!!!", "???", "===", "[^"))


def inset(lines: Sequence[str], code: Iterable[tuple[int, int]]) -> Collection[int]:
    """The lines of blocks of code that the site reads as text. Linear.

    ``code``: first and last line, from 0, without the last, of each block in order that was told by its columns alone.
    """
    found: set[int] = set()
    at, inside = 0, False
    for first, last in code:
        for line in lines[at:first]:
            inside = bool(_OPENS.match(line)) or (inside and bool(_BELOW.match(line)))
        at = last
        if inside:
            found.update(_said(lines, first, last))
    return found


def _said(lines: Sequence[str], first: int, last: int) -> Iterable[int]:
    """The lines of a block that are no code within the text."""
    fence = ""
    for number in range(first, last):
        mark = _FENCE.match(lines[number])
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        elif not fence and _SET_IN.match(lines[number]):
            yield number
