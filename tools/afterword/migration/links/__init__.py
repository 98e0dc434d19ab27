"""Links: where those of a page lead once it has moved, and which files go with it."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from afterword.migration.links.routes import Places, Route, Router, on_site
from afterword.migration.links.scan import Found, scan

_LIKE_A_MARK = re.compile(r"\A(\d{0,9})((?:[-+*>=|]|#{1,6}|(?<=\d)[.)])(?:\s|\Z))")
_BEFORE_WORDS = re.compile(r"[ \t>]{0,60}(?:(?:[-+*]|\d{1,9}[.)])[ \t]+){0,6}")
_HREF = re.compile(r"(?<!\s)\s+href\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_OPENING = re.compile(r"(\]:[ \t]{0,9})<")
_DEEPEST = 5
"""Images in each other that are looked at; what stands deeper stays."""
_IN_BRACKETS = re.compile(r"([\[\]<`])")


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one link of a page. ``at``: its line in the page's text, from 0.

    ``start`` and ``end``: the stretch of the text (offsets) that ``instead`` takes the place of; empty for what is told
    only, since it stands in another change. ``dead``: its target is not there, so that the link became text; then
    ``target`` says what it was.
    """

    at: int
    start: int
    end: int
    instead: str
    target: str
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The changes of a page, in order and apart from each other, and the assets that it needs.

    ``assets``: path in the source and path in the library of each.
    """

    changes: tuple[Change, ...] = ()
    assets: tuple[tuple[str, str], ...] = ()


def rewrite(text: str, path: str, new: str, places: Places) -> Rewriting:
    """The links of a page at ``path`` in the source that becomes ``new`` in the library.

    Addresses on the web stay, unless they name a report or an asset of the source. Linear in the length of any text.
    """
    found = scan(text)
    if not found:
        return Rewriting()
    rewriter = _Rewriter(text, path, new, places)
    changes = tuple(rewriter.read(found))
    return Rewriting(changes, tuple(sorted(rewriter.router.used.items())))


class _Rewriter:
    """Works through the links of one page."""

    def __init__(self, text: str, path: str, new: str, places: Places) -> None:
        self.router = Router(path, new, places)
        self._text, self._new = text, new
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        self._ends: dict[str, Found] = {}
        self._used: set[str] = set()

    def read(self, found: Sequence[Found]) -> Iterator[Change]:
        """All changes, in order."""
        self._ends = {item.label: item for item in found if item.kind == "definition" and item.label}
        self._used = {item.label for item in found if item.kind != "definition" and item.label}
        for item, within in _families(found):
            yield from self._nested(item, within) if within else self._change(item)

    def _nested(self, item: Found, within: Sequence[Found], depth: int = 0) -> Iterator[Change]:
        """A link with images in its words. Where it becomes text, so do they stand in it as they will be."""
        inner: list[Change] = []
        for other, below in _families(within):
            is_deeper = below and depth < _DEEPEST
            inner += self._nested(other, below, depth + 1) if is_deeper else self._change(other)
        outer = list(self._change(item, inner))
        if outer and outer[0].end == item.end:
            yield from (Change(one.at, item.start, item.start, "", one.target, one.dead) for one in inner)
            yield from outer
        else:
            yield from sorted((*inner, *outer), key=lambda change: change.start)

    def _change(self, item: Found, inner: Sequence[Change] = ()) -> Iterator[Change]:
        """What happens to one link. ``inner``: what happens within its words."""
        definition = self._ends.get(item.label or "")
        if item.label is not None and definition is None:
            return  # its definition goes over several lines, and stays
        target = definition.target if definition else item.target
        route = self.router.route(target)
        if item.loose and (route.is_dead or route.page is None):
            if route.is_dead:  # text wherever it was read, and now on the site too
                yield self._made(item.words[0] - 1, item.words[0], "\\[", target, dead=True)
        elif route.is_dead and item.kind == "definition" and item.label not in self._used:
            yield self._made(item.start, item.end, self._spelled(item), target, dead=True)
        elif route.is_dead:
            words = "" if item.kind == "definition" else self._as_text(item, inner, target, definition)
            # one by reference is told where it is read, and its definition leaves in silence
            dead = item.kind != "definition" or item.label not in self._used
            yield self._made(item.start, item.end, words, target, dead=dead)
        elif item.kind in ("img", "a"):
            yield from self._html(item, route)
        elif route.target is not None and route.as_text and item.kind == "image" and item.label is None:
            yield self._made(item.start, item.end, f"[{self._named(item, target)}]({route.target})", target)
        elif route.target is not None and item.kind == "definition":
            yield self._made(*item.at, route.target, target)
        elif route.target is not None and item.label is None:
            yield self._made(*self._stretch(item), route.target, target)

    def _spelled(self, item: Found) -> str:
        """A line that only looks like a definition, such as ``[error]: timeout``, as text, apart from what follows."""
        following = self._text[item.end + 1 :].partition("\n")[0] if self._text[item.end : item.end + 1] else ""
        said = _OPENING.sub(r"\1\\<", self._text[item.start : item.end], count=1)
        return f"\\{said}{chr(10) if following.strip() else ''}"

    def _stretch(self, item: Found) -> tuple[int, int]:
        """The target with the angle brackets around it, which it needs no more."""
        start, end = item.at
        around = self._text[start - 1 : start] == "<" and self._text[end : end + 1] == ">"
        return (start - 1, end + 1) if around else (start, end)

    def _html(self, item: Found, route: Route) -> Iterator[Change]:
        """HTML becomes Markdown where that is as plain: the site translates only that, and other readers know it."""
        if route.target is None:
            return
        words = self._text[slice(*item.words)]
        is_plain = not item.block or self._is_alone(item)
        if item.kind == "img" and is_plain:
            alt = _IN_BRACKETS.sub(r"\\\1", " ".join(item.alt.split()))
            shown = f"[{alt or _name(item.target)}]" if route.as_text else f"![{alt}]"
            yield self._made(item.start, item.end, f"{shown}({route.target})", item.target)
        elif item.kind == "a" and is_plain and words.strip():
            yield self._made(item.start, item.end, f"[{words}]({route.target})", item.target)
        else:
            yield self._made(*item.at, on_site(self._new, route) or route.target, item.target)

    def _is_alone(self, item: Found) -> bool:
        """Whether nothing but blank lines is around it, so that Markdown may take its place."""
        before = self._text[max(item.start - 200, 0) : item.start].rstrip(" \t")
        behind = self._text[item.end : item.end + 200].lstrip(" \t")
        return (not before or before.endswith("\n\n")) and (not behind or behind.startswith("\n\n") or behind == "\n")

    def _as_text(self, item: Found, inner: Sequence[Change], target: str, definition: Found | None) -> str:
        """What is read in the place of a link whose target is not there."""
        if item.kind == "a" and item.words == (item.end, item.end):
            return _HREF.sub("", self._text[item.start : item.end], count=1)
        text = (item.alt if item.kind == "img" else self._inside(item, inner)) or _name(target)
        title = item.title or (definition.title if definition else "")
        text = f"{text} ({title})" if title else text
        start = self._text.rfind("\n", 0, item.start) + 1
        is_first = _BEFORE_WORDS.fullmatch(self._text, start, item.start)
        return _LIKE_A_MARK.sub(r"\1\\\2", text, count=1) if is_first else text

    def _inside(self, item: Found, inner: Sequence[Change]) -> str:
        """The words of a link, with what happens within them."""
        pieces, at = [], item.words[0]
        for change in inner:
            pieces += [self._text[at : change.start], change.instead]
            at = change.end
        return "".join([*pieces, self._text[at : item.words[1]]]).strip()

    def _named(self, item: Found, target: str) -> str:
        return self._text[slice(*item.words)].strip() or _name(target)

    def _made(self, start: int, end: int, instead: str, target: str, *, dead: bool = False) -> Change:
        return Change(bisect_right(self._starts, start) - 1, start, end, instead, target, dead)


def _families(found: Sequence[Found]) -> Iterator[tuple[Found, Sequence[Found]]]:
    """Each that stands in no other, with all that stand in it."""
    at = 0
    while at < len(found):
        inner = at + 1
        while inner < len(found) and found[inner].start < found[at].end:
            inner += 1
        yield found[at], found[at + 1 : inner]
        at = inner


def _name(target: str) -> str:
    """What a target without words is called: the name of its file."""
    return posixpath.basename(target.partition("#")[0].rstrip("/")) or target
