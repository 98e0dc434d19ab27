"""Hyperlinks: the links and images of a paragraph, and the definitions that other links refer to, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from afterword.findings import Span
from afterword.source import Excerpt, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image in the body, as written."""

    target: str
    span: Span
    image: bool = False


@cache
def _parser() -> MarkdownIt:
    """Imported late: a run from a warm cache parses nothing."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"maxNesting": 16})


def links(text: str, place: Excerpt) -> Iterator[Link]:
    """The inline links and images of a paragraph."""
    at = 0
    for child in _parser().parseInline(text)[0].children or ():
        image = child.type == "image"
        target = child.attrGet("src" if image else "href") if image or child.type == "link_open" else None
        if not isinstance(target, str):
            continue
        start, end = _target(text, target, at)
        at = max(at, end)
        yield Link(target, place.span(start, end) if end else place.first_line, image)


def _target(text: str, target: str, at: int) -> tuple[int, int]:
    """Where a link's target is written, as it is or before it was encoded; 0 and 0 when it is not found."""
    for written in dict.fromkeys((target, unquote(target))):
        # the target of an image stands before that of the link around it
        for begin in (at, 0):
            for opening in ("](", "](<"):
                found = text.find(opening + written, begin)
                if found >= 0:
                    return found + len(opening), found + len(opening) + len(written)
    found = text.find(target)
    return (found, found + len(target)) if found >= 0 else (0, 0)


def definitions(source: Source, first: int, env: Mapping[str, Any]) -> Iterator[Link]:
    """Where links by reference lead, at their definitions (``[pool]: other.md``), used or not.

    ``env`` is what the parser of blocks has found in a text that begins in line ``first``. Those of notes are none.
    """
    for label, found in env.get("references", {}).items():
        if label.startswith("^"):
            continue
        target = str(found["href"])
        for number in range(first + found["map"][0], first + found["map"][1]):
            line = source.line(number)
            behind = line.find("]:") + 2
            places = (line.find(written, behind) for written in (target, unquote(target)))
            at = next((place for place in places if place >= 0), None)
            if at is not None and target:
                length = len(target) if line.startswith(target, at) else len(unquote(target))
                yield Link(target, Span(number, at + 1, number, at + 1 + length))
                break
        else:
            yield Link(target, source.line_span(first + found["map"][0]))
