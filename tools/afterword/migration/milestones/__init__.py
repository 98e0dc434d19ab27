"""When it started, was detected, acknowledged, mitigated and resolved.

In the order in which the data flows: ``signs`` (words), ``rows`` (how strongly each event says which milestone),
``durations`` and ``fitting`` (rows between which as much time lies as the page states), ``choosing`` (a row for each),
``named`` and ``prose`` (what fields and sentences state), ``sources`` (all of it as candidates), ``settling``,
``doubting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.milestones.choosing import choose
from afterword.migration.milestones.doubting import doubted
from afterword.migration.milestones.durations import Durations, durations
from afterword.migration.milestones.named import named
from afterword.migration.milestones.rows import Row, rows
from afterword.migration.milestones.settling import KEYS, settle
from afterword.migration.milestones.sources import Candidate, Rank, days, of_names, of_rows, of_sentences
from afterword.migration.reading import Reading
from afterword.migration.times.dates import days_in
from afterword.timing import Moment

_FAR = timedelta(days=31)
"""A timeline that begins earlier than that tells first of what led to the incident."""
_DOUBTFUL = (Rank.HISTORY, Rank.FRONT, Rank.FIRST, Rank.FILE)
"""A day in a file's name may be that of publication, the first of a timeline one of preparation."""


def told(reading: Reading, *, fitting: bool = True) -> Told:
    """What the page tells of its milestones, and what it does not.

    ``fitting``: whether durations that the page states help to choose between rows; without, values and stated
    durations can be held against each other.
    """
    said = named(reading)
    told = rows(reading.events)
    choice = choose(told, durations(reading) if fitting else Durations())
    whole = said.get("whole")
    candidates = [
        *of_names(said),
        *of_rows(choice.picks, reading),
        *of_sentences(reading, whole.moment.day if whole else None),
    ]
    chosen, dropped = settle(candidates)
    if "started" not in chosen:
        _fall_back(chosen, dropped, reading)
    chosen = doubted(chosen, candidates, reading)
    gaps = {**choice.gaps, **dropped}
    facts = [_fact(chosen[key]) for key in KEYS if key in chosen]
    undated = _undated(told, reading)
    missing = (
        undated[key] if key in undated and key not in gaps else _gap(reading, key, gaps)
        for key in KEYS
        if key not in chosen
    )
    return Told(tuple(facts), tuple(missing))


def _fall_back(chosen: dict[str, Candidate], dropped: dict[str, str], reading: Reading) -> None:
    """The day it started by title, file or history, unless it lies after what is known to have happened later."""
    rows = min((event.moment.day for event in reading.events if event.moment), default=None)
    known = min((one.moment.day for one in chosen.values()), default=rows)
    for one in days(reading):
        day = one.moment.day
        if known is not None and known < day:
            dropped["started"] = f"{one.how} says {one.moment.text}, which lies after what the page tells of"
        elif one.rank is not Rank.FIRST or known is None or known - day <= _FAR:
            chosen["started"] = one
            return
    noticed = chosen.get("detected")
    if noticed and noticed.rank is Rank.SENTENCE and noticed.moment.day == reading.calendar.day:
        how = f"the day on which it was noticed: {noticed.how}"
        moment = Moment(noticed.moment.day.isoformat(), noticed.moment.day)
        chosen["started"] = replace(noticed, key="started", moment=moment, how=how, rank=Rank.FIRST)


def _fact(one: Candidate) -> Fact:
    return Fact(one.key, one.moment.text, one.line, one.how, doubtful=one.doubtful or one.rank in _DOUBTFUL)


def _undated(told: Sequence[Row], reading: Reading) -> dict[str, Gap]:
    """The milestones whose row has no day that can be read, with what stands in its place."""
    found: dict[str, Gap] = {}
    for row in told:
        if row.moment is not None or row.event.why is None:
            continue
        says = {
            "started": row.starts or row.fails or row is told[0],
            "detected": row.detects > 1,
            "acknowledged": row.acknowledges,
            "mitigated": row.mitigates,
            "resolved": row.resolves > 1,
        }
        for key in KEYS:
            if says[key]:
                found.setdefault(key, Gap(key, row.event.why, reading.line(row.event.at)))
    for field in reading.fields:
        if "started" in found or field.key.casefold() not in (
            "date",
            "start",
            "started",
            "incident date",
            "data",
            "ngày",
        ):
            continue
        why = next((day.why for day in days_in(field.value[:100], reading.calendar) if day.why), None)
        if why:
            found["started"] = Gap("started", why, field.line)
    return found


def _gap(reading: Reading, key: str, gaps: dict[str, str]) -> Gap:
    return Gap(key, gaps.get(key) or ("no row of the timeline says so" if reading.events else "nothing says so"))
