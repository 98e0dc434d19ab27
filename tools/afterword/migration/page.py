"""Page: one document of the source as Markdown, whatever it was before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """What a source states by name. ``line`` counts from 1 in the source's file; ``front``: outside of the text.

    ``key`` and ``value`` as written, without markup around them. A list has a field for each item, a mapping one for
    each of its values, with the keys joined by ``.``.
    """

    key: str
    value: str
    line: int
    front: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One document. ``path`` is relative to the source, with ``/``.

    ``form`` names what it was, in words for people: ``Markdown``, ``Jekyll``, ``Hugo``, ``Docsy``, ``cState``,
    ``incident.io``, ``Confluence``, ``Confluence export``, ``HTML``.
    ``text``: the body as Markdown with LF, without foreign front matter. ``lines``: the source's line, from 1, of each
    line of ``text``. ``title``: one that is stated outside of the text, with its line in ``title_line``.
    ``front``: what the source says outside of the text, as written: foreign front matter without its fences, or the
    line below the title of an exported page. ``front_line``: the source's line, from 1, of its first line; 0 without.
    ``stretches``: the first and last of the source's lines that hold one key of it, its whole value and nothing else.
    """

    path: str
    form: str
    text: str
    lines: tuple[int, ...]
    fields: tuple[Field, ...] = ()
    title: str | None = None
    title_line: int = 1
    front: str = ""
    front_line: int = 0
    stretches: tuple[tuple[int, int], ...] = ()

    def line(self, at: int) -> int:
        """The source's line, from 1, of line ``at`` of the text, from 0."""
        return self.lines[min(at, len(self.lines) - 1)] if self.lines else 1

    def front_left(self, taken: Collection[int]) -> str:
        """What is left of ``front`` without the keys all of whose values were taken, as written; may be empty.

        ``taken``: the source's lines that facts were taken from. A line that says more than such a key stays.
        """
        stated = {field.line for field in self.fields if field.front}
        gone: set[int] = set()
        for first, last in self.stretches:
            values = stated.intersection(range(first, last + 1))
            if values and values.issubset(taken):
                gone.update(range(first, last + 1))
        lines = self.front.split("\n") if self.front else []
        kept = [line for number, line in enumerate(lines, self.front_line) if number not in gone]
        return "\n".join(kept) if any(line.strip() for line in kept) else ""
