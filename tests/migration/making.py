"""Making: a page from a text, read as far as the body needs it."""

from __future__ import annotations

from afterword.migration.actions import Action
from afterword.migration.body import body
from afterword.migration.links import Change
from afterword.migration.outline import outline
from afterword.migration.page import Field, Page
from afterword.migration.reading import Reading
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.events import Event


def reading(text: str, events: tuple[Event, ...] = (), front: str = "", fields: tuple[Field, ...] = ()) -> Reading:
    """A page of Markdown with these events. ``front``: foreign front matter, from the second line of the source."""
    lines = tuple(range(1, text.count("\n") + 2))
    stretches = tuple((number, number) for number in range(2, 2 + front.count("\n") + 1)) if front else ()
    page = Page(
        "page.md", "Markdown", text, lines, fields, front=front, front_line=2 if front else 0, stretches=stretches
    )
    return Reading(page, outline(text), (), Calendar(), events)


def made(text: str, *, title: bool = True, actions: tuple[Action, ...] = (), changes: tuple[Change, ...] = ()) -> str:
    """The body of a text. ``title``: whether its first heading is its title."""
    read = reading(text)
    heads = read.outline.sections[1:]
    return body(read, heads[0].first if title and heads else None, actions, changes)
