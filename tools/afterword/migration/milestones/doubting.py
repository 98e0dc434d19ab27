"""Doubting: what a page tells in one place and contradicts in another. Only its authors know which is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from afterword.migration.milestones.sources import Candidate, Rank, days
from afterword.migration.reading import Reading

_DAY = timedelta(days=1)
"""Days may differ by one: between zones, and around midnight."""
_LATE = timedelta(days=60)
_TOLD = (Rank.DAY, Rank.SEEN, Rank.SENTENCE, Rank.ROW)


def doubted(chosen: dict[str, Candidate], candidates: Sequence[Candidate], reading: Reading) -> dict[str, Candidate]:
    """The same values, with a remark on those that the page contradicts elsewhere. ``candidates``: all it tells."""
    started = chosen.get("started")
    if started is None:
        return chosen
    if started.rank is Rank.TITLE:
        other = next(chain(_row(started.moment.day, reading), _file(started.moment.day, reading)), None)
        return {**chosen, "started": _doubt(started, other)} if other else chosen
    if started.rank not in _TOLD:
        return chosen
    if started.rank is not Rank.SENTENCE and started.moment.day in _past_midnight(reading):
        other = (
            f"the day that the page states, {reading.calendar.day}: whether it was the night before or after is open"
        )
        return {key: _doubt(one, other) if one.rank in _TOLD else one for key, one in chosen.items()}
    if started.whole:
        rows = [event.day for event in reading.events if event.day and not event.assumed]
        if not rows or min(rows) - _DAY <= started.moment.day <= max(rows) + _DAY:
            other = next(_row(started.moment.day, reading), None)
            return {**chosen, "started": _doubt(started, other)} if other else chosen
        return {**chosen, "started": _doubt(started, "the timeline, which tells of other days")}
    told = next(chain(_otherwise(started, candidates), _before(started.moment.day, reading)), None)
    if told is None:
        return chosen
    return {key: _doubt(one, told) if one.rank in _TOLD else one for key, one in chosen.items()}


def _past_midnight(reading: Reading) -> frozenset[date]:
    """The days that are not written: those after the day that the page states, reached by passing midnight."""
    day = reading.calendar.day
    return frozenset(one.day for one in reading.events if day and one.day and one.assumed and one.day > day)


def _otherwise(started: Candidate, candidates: Iterable[Candidate]) -> Iterator[str]:
    """Where a page says that it began on another day. What it calls its date may be that of the report, if later."""
    day = started.moment.day
    for one in candidates:
        if one.key == "started" and (day - one.moment.day > _DAY or (one.moment.day - day > _DAY and not one.whole)):
            yield f"{one.how}, {one.moment.day}"


def _before(day: date, reading: Reading) -> Iterator[str]:
    """Where a page tells of a day before that on which it is said to have begun."""
    for one in days(reading):
        if one.rank in (Rank.TITLE, Rank.FILE) and one.moment.day < day - _DAY:
            yield f"{one.how}, {one.moment.text}" if one.rank is Rank.TITLE else one.how


def _row(day: date, reading: Reading) -> Iterator[str]:
    """Where the timeline begins before the day of the title, though no row of it says that it began."""
    first = min((event.day for event in reading.events if event.day and not event.assumed), default=None)
    if first and first < day:
        yield f"the timeline, which begins on {first}"


def _file(day: date, reading: Reading) -> Iterator[str]:
    """Where the name of the file tells a day before that of the title, or one so late that no report takes so long."""
    for one in days(reading):
        if one.rank is Rank.FILE and not -_DAY <= one.moment.day - day <= _LATE:
            yield one.how


def _doubt(one: Candidate, other: str) -> Candidate:
    return replace(one, doubtful=True, how=f"{one.how}, against {other}")
