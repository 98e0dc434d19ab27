"""Actions: what was to be done, as the page lists it under a heading for actions."""

from __future__ import annotations

from afterword.migration.actions.action import Action
from afterword.migration.actions.reader import Reader
from afterword.migration.actions.signs import is_none
from afterword.migration.facts import Gap
from afterword.migration.reading import Reading
from afterword.migration.words import plain

__all__ = ["Action", "actions", "untold"]

_ROOM = 120_000
"""Bytes for all actions of a page: about half of what a front matter may have."""


def actions(reading: Reading) -> tuple[Action, ...]:
    """The actions of a page, in order. Only whole items, rows and paragraphs, so that taking them leaves no halves.

    As many as a front matter has room for; the others stay in the text.
    """
    found: list[Action] = []
    room = _ROOM
    for action in Reader(reading).read():
        room -= len(action.title.encode()) + len((action.details or "").encode()) + 100
        if room < 0:
            break
        found.append(action)
    return tuple(found)


def untold(reading: Reading, found: tuple[Action, ...]) -> Gap | None:
    """Why a page has no actions; ``None`` when it has some."""
    if found:
        return None
    for at, section in enumerate(reading.outline.sections):
        if section.part != "actions" or not section.heading:
            continue
        inside = [
            item for item in reading.outline.blocks if item.section == at and item.kind not in ("heading", "html")
        ]
        if any(not is_none(item.text) for item in inside):
            why = f"what stands below “{plain(section.heading)[:60]}” is no list and no table of measures"
            return Gap("actions", why, reading.line(section.first))
    named = any(section.part == "actions" for section in reading.outline.sections)
    return Gap("actions", "none are listed" if named else "no part lists any")
