"""Sources: where a page tells milestones, and how certain that is: names, rows, sentences, title, file, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from afterword.migration.fields.names import folded
from afterword.migration.milestones.choosing import Pick
from afterword.migration.milestones.named import Said
from afterword.migration.milestones.prose import Sentence, sentences
from afterword.migration.reading import Reading
from afterword.migration.times.calendar import day_in_heading, day_in_name
from afterword.migration.times.dates import days_in
from afterword.migration.words import plain
from afterword.timing import Moment, parse_moment

_QUOTED = 60


class Rank(IntEnum):
    """The more certain, the higher."""

    HISTORY = 0
    FRONT = 1
    FIRST = 2
    FILE = 3
    TITLE = 4
    DAY = 5
    SEEN = 6
    SENTENCE = 7
    ROW = 8
    NAMED = 9
    FITTING = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a milestone. ``line`` and ``how`` as of facts."""

    key: str
    moment: Moment
    line: int
    how: str
    rank: Rank
    whole: bool = False
    """Whether it is the day that the page states for all of it."""
    doubtful: bool = False
    """Whether the page contradicts it elsewhere."""

    @property
    def exact(self) -> bool:
        """Whether it has a time and a zone."""
        return self.moment.at is not None


def quoted(text: str) -> str:
    """The beginning of a text in quotation marks."""
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rsplit(' ', 1)[0]}…”"


def of_names(said: dict[str, Said]) -> Iterator[Candidate]:
    """What is stated by name."""
    for key, one in said.items():
        if key == "whole":
            at = _day(one.moment.day)
            yield Candidate("started", at, one.line, f"{one.how}: the day alone", Rank.DAY, whole=True)
        else:
            yield Candidate(key, one.moment, one.line, one.how, Rank.NAMED)


def of_rows(picks: dict[str, Pick], reading: Reading) -> Iterator[Candidate]:
    """What rows of the timeline say."""
    for key, pick in picks.items():
        at = pick.row.moment
        if at is None:
            continue
        how = f"the row of the timeline {quoted(pick.row.text)} {pick.why}"
        rank = Rank.FITTING if pick.fits else Rank.SEEN if pick.seen else Rank.ROW
        if pick.day:
            sure = "people may have noticed it days later" if pick.late else "only its day is sure"
            at, how, rank = _day(at.day), f"{how}; {sure}", Rank.DAY
        elif pick.row.event.clock and pick.row.event.zone is None:
            how = f"{how}; no zone is stated, so the day alone"
        yield Candidate(key, at, reading.line(pick.row.event.at), how, rank, doubtful=pick.late)


def of_sentences(reading: Reading, day: date | None) -> Iterator[Candidate]:
    """What sentences say: the first that tells of the beginning and the detection, the last that tells of the end."""
    found: dict[str, Candidate] = {}
    for one in sentences(reading, day):
        line = reading.line(one.row.event.at)
        how = f"the sentence {quoted(one.text)}"
        for key, at in _told(one):
            if at is None and key == "resolved":
                found.pop(key, None)  # it was over on a day that is not told, and not when the one before says
            elif at and (key not in found or key == "resolved" or _closer(at, found[key].moment)):
                rank = Rank.SENTENCE if at.at else Rank.DAY
                found[key] = Candidate(key, at, line, how, rank)
    yield from found.values()


def _closer(at: Moment, other: Moment) -> bool:
    """Whether a moment has the time of a day that another one is."""
    return at.at is not None and other.at is None and at.day == other.day


def _told(one: Sentence) -> Iterator[tuple[str, Moment | None]]:
    row, event = one.row, one.row.event
    if one.span:
        yield "started", row.moment
        yield "resolved", event.ending or (_day(event.until_day) if event.until_day else None)
        return
    if row.starts or (row.fails and row.detects < 2 and not one.leads):
        yield "started", row.moment
    if row.detects > 1:
        yield "detected", row.moment
    if row.mitigates:
        yield "mitigated", row.moment
    if row.resolves > 2 or (row.resolves == 2 and (one.leads or one.by)):
        yield "resolved", row.moment


def days(reading: Reading) -> Iterator[Candidate]:
    """The day it started where nothing says so: by title, file, timeline, publication, history. In order."""
    heading = day_in_heading(reading.outline, reading.calendar)
    if heading:
        doubt = any(word in heading[1].casefold() for word in ("disclosure", "vulnerab"))
        how = "the day in the heading, which may be that of the disclosure" if doubt else "the day in the heading"
        yield Candidate("started", _day(heading[0]), reading.line(heading[2]), how, Rank.TITLE, doubtful=doubt)
    title = reading.page.title
    told = {found.day for found in days_in(plain(title), reading.calendar) if found.day} if title else set()
    if len(told) == 1:
        yield Candidate("started", _day(told.pop()), reading.page.title_line, "the day in the title", Rank.TITLE)
    name = day_in_name(reading.page.path)
    if name:
        yield Candidate("started", _day(name[0]), 0, f"the day in the name of the file, “{name[1]}”", Rank.FILE)
    first = min((event for event in reading.events if event.day), key=lambda event: event.day or date.max, default=None)
    if first and first.day and not first.assumed:
        how = "the first day of the timeline, none of whose rows says when it began"
        yield Candidate("started", _day(first.day), reading.line(first.at), how, Rank.FIRST)
    for field in reading.fields:
        written = {found.day for found in days_in(field.value[:60], reading.calendar) if found.day}
        if field.front and folded(field.key) == "date" and len(written) == 1:
            how = f"“{field.key}” of the front matter, which may be the day of publication"
            yield Candidate("started", _day(written.pop()), field.line, how, Rank.FRONT)
    at = parse_moment(reading.written) if reading.written else None
    if at:
        how = "git history: the day the file was first committed"
        yield Candidate("started", _day(at.day), 0, how, Rank.HISTORY)


def _day(day: date) -> Moment:
    return Moment(day.isoformat(), day)
