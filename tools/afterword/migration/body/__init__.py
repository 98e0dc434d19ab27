"""Body: a page's text as it stays: title and actions gone to the front matter, parts under their headings.

Lines are edited, Markdown is not written anew: what is not named here stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword.migration import insets
from afterword.migration.actions import Action
from afterword.migration.body.defuse import defused
from afterword.migration.body.levels import language, place
from afterword.migration.body.opening import opening
from afterword.migration.body.sheet import Sheet
from afterword.migration.body.splice import Edit, splice
from afterword.migration.headings import title_of
from afterword.migration.links import Change
from afterword.migration.outline import Outline
from afterword.migration.reading import Reading
from afterword.migration.stated.titles import longer_heading

_ABOVE = re.compile(r"\A(?:[ \t]*\n)+")


def _ended(text: str) -> str:
    """Without the blank lines at its end; what stands behind its last words stays."""
    end = text.find("\n", len(text.rstrip(" \t\n")))
    return text if end < 0 else text[:end]


def body(
    reading: Reading,
    title: int | None,
    actions: Collection[Action],
    changes: Collection[Change],
    taken: Collection[int] = (),
) -> str:
    """The body of the new file. ``title``: the line in the text of the heading that is the title, from 0, if one is.

    ``taken``: the source's lines, from 1, that facts were taken from. Each block of the source occurs in it, in order,
    unless it is the title or one of the actions; the head of a table goes with the last of its rows.
    """
    outline = reading.outline
    gone = _gone(outline, title, actions)
    longer = longer_heading(reading) if title is None else None
    openings = tuple(opening(reading, longer if title is None else title, gone))
    placed = place(outline, title, [part for part, _ in openings], longer=longer)
    tongue = language(outline)
    sheet = Sheet(outline, gone)
    edits = list(sheet.removed())
    edits += [sheet.before(line, title_of(part, tongue)) for part, line in openings]
    for item in placed:
        edits += [edit for edit in sheet.heading(item) if not sheet.is_gone(edit)]
    left = reading.page.front_left(taken)
    rest = sheet.rest(left, placed, title_of("notes", tongue)) if left else ""
    if isinstance(rest, Edit):
        edits.append(rest)
    foreign = [Edit(change.start, change.end, change.instead) for change in changes]
    edits += [edit for edit in (*foreign, *defused(outline.text, _code(outline))) if not sheet.is_gone(edit)]
    text = splice(outline.text, edits)
    text = _ended(_ABOVE.sub("", f"{text}\n")) + "\n" if text.strip() else ""
    return text if isinstance(rest, Edit) else f"{text}{rest}" if text else rest.lstrip("\n")


def _gone(outline: Outline, title: int | None, actions: Collection[Action]) -> set[int]:
    """The lines that leave: of the title, of actions, and of the heads of tables that lose all of their rows."""
    gone = {line for action in actions for line in range(action.first, action.last)}
    for block in outline.blocks:
        if block.kind == "heading" and block.first == title:
            gone.update(range(block.first, block.last))
    for head, rows in _tables(outline):
        if rows and gone.issuperset(rows):
            gone.update((head, head + 1))
    return gone


def _tables(outline: Outline) -> Iterator[tuple[int, list[int]]]:
    """The line of each table's head, which the line of dashes follows, and those of its rows."""
    head, rows = -2, [-2]
    for block in outline.blocks:
        if block.kind != "row":
            continue
        if block.first == (rows[-1] + 1 if rows else head + 2):
            rows.append(block.first)
            continue
        if head >= 0:
            yield head, rows
        head, rows = block.first, []
    if head >= 0:
        yield head, rows


def _code(outline: Outline) -> set[int]:
    """The lines that Markdown does not reach into: of code, and of HTML."""
    blocks = [block for block in outline.blocks if block.kind in ("code", "html")]
    found = {line for block in blocks for line in range(block.first, block.last)}
    if not insets.opens(outline.text):
        return found
    plain = ((block.first, block.last) for block in blocks if block.kind == "code" and not block.depth)
    return found.difference(insets.inset(outline.lines, plain))
