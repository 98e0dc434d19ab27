"""Body: a page's text as it stays: title and actions gone to the front matter, parts under their headings."""

from __future__ import annotations

from collections.abc import Collection

from afterword.migration.actions import Action
from afterword.migration.links import Change
from afterword.migration.reading import Reading


def body(
    reading: Reading,
    title: int | None,
    actions: Collection[Action],
    changes: Collection[Change],
    taken: Collection[int] = (),
) -> str:
    """The body of the new file. ``title``: the line in the text of the heading that is the title, from 0, if one is.

    ``taken``: the source's lines, from 1, that facts were taken from.

    Each block of the source occurs in it, in order, unless it is the title or one of the actions.
    """
    return reading.page.text
