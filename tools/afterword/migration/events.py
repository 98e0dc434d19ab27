"""Events: the timeline of a page: rows of tables, items of lists, paragraphs or headings that begin with a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from afterword.migration.calendar import Calendar
from afterword.migration.outline import Outline
from afterword.timing import Moment


@dataclass(frozen=True, slots=True)
class Event:
    """What happened when. ``at`` is its line in the page's text, from 0; ``text`` says what happened, without the time.

    ``day``, ``clock`` and ``zone`` as written, for the event or for the timeline as a whole; ``None``: not said.
    ``until``: the end of a stretch such as ``09:00–11:00``. ``about``: marked as approximate.
    """

    text: str
    at: int
    day: date | None
    clock: time | None = None
    zone: tzinfo | None = None
    until: time | None = None
    about: bool = False

    @property
    def moment(self) -> Moment | None:
        """As front matter writes it: RFC 3339 with the zone's offset, or the day when clock or zone is not known."""
        if self.day is None:
            return None
        if self.clock is None or self.zone is None:
            return Moment(self.day.isoformat(), self.day)
        at = datetime.combine(self.day, self.clock, self.zone)
        return Moment(at.isoformat().replace("+00:00", "Z"), self.day, at)


def events(outline: Outline, calendar: Calendar) -> tuple[Event, ...]:
    """The events of a page's timeline, in the order of the text; none when it has no timeline."""
    return ()
