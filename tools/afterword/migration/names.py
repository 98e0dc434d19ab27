"""Names: the new file of each page."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.template import file_name, slug
from afterword.timing import Moment

FOLDER = "postmortems/incidents"


def names(pages: Iterable[tuple[str, Moment | None]]) -> tuple[str, ...]:
    """The path in the library of each page by its title and the day it started; each has one of its own.

    Without a day ``postmortems/incidents/undated-SLUG.md``. Those of the same name get ``-2``, ``-3`` in their order.
    """
    taken: set[str] = set()
    found: list[str] = []
    for title, started in pages:
        plain = file_name(title, started) if started else f"{FOLDER}/undated-{slug(title)}.md"
        path, number = plain, 2
        while path.casefold() in taken:
            path, number = f"{plain.removesuffix('.md')}-{number}.md", number + 1
        taken.add(path.casefold())
        found.append(path)
    return tuple(found)
