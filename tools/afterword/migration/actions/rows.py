"""Rows of a table of actions: which column says what, and each row as the text of an action with its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.migration.actions.attributes import BARE, LINK, Attribute, attributes, is_owner, tracker, whole_day
from afterword.migration.actions.said import Said
from afterword.migration.actions.text import LONGEST, read
from afterword.migration.actions.words import HEADS, STATUSES, TITLE_HEADS, TYPES
from afterword.migration.fields.names import folded
from afterword.migration.fields.values import says_nothing
from afterword.migration.times.calendar import Calendar
from afterword.migration.words import normal, plain

_SAID_LAST = re.compile(r"(?<=\S)\s\*{0,2}(?P<state>DONE|TODO|IN PROGRESS)\*{0,2}\s*\Z")
"""A state behind a ticket, as some sheets have it: “Bug 5554823 **TODO**”."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of the column that says what is to be done, and what each of the others holds, if it is known."""

    title: int
    keys: tuple[str | None, ...]
    heads: tuple[str, ...]


def columns(heads: Sequence[str]) -> Columns | None:
    """What the columns of a table hold; ``None`` for a table of something else."""
    names = [folded(head) for head in heads]
    title = next((names.index(name) for name in TITLE_HEADS if name in names), None)
    if title is None and "issue" in names and sum(HEADS.get(name) == "tracker" for name in names) > 1:
        title = names.index("issue")
    if title is None:
        unknown = [at for at, name in enumerate(names) if name not in HEADS]
        # without a head that says so there have to be others of actions
        title = unknown[0] if unknown and len(names) - len(unknown) >= 2 else None
    if title is None:
        return None
    keys = tuple(None if at == title else HEADS.get(name) for at, name in enumerate(names))
    return Columns(title, keys, tuple(plain(head) for head in heads))


def read_row(shape: Columns, cells: Sequence[str], number: int, calendar: Calendar) -> Said | None:
    """A row as an action; ``None`` where it does not say what is to be done. ``number``: its place among the rows."""
    if len(cells) <= shape.title or says_nothing(cells[shape.title]):
        return None
    told: list[tuple[str, str, tuple[Attribute, ...]]] = []
    for at, cell in enumerate(cells):
        if at != shape.title and cell.strip(" -–—") and at < len(shape.keys):
            told.append((shape.heads[at], cell.strip(), tuple(_of_cell(shape.keys[at], cell, calendar))))
    said = read(_lines(cells[shape.title]), calendar)
    beside = list(_beside(said, told, number))
    short = [text for text in beside if "\n" not in text]
    said.details += [*([" · ".join(short)] if short else []), *(text for text in beside if "\n" in text)]
    return said if said.title and len(said.title) <= LONGEST else None


def _beside(said: Said, told: Sequence[tuple[str, str, tuple[Attribute, ...]]], number: int) -> Iterator[str]:
    """Takes what the other cells say, and gives the words of those that say more: ``Effort: small``."""
    for head, cell, given in told:
        if HEADS.get(folded(head), "number") == "number" and cell.strip(". ") == str(number):
            continue  # as the mark of an ordered list
        same = all(said.found[item.key].value == item.value for item in given if item.key in said.found)
        for item in given:
            said.found.setdefault(item.key, item)
        if not given or not same or not all(item.exact for item in given):
            yield f"{head}: {_lines(cell)}" if head else _lines(cell)


def _lines(cell: str) -> str:
    """A cell's text as it stands outside of a table: lines instead of breaks, bars without a backslash."""
    return re.sub(r"[ \t]*<br[ \t]?/?>[ \t]*", "\n", cell.strip()).replace("\\|", "|")


def _of_cell(key: str | None, cell: str, calendar: Calendar) -> Iterator[Attribute]:
    """What a cell says by its column."""
    if key is None or says_nothing(cell):
        return
    told = plain(cell).strip(" .")
    small = told.casefold().strip("*! ")
    if key in ("due", "completed"):
        day = whole_day(told, calendar)
        if day:
            yield Attribute("due" if key == "due" else "completed", day, exact=told == day.isoformat())
    elif key == "owner" and is_owner(cell):
        yield Attribute("owner", told, exact=LINK.search(cell) is None)
    elif key == "status":
        yield from _status(small, cell, calendar)
    elif key == "type" and (kind := TYPES.get(small)):
        yield Attribute("type", kind, exact=kind == small)
    elif key == "priority" and re.fullmatch(r"P\d", told, re.IGNORECASE):
        yield Attribute("priority", told.upper(), exact=True)
    elif key == "tracker":
        yield from _tracker(cell) if small not in STATUSES else _status(small, cell, calendar)
        if said := _SAID_LAST.search(cell):
            yield Attribute("status", STATUSES[said["state"].casefold()], exact=False)


def _tracker(cell: str) -> Iterator[Attribute]:
    """The one address of a cell for tickets."""
    links = [*LINK.finditer(cell), *BARE.finditer(LINK.sub(" ", cell))]
    found = links[0] if len(links) == 1 else None
    if found and found["url"].startswith(("https://", "http://")):
        given = tracker(found)
        exact = given is not None and given.exact and found[0] == cell.strip()
        yield Attribute("tracker", found["url"].rstrip(".,;"), exact)


def _status(small: str, cell: str, calendar: Calendar) -> Iterator[Attribute]:
    if small in STATUSES:
        exact = normal(small) in ("", normal(STATUSES[small]))
        yield Attribute("status", STATUSES[small], exact)
        return
    given = attributes(cell, calendar)
    if given and given[0].key == "status":
        yield from given
    elif re.match(r"(?:✅|✔|☑)\ufe0f?\s", cell.strip()):
        yield Attribute("status", "done", exact=False)
    else:
        first = re.match(r"(done|completed?|in progress|open|todo|to do)\b(?=\s?[(:,–—-])", small)
        if first:
            yield Attribute("status", STATUSES[first[1]], exact=False)
