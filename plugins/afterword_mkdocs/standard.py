"""Standard: where Python-Markdown would lose a text that other readers of Markdown show, or make a heading of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown.blockprocessors import HashHeaderProcessor, ReferenceProcessor
from markdown.preprocessors import Preprocessor

from afterword.blocks import blocks

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown_it.token import Token

_AT_START = re.compile(r"^ {0,3}</?[A-Za-z]", re.MULTILINE)
_ELEMENT = re.compile(r"<(?P<ends>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?![\w-])")
_ESCAPED = "\"$%',/:;<=?@^|~"
"""Signs before which other readers take a backslash away. Not ``&``: it would begin an entity then."""
_TICKS = re.compile("`+")
_ESCAPED_TICK = re.compile(r"(?<!\\)(?:\\\\){0,20}\\`\Z")
_FAR = 50
_BRACKET = re.compile(r"[\[\]]")
_NEAR = 50
"""Brackets within the words of a link, until all of a text are looked at."""
_LONGEST = 4000
"""Of the target and the title of a link together."""
_LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref")
"""Python-Markdown's readers of links."""
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr", "col", "link", "meta"))
_NOTE = re.compile(r"^ {0,3}\[\^([^\]]+)\]: *(.*)$", re.MULTILINE)
"""A footnote, which has a name."""
_DEFINED, _HEADED = 15, 70
"""The ranks of definitions and headings among what Python-Markdown looks for."""
_OPENED = 22
"""Behind blocks of code, which are out of the text by then, and before HTML."""


class _Defined(ReferenceProcessor):
    """Definitions of links: none in the middle of a paragraph, where ``[note]: slow`` are words of it."""

    RE = re.compile(
        r"\A {0,3}\[(?=\s*+[^\s\[\]])([^\[\]]*+)\]: *+\n? *+(<[^<>\n]*+>|[^\s<]\S*+) *+(?:\n *+)?"
        r"(([\"'])(.*)\4 *|\((.*)\) *)?$",
        re.MULTILINE,
    )


class _Headed(HashHeaderProcessor):
    """Headings: ``#123`` at the start of a line is a number."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|\Z)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _Opened(Preprocessor):
    """Markdown between the tags of HTML: lines with tags are HTML, what stands between blank lines is Markdown.

    Else all that follows a ``<p>`` without an end would be shown as it is written.
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a mark in the place of such tags."""
        text = "\n".join(lines)
        if not _AT_START.search(text):
            return lines
        made: list[str] = []
        at = 0
        for token in _opened(blocks(text)[0]):
            first, last = token.map or (0, 0)
            name = _ELEMENT.search(token.content)
            if name and self.md.is_block_level(name["name"].lower()):
                made += [*lines[at:first], "", self.md.htmlStash.store(token.content.rstrip("\n")), ""]
                at = last
        return [*made, *lines[at:]]


def _opened(tokens: Sequence[Token]) -> Iterator[Token]:
    """The blocks of HTML from each that leaves an element open to the one that closes it.

    None where the lines between are set in so far that they would become code: they are HTML as well.
    """
    stretch: list[Token] = []
    depth: Counter[str] = Counter()
    is_code = False
    for token in tokens:
        if token.level or token.type not in ("html_block", "code_block"):
            continue
        if token.type == "code_block":
            is_code = True
            continue
        if not stretch:
            is_code = False
        before = +depth
        depth.update(_balance(token.content))
        stretch += [token] if before or +depth else []
        if stretch and not +depth:
            yield from () if is_code else stretch
            stretch, depth = [], Counter()
    yield from stretch


def _balance(html: str) -> dict[str, int]:
    """How many more of each element are opened than closed."""
    found: Counter[str] = Counter()
    for tag in _ELEMENT.finditer(html):
        name = tag["name"].lower()
        found[name] += 0 if name in _EMPTY else -1 if tag["ends"] else 1
    return found


def _code_at(start: int, text: str) -> tuple[int, int] | None:
    """The code of a span whose first tick is at an offset: between two runs of as many ticks; ``None`` without it."""
    before = text[max(start - _FAR, 0) : start]
    if before.endswith("`") and not _ESCAPED_TICK.search(before):
        return None
    run = _TICKS.match(text, start)
    if run is None:
        return None
    # one that finds no end is the last of its length: all of them together take little longer than one
    ends = (other.start() for other in _TICKS.finditer(text, run.end()) if len(other[0]) == len(run[0]))
    end = next(ends, None)
    return None if end is None else (run.end(), end)


def _words_at(text: str, start: int) -> tuple[str, int, bool]:
    """The words of a link whose bracket stands before an offset, where its other bracket ends, and whether it has one.

    Python-Markdown's own way goes on to the end of the text for each bracket that has no fellow.
    """
    depth = 1
    for number, sign in enumerate(_BRACKET.finditer(text, start)):
        depth += 1 if sign[0] == "[" else -1
        if depth == 0:
            return text[start : sign.start()], sign.end(), True
        if number == _NEAR:
            break
    else:
        return "", len(text), False
    end = _closings(text).get(start - 1)
    return ("", len(text), False) if end is None else (text[start:end], end + 1, True)


@lru_cache(maxsize=4)
def _closings(text: str) -> dict[int, int]:
    """Where the bracket stands that closes each other one."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for sign in _BRACKET.finditer(text):
        if sign[0] == "[":
            opened.append(sign.start())
        elif opened:
            found[opened.pop()] = sign.start()
    return found


def _bound(links: Any) -> None:
    """Lets a reader of links look no further than it has to."""
    read = links.getLink

    def target_at(text: str, start: int) -> tuple[str, str | None, int, bool]:
        if text.find(")", start, start + _LONGEST) < 0:
            return "", None, start, False
        target, title, end, found = read(text[start : start + _LONGEST], 0)
        if end < 0:  # quotes and brackets that do not match: all that follows would be gone
            return "", None, start, False
        return target, title, start + end, found

    links.getText, links.getLink = _words_at, target_at


def follow(converter: Markdown) -> None:
    """Lets a converter read definitions, headings, backslashes, code and HTML as the standard has them."""
    ticks: Any = converter.inlinePatterns["backtick"]
    if hasattr(ticks, "find_code_spans"):  # where ticks are not of one number, a letter would be lost
        ticks.find_code_spans = _code_at
    for name in _LINKS:
        _bound(converter.inlinePatterns[name])
    parser = converter.parser
    converter.ESCAPED_CHARS += [sign for sign in _ESCAPED if sign not in converter.ESCAPED_CHARS]
    parser.blockprocessors.register(_Defined(parser), "reference", _DEFINED)
    if "footnote" in parser.blockprocessors:
        notes: Any = parser.blockprocessors["footnote"]
        notes.RE = _NOTE
    parser.blockprocessors.register(_Headed(parser), "hashheader", _HEADED)
    converter.preprocessors.register(_Opened(converter), "opened", _OPENED)
