"""Fences: blocks of code as other readers of Markdown show them.

The site's reader takes a block for code only if its fences are of one length, its language is one word, nothing in it
stands further left than its fence, and it has an end; else its code is read as Markdown, and what is an element to
HTML is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from afterword.blocks import blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"^(?P<before>[^\w`~\n]{0,80}(?:\d[^`~\n]{0,80})?)(?P<fence>`{3,}|~{3,})(?P<told>.*)$", re.MULTILINE)
_TOLD = re.compile(
    r"[ \t]*(?:\{[ \t]*\.[^{}\n]{0,500}\}|(?:\.?[\w#.+-]{1,100})?"
    r"(?:[ \t]{1,20}(?:title=\"[^\"\n]{0,500}\"|linenums=\"\d{1,6}\"|hl_lines=\"\d{1,6}(?:[ -]\d{1,6}){0,100}\"))"
    r"{0,3})[ \t]*"
)
"""What the site's reader understands behind a fence."""
_LANGUAGE = re.compile(r"[ \t{]*\.?([a-z][\w#+-]{0,30})(?=[ \t{},=]|:\S|\Z)")
_LONGEST = 300
_MARK = re.compile(r"[^ >]")
_NOTHING = "<!-- -->"


def regular(text: str, *, titled: bool = True) -> str:
    """The text with its blocks of code as the site's reader knows them. Linear.

    ``titled``: that knows titles of blocks.
    """
    if ("```" not in text and "~~~" not in text) or _is_regular(text):
        return text
    lines = text.split("\n")
    made: list[str] = []
    at = 0
    for token in blocks(text)[0]:
        if token.type == "fence" and token.map:
            first, last = token.map
            made += [*lines[at:first], *_rewritten(token, lines[first], titled=titled)]
            at = last
    return "\n".join([*made, *lines[at:]])


def _is_regular(text: str) -> bool:
    """Whether all blocks of code plainly are as they should be, as nearly all pages have them."""
    opened = ""
    for found in _LINE.finditer(text):
        fence, told = found["fence"], found["told"]
        if opened and fence[0] != opened[0]:
            continue
        if found["before"] or (opened and fence != opened) or not _TOLD.fullmatch(told) or (opened and told.strip()):
            return False
        opened = "" if opened else fence
    return not opened


def _plain(info: str, *, titled: bool) -> str:
    """What stands behind a fence as the site's reader knows it: a language, and the rest as the title of the block."""
    found = _LANGUAGE.match(info)
    rest = info[found.end() if found else 0 :].lstrip(" \t{}:,").rstrip(" \t{}")[:_LONGEST]
    title = rest.replace('"', "'") if titled and any(sign.isalnum() for sign in rest) else ""
    return f"{found[1] if found else ''}" + (f' title="{title}"' if title else "")


def _rewritten(token: Token, opening: str, *, titled: bool) -> Iterator[str]:
    """The lines of a block. ``opening``: the first of them as it is written."""
    at = opening.index(token.markup[0])
    before = opening[:at]
    told = token.info if _TOLD.fullmatch(token.info) else _plain(token.info, titled=titled)
    inner = _MARK.sub(" ", before.expandtabs(4))
    if inner != before.expandtabs(4):  # behind the mark of a list it would be none
        yield from (f"{before}{_NOTHING}", inner.rstrip())
    yield f"{inner}{token.markup}{told}"
    content = token.content.split("\n")
    for line in content if content[-1] else content[:-1]:
        yield f"{inner}{line}" if line else inner.rstrip()
    yield f"{inner}{token.markup}"
