"""Modules: the imports and exports above the text of an MDX page: what they state, and out of the reader's sight."""

from __future__ import annotations

import re

from afterword.migration.page import Field

_IMPORT = r"import\s(?:[\w*{$][^'\"\n]{0,300}\sfrom\s+)?(?:'[^'\n]{1,300}'|\"[^\"\n]{1,300}\")[ \t]*;?[ \t]*"
_FIRST = re.compile(rf"{_IMPORT}|export\s+(?:const|let|var|default|function|async|class|\{{|\*).*")
_LINE = re.compile(rf"{_IMPORT}")
_TIMED = re.compile(r"<(?P<name>[A-Z]\w{0,40})\s(?:date|time|datetime)=[\"'](?P<time>[^\"'<>\n]{1,60})[\"']\s?>[ \t]*")
_STATED = re.compile(r"[ \t]+(\w{1,60}):[ \t]*(?:'([^'\\\n]{1,2000})'|\"([^\"\\\n]{1,2000})\"|(true|false)),?[ \t]*")


def hidden(text: str) -> tuple[str, tuple[tuple[str, str, int], ...]]:
    """The text, its modules in comments, and the keys and values that its exports state, with their lines from 0.

    Modules stand before everything else, each in a paragraph of its own; without any the text is as it was.
    """
    if not text.lstrip("\n").startswith(("import ", "import\t", "export ", "export\t")):
        return text, ()
    lines = text.split("\n")
    stated: list[tuple[str, str, int]] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = next((line for line in range(at, len(lines)) if not lines[line].strip()), len(lines))
        if not _is_module(lines[at:end]):
            break
        stated += [
            (found[1], found[2] or found[3] or found[4], number)
            for number in range(at, end)
            if (found := _STATED.fullmatch(lines[number]))
        ]
        lines[at] = f"<!-- {lines[at]}"
        lines[end - 1] += " -->"
        at = end
    return _told("\n".join(lines)), tuple(stated)


def _told(text: str) -> str:
    """The text with the time that a component shows, as ``<Update date="…">``, in the place of its tags."""
    names = {found["name"] for found in _TIMED.finditer(text)}
    text = _TIMED.sub(r"\g<time> ", text)
    return re.sub(rf"[ \t]*</(?:{'|'.join(sorted(names))})>", "", text) if names else text


def _is_module(lines: list[str]) -> bool:
    """Whether a paragraph is nothing but imports, or one export; a comment could not hold one with two hyphens."""
    if _FIRST.fullmatch(lines[0]) is None or any("--" in line for line in lines):
        return False
    return lines[0].startswith("export") or all(_LINE.fullmatch(line) for line in lines)


def fields_of(stated: tuple[tuple[str, str, int], ...], first: int) -> tuple[Field, ...]:
    """What exports state, as fields beside the text. ``first``: the source's line, from 1, where the text begins."""
    return tuple(Field(key, value, first + at, front=True) for key, value, at in stated)
