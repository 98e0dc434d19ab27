"""Scan: the links, images and definitions of a page's Markdown, with the offsets of their parts. Linear.

The engine's parser tells which links a paragraph has, but not where they end; here their ends are what counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

from afterword.blocks import blocks
from afterword.entities import unescape
from afterword.migration import insets

Kind = Literal["link", "image", "definition", "img", "a"]

_SIGN = re.compile(r"\\.|`+|!?\[|\]|<", re.DOTALL)
_INNER = r"\((?:[^\s()\\]|\\.){0,500}\)"
_TARGET = re.compile(
    r"\([ \t\n]{0,50}"
    r"(?:<(?P<angle>(?:[^<>\n\\]|\\.){0,3000})>"
    rf"|(?P<plain>(?:[^\s()<\\]|\\.|{_INNER})(?:[^\s()\\]|\\.|{_INNER}){{0,3000}})?)"
    r"(?:[ \t\n]{1,50}(?P<title>\"(?:[^\"\\]|\\.){0,1000}\"|'(?:[^'\\]|\\.){0,1000}'|\((?:[^()\\]|\\.){0,1000}\)))?"
    r"[ \t\n]{0,50}\)"
)
_LOOSE = re.compile(r"\((?P<plain>(?:[^()\n]|\([^()\n]{0,300}\)){1,1000})\)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,300})\]")
_DEFINITION = re.compile(
    r"[ >\t]{0,40}(?P<whole>\[[^\n]{1,400}?\]:[ \t]*(?:<(?P<angle>[^<>\n]{1,3000})>|(?P<plain>\S{1,3000})).*)"
)
_QUOTED = r"\"[^\"<]{0,1000}\"|'[^'<]{0,1000}'"
_TAG = re.compile(
    r"<(?P<name>img|a)(?=[\s/>])"
    rf"(?P<rest>(?:[^<>=]|=\s{{0,9}}(?:{_QUOTED})|=(?!\s{{0,9}}(?:{_QUOTED}))){{0,3000}})>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>src|href|alt)\s{0,9}=\s{0,9}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"(?P<words>[^<>\[\]`]{1,1000})</a\s{0,9}>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<[A-Za-z/!?][^<>\n]{0,3000}>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENTED = re.compile(r"<!--[^\n]*?-->[ \t]*[^\s][^\n]*\n*\Z")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_NEW_BLOCK = re.compile(r"[ >\t]{0,40}(?:[-+*][ \t]|\d{1,9}[.)][ \t]|#|\||\Z)")
_HEADING = re.compile(r"[ >\t]{0,40}#{1,6}(?:[ \t]|\Z)")
"""It ends with its line."""


@dataclass(frozen=True, slots=True)
class Found:
    """One link: ``start`` and ``end`` of it all, ``words`` of its text, ``at`` of its target; offsets in the text.

    ``target`` is without what Markdown and HTML make of signs; percent signs are as written. ``title``: what shows
    when somebody points at it. ``label``: of a link by reference, whose target a definition has. ``block``: of HTML,
    whether it stands in a block of HTML, which Markdown does not reach into. ``loose``: with blanks in its target,
    which is a link for the site's Markdown alone.
    """

    kind: Kind
    start: int
    end: int
    words: tuple[int, int]
    at: tuple[int, int]
    target: str
    title: str = ""
    label: str | None = None
    alt: str = ""
    block: bool = False
    loose: bool = False


def scan(text: str) -> tuple[Found, ...]:
    """All links of a text, in the order of their beginnings; an image in a link follows it."""
    if not any(sign in text for sign in ("](", "]:", "<img", "<IMG", "<a ", "<A ")):
        return ()
    tokens, env = blocks(text)
    code: set[int] = set()
    markup: list[tuple[int, int]] = []
    for token in tokens:
        if token.map and token.type in ("fence", "code_block"):
            code.update(range(*token.map))
        elif token.map and token.type == "html_block":
            if _COMMENTED.match(token.content):  # behind it the site reads Markdown again
                continue
            code.update(range(*token.map))
            markup.append((token.map[0], token.map[1]))
    lines = text.split("\n")
    if insets.opens(text):
        plain = (token.map for token in tokens if token.map and token.type == "code_block" and not token.level)
        code.difference_update(insets.inset(lines, ((first, last) for first, last in plain)))
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    labels, found = _definitions(text, starts, env)
    for first, last in _zones(text, starts, code | {bisect_right(starts, item.start) - 1 for item in found}):
        found += _Zone(text, first, last, labels).read()
    for first, last in markup:
        found += _markup(text, starts[first], min(starts[last], len(text)))
    return tuple(sorted(found, key=lambda item: (item.start, -item.end)))


def _definitions(text: str, starts: list[int], env: dict[str, Any]) -> tuple[frozenset[str], list[Found]]:
    """The labels that have a definition, and the definitions that stand on one line."""
    found = []
    references: dict[str, Any] = {key: value for key, value in env.get("references", {}).items() if key[:1] != "^"}
    for label, reference in references.items():
        line = reference["map"][0]
        written = text[starts[line] : starts[line + 1] - 1]
        place = _DEFINITION.match(written)
        if place:
            name = "angle" if place["angle"] is not None else "plain"
            at = (starts[line] + place.start(name), starts[line] + place.end(name))
            start, end = starts[line] + place.start("whole"), starts[line] + place.end("whole")
            target, title = decoded(place[name]), str(reference.get("title") or "")
            found.append(Found("definition", start, end, (end, end), at, target, title, label))
    return frozenset(references), found


def _zones(text: str, starts: list[int], code: Collection[int]) -> Iterator[tuple[int, int]]:
    """The stretches that no link goes beyond: paragraphs, items, rows, headings."""
    first: int | None = None
    for number, line in enumerate(text.split("\n")):
        start = starts[number]
        if number in code or not line.strip(" \t>") or _NEW_BLOCK.match(line):
            if first is not None:
                yield first, start
            first = None if number in code or not line.strip(" \t>") else start
            if first is not None and _HEADING.match(line):
                yield first, starts[number + 1] - 1
                first = None
        elif first is None:
            first = start
    if first is not None:
        yield first, len(text)


def decoded(written: str) -> str:
    """A target without backslashes and entities."""
    return unescape(_BACKSLASH.sub(r"\1", written))


def folded(label: str) -> str:
    """A label as the parser compares them."""
    return " ".join(label.split()).lower().upper()


@dataclass
class _Zone:
    """A stretch of text, read once from its start to its end."""

    text: str
    start: int
    end: int
    labels: Collection[str]
    opened: list[tuple[int, bool]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    def read(self) -> list[Found]:
        """Its links."""
        at = self.start
        ticks = self._ticks()
        while sign := _SIGN.search(self.text, at, self.end):
            at = sign.end()
            if sign[0][0] == "`":
                closing = ticks.get(at - sign.start(), [])
                place = bisect_right(closing, sign.start())
                at = closing[place] + len(sign[0]) if place < len(closing) else at
            elif sign[0] == "<":
                at = self._tag(sign.start())
            elif sign[0] == "]":
                at = self._close(sign.start())
            elif sign[0][0] != "\\":
                self.opened.append((sign.start(), sign[0] == "!["))
        return self.found

    def _ticks(self) -> dict[int, list[int]]:
        """Where runs of backticks begin, by their lengths."""
        runs: dict[int, list[int]] = {}
        for run in re.compile("`+").finditer(self.text, self.start, self.end):
            runs.setdefault(len(run[0]), []).append(run.start())
        return runs

    def _tag(self, at: int) -> int:
        """A tag, a comment or an address in angle brackets; where to go on."""
        if self.text.startswith("<!--", at):
            comment = _COMMENT.match(self.text, at, self.end)
            return comment.end() if comment else at + 1
        if found := tag(self.text, at, self.end, block=False):
            self.found.append(found)
            return found.end if found.kind == "img" else found.words[0]
        address = _AUTOLINK.match(self.text, at, self.end)
        return address.end() if address else at + 1

    def _close(self, at: int) -> int:
        """A closing bracket, which may end the text of a link; where to go on."""
        if not self.opened:
            return at + 1
        start, is_image = self.opened.pop()
        words = (start + (2 if is_image else 1), at)
        kind: Kind = "image" if is_image else "link"
        target = _TARGET.match(self.text, at + 1, self.end)
        if target:
            name = "angle" if target["angle"] is not None else "plain"
            stretch = target.span(name) if target[name] is not None else (at + 2, at + 2)
            title = decoded(target["title"][1:-1]) if target["title"] else ""
            made = Found(kind, start, target.end(), words, stretch, decoded(target[name] or ""), title)
        elif loose := _LOOSE.match(self.text, at + 1, self.end):
            target_only = loose["plain"].partition(' "')[0].strip()
            made = Found(kind, start, loose.end(), words, loose.span("plain"), target_only, loose=True)
        else:
            label = _LABEL.match(self.text, at + 1, self.end)
            wanted = folded(label[1] if label and label[1].strip() else self.text[words[0] : words[1]])
            if wanted not in self.labels:
                return at + 1
            end = label.end() if label else at + 1
            made = Found(kind, start, end, words, (end, end), "", label=wanted)
        self.found.append(made)
        if not is_image:  # a link holds no other link
            self.opened = [item for item in self.opened if item[1]]
        return made.end


def tag(text: str, at: int, end: int, *, block: bool) -> Found | None:
    """An image or a simple link in HTML that begins at an offset."""
    found = _TAG.match(text, at, end)
    if found is None:
        return None
    values = {item["name"].lower(): item for item in _ATTRIBUTE.finditer(text, *found.span("rest"))}
    kind: Kind = "img" if found["name"].lower() == "img" else "a"
    place = values.get("src" if kind == "img" else "href")
    if place is None:
        return None
    name = next(name for name in ("double", "single", "bare") if place[name] is not None)
    words = _CLOSE.match(text, found.end(), end) if kind == "a" else None
    stretch = words.span("words") if words else (found.end(), found.end())
    alt = values.get("alt")
    return Found(
        kind, at, words.end() if words else found.end(), stretch, place.span(name), unescape(place[name]),
        alt=unescape(alt["double"] or alt["single"] or alt["bare"] or "") if alt else "", block=block,
    )  # fmt: skip


def _markup(text: str, start: int, end: int) -> Iterator[Found]:
    """The images and links of a block of HTML, those in comments left out."""
    at = start
    for comment in [*_COMMENT.finditer(text, start, end), None]:
        stop = comment.start() if comment else end
        for place in _TAG.finditer(text, at, stop):
            if found := tag(text, place.start(), stop, block=True):
                yield found
        at = comment.end() if comment else end
