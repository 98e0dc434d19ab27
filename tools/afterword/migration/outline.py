"""Outline: the blocks and sections of a page's Markdown, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from afterword import parts
from afterword.blocks import blocks
from afterword.migration.headings import part_of

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "item", "row", "code", "html", "rule"]

_WHOLE: dict[str, Kind] = {"fence": "code", "code_block": "code", "html_block": "html", "hr": "rule"}
_AROUND = frozenset(
    f"{name}_{end}" for name in ("bullet_list", "ordered_list", "list_item", "blockquote") for end in ("open", "close")
)
_TASK = re.compile(r"\[([ xX])\][ \t]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text. ``first`` and ``last``: its lines in the page's text, from 0, without ``last``.

    ``text``: inline Markdown as written: of a heading without its marks, of an item its first paragraph without the
    mark of the list, of a row its cells with `` | `` between. An item's lines are its own and all that is nested in it.
    ``depth``: the level of a heading; of items, and of what stands in one, how many lists are around it; else 0.
    ``section``: its section's place in ``Outline.sections``. ``heads``: the names of a row's columns.
    ``done``: the box of a task, ``None`` without one. ``quoted``: in a block quote.
    """

    kind: Kind
    text: str
    first: int
    last: int
    depth: int
    section: int
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    done: bool | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows up to the next heading of any level. The first has none: what stands before.

    ``part``: the part of a postmortem that it belongs to by its own heading or by those above it, else ``None``.
    ``above``: the places of the headings above it in ``Outline.sections``, the outermost first.
    """

    heading: str
    level: int
    first: int
    last: int
    part: str | None
    above: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outline:
    """All blocks in order, and the sections that they stand in."""

    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text."""
        return tuple(self.text.split("\n"))

    def of(self, part: str) -> Iterator[Block]:
        """The blocks below the headings of a part, those of headings left out."""
        return (item for item in self.blocks if item.kind != "heading" and self.sections[item.section].part == part)


def outline(text: str) -> Outline:
    """The outline of a page's text. Linear; never raises."""
    tokens, _ = blocks(text)
    return _Reader(text, tokens).read()


class _Reader:
    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.found: list[Block] = []
        self.heads: list[tuple[int, str, int, int]] = []
        self._lines = text.split("\n")
        self._items: list[int | None] = []
        """Where the open items stand in ``found``; ``None`` for one that has no text yet."""
        self._starts: list[tuple[int, int]] = []
        self._lists = self._quotes = 0

    def read(self) -> Outline:
        total = self.text.count("\n") + 1
        before = ""
        for index, token in enumerate(self.tokens):
            self._take(index, token, before)
            before = token.type
        return Outline(self.text, tuple(self.found), tuple(self._sections(total)))

    def _take(self, index: int, token: Token, before: str) -> None:
        if token.type in _AROUND:
            self._nest(token)
        elif token.type == "tr_open":
            self._row(index, *(token.map or (0, 0)))
        elif token.type in _WHOLE:
            first, last = token.map or (0, 0)
            self.found.append(
                Block(
                    _WHOLE[token.type],
                    token.content,
                    first,
                    last,
                    self._lists,
                    len(self.heads),
                    quoted=self._quotes > 0,
                )
            )
        elif token.type == "inline" and before == "heading_open":
            self._heading(token, self.tokens[index - 1])
        elif token.type == "inline" and before == "paragraph_open":
            self._paragraph(token, *(token.map or (0, 0)))

    def _nest(self, token: Token) -> None:
        """A list, an item or a quote that begins or ends."""
        if token.type.startswith("blockquote"):
            self._quotes += token.nesting
        elif not token.type.startswith("list_item"):
            self._lists += token.nesting
        elif token.nesting > 0:
            first, last = token.map or (0, 0)
            while last > first + 1 and not self._lines[last - 1].strip(" \t>"):
                last -= 1  # the blank lines behind the last item are not its own
            self._items.append(None)
            self._starts.append((first, last))
        else:
            self._items.pop()
            self._starts.pop()

    def _heading(self, token: Token, opening: Token) -> None:
        level, (first, last) = int(opening.tag[1:]), opening.map or (0, 0)
        if not self._lists and not self._quotes:
            self.heads.append((level, token.content, first, last))
        self.found.append(Block("heading", token.content, first, last, level, len(self.heads), quoted=self._quotes > 0))

    def _paragraph(self, token: Token, first: int, last: int) -> None:
        if self._items and self._items[-1] is None:
            self._items[-1] = len(self.found)
            task = _TASK.match(token.content)
            text = token.content[task.end() :] if task else token.content
            done = task[1] != " " if task else None
            first, last = self._starts[-1]
            self.found.append(
                Block("item", text, first, last, self._lists, len(self.heads), done=done, quoted=self._quotes > 0)
            )
        else:
            self.found.append(
                Block("paragraph", token.content, first, last, self._lists, len(self.heads), quoted=self._quotes > 0)
            )

    def _row(self, index: int, first: int, last: int) -> None:
        cells = []
        at = index + 1
        while self.tokens[at].type != "tr_close":
            if self.tokens[at].type == "inline":
                cells.append(self.tokens[at].content)
            at += 1
        header = self.tokens[index - 1].type == "thead_open"
        previous = self.found[-1] if self.found else None
        heads = tuple(cells) if header or previous is None else previous.heads
        self.found.append(
            Block(
                "row",
                " | ".join(cells),
                first,
                last,
                self._lists,
                len(self.heads),
                tuple(cells),
                heads,
                quoted=self._quotes > 0,
            )
        )

    def _sections(self, total: int) -> Iterator[Section]:
        yield Section("", 0, 0, self.heads[0][2] if self.heads else total, None)
        above: list[tuple[int, int, str | None]] = []
        is_titled = len(self.heads) > 1 and all(level > self.heads[0][0] for level, *_ in self.heads[1:])
        for number, (level, heading, first, _) in enumerate(self.heads, 1):
            while above and above[-1][1] >= level:
                above.pop()
            # a heading above all others is a title: “Impact of the outage on …” is no part, nor is what stands below it
            own = parts.part_of(heading) if number == 1 and is_titled else part_of(heading)
            part = own or next((part for _, _, part in reversed(above) if part), None)
            last = self.heads[number][2] if number < len(self.heads) else total
            yield Section(heading, level, first, last, part, tuple(at for at, _, _ in above))
            above.append((number, level, part))
