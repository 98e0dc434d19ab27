"""Lists: nested ones and those right below a paragraph as other readers of Markdown show them.

Python-Markdown wants four columns for each level and a blank line in front; hosts of repositories and editors are
content with as many columns as the mark above takes, and with no blank line. What a reviewer sees there as a list has
to be one on the site, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown.blockprocessors import OListProcessor

from afterword.blocks import blocks

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown_it.token import Token

LEVEL = 4
"""The columns of one level of Python-Markdown."""
_ANY = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_MARK = re.compile(r"(?P<mark>[-*+]|\d{1,9}[.)])(?:(?P<gap>[ \t]{1,4})(?=[^ \t])|[ \t]*\Z)")
_NOTHING = "<!-- -->"
"""Between an ordered list and one that is not, which would become one; and for the text of an item without any."""
_RANK = 40
"""Of ordered lists among what Python-Markdown looks for."""
_OPENING = frozenset(("bullet_list_open", "ordered_list_open", "table_open", "blockquote_open"))


@dataclass(frozen=True, slots=True)
class _Item:
    """One item. ``first`` and ``last``: its lines, from 0, without ``last``. ``depth`` from 1.

    ``content``: the column at which its text begins, ``text`` what stands there. ``mark`` as written.
    """

    first: int
    last: int
    depth: int
    content: int
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class _List:
    """One list at the first level with all its items. ``opens``: the first lines of lists, tables and quotes in it."""

    first: int
    last: int
    ordered: bool
    items: tuple[_Item, ...]
    opens: frozenset[int]


class _Numbered(OListProcessor):
    """Ordered lists that begin with the number that is written."""

    LAZY_OL = False


def regular(text: str) -> str:
    """The text with its lists as Python-Markdown reads them. What stands in quotes stays. Linear."""
    if not _ANY.search(text):
        return text
    lines = text.split("\n")
    made: list[str] = []
    at, before = 0, None
    for found in _lists(blocks(text)[0], lines):
        between = lines[at : found.first]
        if made and made[-1].strip() and between and between[0].strip():
            made.append("")
        made += between
        if made and made[-1].strip():
            made.append("")
        if before is not None and before != found.ordered and not any(line.strip() for line in between):
            made += [_NOTHING, ""]
        made += _rewritten(found, lines)
        at, before = found.last, found.ordered
    if made and at < len(lines) and made[-1].strip() and lines[at].strip():
        made.append("")
    return "\n".join([*made, *lines[at:]])


def keep_numbers(converter: Markdown) -> None:
    """Lets a list that goes on below a paragraph go on with its numbers."""
    converter.parser.blockprocessors.register(_Numbered(converter.parser), "olist", _RANK)


def _lists(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[_List]:
    """The lists at the first level, those of whose items the beginning can be read."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level or not token.type.endswith(("_list_open", "_list_close")):
            continue
        if token.type.endswith("_open"):
            start = index
            continue
        opened, inside = tokens[start], tokens[start + 1 : index]
        items = _items(inside, lines)
        if opened.map and items:
            first, last = opened.map
            while not lines[last - 1].strip():
                last -= 1
            opens = frozenset(one.map[0] for one in inside if one.map and one.type in _OPENING)
            yield _List(first, last, opened.type.startswith("ordered"), items, opens)


def _items(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[_Item, ...]:
    """The items of a list in order; none when one of them begins with code. Of two on one line the second is text."""
    found: list[_Item] = []
    around: list[_Item] = []
    quotes = 0
    for token in tokens:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if quotes or not token.type.startswith("list_item"):
            continue
        if token.type == "list_item_close":
            around.pop()
            continue
        first, last = token.map or (0, 0)
        indent, rest = _indented(lines[first])
        mark = _MARK.match(rest)
        if mark is None:
            return ()
        content = indent + len(mark["mark"]) + len(mark["gap"] or " ")
        item = _Item(first, last, len(around) + 1, content, mark["mark"], rest[mark.end() :])
        if not around or around[-1].first != first:
            found.append(item)
        around.append(item)
    return tuple(found)


def _indented(line: str) -> tuple[int, str]:
    """The columns of blanks in front of a line, and the rest."""
    rest = line.lstrip(" \t")
    return len(line[: len(line) - len(rest)].expandtabs(LEVEL)), rest


def _rewritten(found: _List, lines: Sequence[str]) -> Iterator[str]:
    """The lines of a list, each at the column of its level."""
    owners: dict[int, _Item] = {line: item for item in found.items for line in range(item.first, item.last)}
    shifts = _shifts(found, owners, lines)
    is_text = False  # whether the line above belongs to the first paragraph of its item
    for number in range(found.first, found.last):
        item = owners.get(number)
        indent, rest = _indented(lines[number])
        if item is None or not rest:
            is_text = False
            yield lines[number]
            continue
        opens, begins = number in found.opens, number == item.first
        if number > found.first and lines[number - 1].strip():
            nested = begins and opens and owners[number - 1].first == number - 1
            if (opens and not nested) or (begins and not is_text):
                yield ""
        is_text = begins or (is_text and not opens)
        yield _moved(item, rest, indent, shifts[item.first], begins=begins)


def _moved(item: _Item, rest: str, indent: int, shift: int, *, begins: bool) -> str:
    """A line of an item at its column. ``rest``: without the blanks in front, of which there are ``indent``."""
    if begins:
        gap = rest[len(item.mark) : len(rest) - len(item.text)].rstrip("\n") or " "
        return f"{' ' * (LEVEL * (item.depth - 1))}{item.mark.replace(')', '.')}{gap}{item.text or _NOTHING}"
    if indent < item.content:  # goes on with a paragraph
        return f"{' ' * (LEVEL * item.depth)}{rest}"
    return f"{' ' * (indent + shift)}{rest}"


def _shifts(found: _List, owners: dict[int, _Item], lines: Sequence[str]) -> dict[int, int]:
    """How far the lines of each item but its first move, by that: not at all where all stand far enough."""
    least: dict[int, int] = {}
    for number in range(found.first, found.last):
        item = owners.get(number)
        indent, rest = _indented(lines[number])
        if item and rest and number != item.first and indent >= item.content:
            least[item.first] = min(indent, least.get(item.first, indent))
    return {
        item.first: 0 if least.get(item.first, 0) >= LEVEL * item.depth else LEVEL * item.depth - item.content
        for item in found.items
    }
