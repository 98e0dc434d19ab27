"""Reading: one page with all that was read from it, for those who tell facts."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.migration.outline import Outline
from afterword.migration.page import Field, Page
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.events import Event


@dataclass(frozen=True)
class Reading:
    """One page, read. ``written``: the day that git's history says it was first committed, if it was asked."""

    page: Page
    outline: Outline
    fields: tuple[Field, ...]
    calendar: Calendar
    events: tuple[Event, ...]
    written: str | None = None

    def line(self, at: int) -> int:
        """The source's line, from 1, of line ``at`` of the text, from 0."""
        return self.page.line(at)
