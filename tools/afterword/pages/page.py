"""Page: one page of the site as the engine makes it, without knowing who puts it into a theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_HEADING = re.compile(r"<h([2-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_ANCHOR = re.compile(r'<a\b[^>]*class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_HIDDEN = re.compile(r"<svg\b.*?</svg>|<sup\b[^>]*>.*?</sup>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents. ``id`` and ``title`` are escaped for HTML."""

    level: int
    id: str
    title: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page. ``uri`` ends in ``.md``; ``html`` starts with its level-1 heading.

    ``search`` is what the search finds it by; without it the page is not in the index.
    ``wide`` pages hold a table that wants the room of the table of contents.
    """

    uri: str
    title: str
    html: str
    description: str = ""
    search: str = ""
    wide: bool = False
    toc: tuple[Heading, ...] = field(default=())


def page(uri: str, title: str, html: str, *, description: str = "", search: str = "", wide: bool = False) -> Page:
    """A page whose table of contents is read from its headings."""
    return Page(uri, title, html, description, search, wide, contents(html))


def plain(html: str) -> str:
    """The text of a piece of HTML, on one line, still escaped."""
    return " ".join(_TAG.sub("", _HIDDEN.sub("", _ANCHOR.sub("", html))).split())


def text_of(html: str) -> str:
    """The text of a piece of HTML, unescaped: what the author wrote."""
    return unescape(plain(html))


def contents(html: str, depth: int = 3) -> tuple[Heading, ...]:
    """The headings with an id, from level 2 to ``depth``, nested. Reads clean HTML, so its entries are clean."""
    flat = [
        (int(found[1]), name[1], title)
        for found in _HEADING.finditer(html)
        if int(found[1]) <= depth and (name := _ID.search(found[2])) and (title := plain(found[3]))
    ]
    return tuple(_nest(flat))


def _nest(flat: list[tuple[int, str, str]]) -> Iterator[Heading]:
    at = 0
    while at < len(flat):
        level, name, title = flat[at]
        end = at + 1
        while end < len(flat) and flat[end][0] > level:
            end += 1
        yield Heading(level, name, title, tuple(_nest(flat[at + 1 : end])))
        at = end
