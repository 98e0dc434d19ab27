"""Markup: HTML and Confluence's storage format as a tree with lines.

Not the standard library's reader: what it makes of CDATA and of ``<ri:page/>`` differs between versions, and some of
them take minutes for hostile text. Each character is looked at a bounded number of times here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from afterword.entities import unescape
from afterword.migration.forms.tags import BLOCKS, CELLS, ENDS, HEADINGS, INLINE, RAW, TABLE, VOID

MAX_DEPTH = 60
"""Elements in elements; deeper ones become siblings, so that whoever walks the tree may call itself."""


@dataclass(slots=True)
class Text:
    """Characters with their signs. ``line``: the source's, from 1, of the first one. ``comment``: not shown."""

    text: str
    line: int
    comment: bool = False


@dataclass(slots=True)
class Element:
    """An element, its name in small letters, with what stands in it. ``block``: see ``is_block``, once it was asked."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    block: bool | None = None

    def get(self, name: str) -> str:
        """An attribute's value; empty without one."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        """The words of its class."""
        return self.get("class").split()


Node: TypeAlias = "Element | Text"

_NAME = r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
_STRICT = re.compile(_NAME + r"(?P<rest>(?:=\s*(?:\"[^\"]*\"|'[^']*')|[^>])*+)>")
_LAX = re.compile(_NAME + r"(?P<rest>[^>]*+)>")
_UNQUOTED = re.compile(r"[^\"'=]*=[^\"']*\Z")
_START = re.compile(r"</?[A-Za-z]")
_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")


def elements(node: Element, tag: str) -> Iterator[Element]:
    """The children of an element that are of one tag."""
    return (child for child in node.children if isinstance(child, Element) and child.tag == tag)


def text_of(node: Node) -> str:
    """All text in an element, as written."""
    if isinstance(node, Text):
        return "" if node.comment else node.text
    return "".join(text_of(child) for child in node.children)


def is_block(node: Node) -> bool:
    """Whether an element stands by itself, as a paragraph does, or holds one that does."""
    if isinstance(node, Text):
        return False
    if node.block is None:
        node.block = node.tag in BLOCKS or node.tag in TABLE or any(is_block(child) for child in node.children)
    return node.block


def parse(text: str, first: int = 1) -> Element:
    """The tree of a text with LF that begins at line ``first``. Linear; never raises."""
    return _Reader(text, first).read()


class _Reader:
    def __init__(self, text: str, first: int) -> None:
        self.text = text
        self._first = first
        self._starts = [at.end() for at in re.finditer("\n", text)]
        self.root = Element("", first)
        self._open = [self.root]
        self._beyond = 0
        """How many elements are open that lie too deep to be."""
        self._last = text.rfind(">")
        self._lax = False
        self._missing: set[str] = set()
        """Ends that were looked for and do not come any more: nobody looks twice."""

    def read(self) -> Element:
        at = begun = 0
        while 0 <= (at := self.text.find("<", at)) < self._last:
            end = self._markup(at, begun)
            at, begun = (at + 1, begun) if end is None else (end, end)
        self._write(begun, len(self.text))
        return self.root

    def _markup(self, at: int, begun: int) -> int | None:
        """Takes what begins with ``<``, and the text before it; its end, or ``None`` when it is only a sign."""
        text = self.text
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
            if text.startswith(opening, at):
                inner = at + len(opening)
                end = self._find(closing, inner)
                if end is not None:
                    self._write(begun, at)
                    self._here.append(Text(text[inner:end], self._line(inner), comment=opening == "<!--"))
                    return end + len(closing)
                return None
        if text.startswith(("<!", "<?"), at):
            self._write(begun, at)
            return text.index(">", at) + 1
        if not _START.match(text, at):
            return None
        found = None if self._lax else _STRICT.match(text, at)
        if found is None:  # a quote that is never closed: from here on they mean nothing
            self._lax = True
            found = _LAX.match(text, at)
        if found is None:
            return None
        self._write(begun, at)
        name = found["name"].lower()
        if found["close"]:
            self._end(name, at)
            return found.end()
        return self._start(name, found["rest"], at, found.end())

    def _find(self, closing: str, at: int) -> int | None:
        if closing in self._missing:
            return None
        end = self.text.find(closing, at)
        if end < 0:
            self._missing.add(closing)
        return end if end >= 0 else None

    @property
    def _here(self) -> list[Node]:
        return self._open[-1].children

    def _line(self, offset: int) -> int:
        return self._first + bisect_right(self._starts, offset)

    def _write(self, begun: int, end: int) -> None:
        if end > begun:
            self._here.append(Text(unescape(self.text[begun:end]), self._line(begun)))

    def _start(self, name: str, rest: str, at: int, end: int) -> int:
        closed = rest.endswith("/") and not _UNQUOTED.match(rest.rsplit(None, 1)[-1])
        attributes: dict[str, str] = {}
        for key, *values in _ATTRIBUTE.findall(rest[:-1] if closed else rest):
            attributes.setdefault(key.lower(), unescape("".join(values)))
        if not self._beyond:
            self._end_before(name)
        element = Element(name, self._line(at), attributes)
        self._here.append(element)
        if closed or name in VOID:
            return end
        if name in RAW:
            return self._raw(element, end)
        if len(self._open) > MAX_DEPTH:
            self._beyond += 1
        else:
            self._open.append(element)
        return end

    def _raw(self, element: Element, at: int) -> int:
        """What stands up to the end tag is no markup."""
        name = element.tag
        close = None if name in self._missing else re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(self.text, at)
        if close is None:
            self._missing.add(name)
            return at
        if name not in ("script", "style"):
            element.children.append(Text(unescape(self.text[at : close.start()]), self._line(at)))
        return close.end()

    def _end_before(self, name: str) -> None:
        """Ends what a start tag ends without saying so."""
        if name in BLOCKS:
            at = len(self._open) - 1
            while at and self._open[at].tag in INLINE:
                at -= 1
            if self._open[at].tag == "p" or {name, self._open[at].tag} <= HEADINGS:
                del self._open[at:]
        closing, bounds = ENDS.get(name, (frozenset(), frozenset()))
        cut = None
        for at in range(len(self._open) - 1, 0, -1) if closing else ():
            if self._open[at].tag in bounds:
                break
            if self._open[at].tag in closing:
                cut = at
        if cut is not None:
            del self._open[cut:]

    def _end(self, name: str, offset: int) -> None:
        if self._beyond:
            self._beyond -= 1
            if name in BLOCKS:
                self._here.append(Element(name, self._line(offset)))
            return
        bounds = frozenset(("table",)) if name in TABLE else CELLS | {"caption", "table"}
        for at in range(len(self._open) - 1, 0, -1):
            tag = self._open[at].tag
            if tag == name:
                del self._open[at:]
                return
            if tag in bounds or (name in INLINE and tag not in INLINE):
                return
