"""Page: one document of the source as Markdown, whatever it was before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """What a source states by name. ``line`` counts from 1 in the source's file; ``front``: outside of the text.

    ``key`` and ``value`` as written, without markup around them. A list has a field for each item.
    """

    key: str
    value: str
    line: int
    front: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One document. ``path`` is relative to the source, with ``/``.

    ``form`` names what it was, in words for people: ``Markdown``, ``Confluence``, ``cState``.
    ``text``: the body as Markdown with LF, without foreign front matter. ``lines``: the source's line, from 1, of each
    line of ``text``. ``title``: one that is stated outside of the text, with its line in ``title_line``.
    """

    path: str
    form: str
    text: str
    lines: tuple[int, ...]
    fields: tuple[Field, ...] = ()
    title: str | None = None
    title_line: int = 1

    def line(self, at: int) -> int:
        """The source's line, from 1, of line ``at`` of the text, from 0."""
        return self.lines[min(at, len(self.lines) - 1)] if self.lines else 1
