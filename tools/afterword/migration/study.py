"""Study: all that one page says, before the pages are held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.migration import detection, milestones, stated
from afterword.migration.actions import Action, actions, untold
from afterword.migration.facts import Told, together
from afterword.migration.outline import Outline
from afterword.migration.page import Field, Page
from afterword.migration.reading import Reading
from afterword.migration.several import as_several, incidents
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.events import events
from afterword.timing import Moment, parse_moment


@dataclass(frozen=True)
class Study:
    """A page, read, with what it tells. ``heading``: the line in its text of the heading that is its title."""

    reading: Reading
    told: Told
    actions: tuple[Action, ...]
    heading: int | None

    @property
    def title(self) -> str:
        """Its title."""
        found = self.told.first("title")
        return found.value if found else self.reading.page.path

    @property
    def started(self) -> Moment | None:
        """When it began, if it says so."""
        found = self.told.first("started")
        return parse_moment(found.value) if found else None


def study(
    page: Page, outline: Outline, known: tuple[Field, ...], calendar: Calendar, written: str | None = None
) -> Study:
    """Reads a page. ``known``: its fields. ``written``: the day that git's history has for its file."""
    reading = Reading(page, outline, known, calendar, events(outline, calendar), written)
    listed = actions(reading)
    gap = untold(reading, listed)
    moments = milestones.told(reading)
    told = together((stated.told(reading), moments, detection.told(reading, moments), Told(gaps=(gap,) if gap else ())))
    if (count := incidents(reading)) > 1:
        told = as_several(told, count, reading)
    return Study(reading, told, listed, stated.heading_of_title(reading))
