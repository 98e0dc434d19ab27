"""Choosing: which row of a timeline is which milestone, by its words and by the durations that the page states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.migration.milestones.durations import Durations
from afterword.migration.milestones.fitting import Fit, fit
from afterword.migration.milestones.rows import Row, apart

_FOLLOWING = 4
"""Rows after the end. More than these tell that it was no end, unless a row names it."""
_RESOLVED = re.compile(r"\b(?:resolved|solved|permanently|resolvid[oa])\b", re.IGNORECASE)
"""For good: “closed” may be a matter of form, long after it was over."""
_LABELS = ("detect", "detec", "phát hiện")


@dataclass(frozen=True, slots=True)
class Pick:
    """A row for a milestone. ``why`` goes behind “the row …”; ``day``: of its moment only the day is certain."""

    row: Row
    why: str
    day: bool = False
    fits: bool = False
    """Whether it agrees with a duration that the page states."""
    seen: bool = False
    """Whether the same row says that it was noticed, so that it began then or earlier."""
    late: bool = False
    """Whether people noticed, who may see a failure days after it begins."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pick for each milestone that the timeline tells; for the others, why not where there is something to say."""

    picks: dict[str, Pick]
    gaps: dict[str, str]


def choose(rows: Sequence[Row], stated: Durations) -> Choice:
    """The milestones of a timeline. ``rows``: in order."""
    told = [row for row in rows if row.moment is not None]
    choice = Choice({}, {})
    undated = next((row for row in rows if row.detects > 1), None)
    undated = undated if undated and undated.moment is None else None
    found = fit(told, stated, _row(_detected(told, None)), _row(_resolved(told, choice)))
    if found:
        _take_fit(choice, found, told)
    detected = choice.picks.get("detected") or _detected(told, choice.picks.get("started"))
    if undated and detected and not detected.fits:
        detected = None
        choice.gaps["detected"] = f"the row “{undated.text[:60]}” has no day"
    started = choice.picks.get("started") or _started(told, detected or _declared(told))
    if started and not found:
        started = _doubt(started, stated, detected, choice.picks.get("resolved") or _resolved(told, choice))
    for key, pick in (("started", started), ("detected", detected)):
        if pick:
            choice.picks[key] = pick
    resolved = choice.picks.get("resolved") or _resolved(told, choice)
    if resolved:
        choice.picks["resolved"] = resolved
    _between(choice, told)
    _contradicted(choice, told)
    return choice


def _contradicted(choice: Choice, rows: Sequence[Row]) -> None:
    """A named beginning that lies after a named end, though it is told before it: one of them was written wrongly."""
    started = choice.picks.get("started")
    if started is None or started.fits or not started.row.starts or "resolved" in choice.picks:
        return
    end = next((row for row in rows if row.resolves > 2 and row.event.at > started.row.event.at), None)
    if end and _before(end, started.row):
        del choice.picks["started"]
        choice.gaps["started"] = "the row that says that it began lies after the one that says that it was over"


def _row(pick: Pick | None) -> Row | None:
    return pick.row if pick else None


def _take_fit(choice: Choice, found: Fit, rows: Sequence[Row]) -> None:
    spans = []
    if found.detected:
        choice.picks["detected"] = Pick(found.detected, "fits the stated time to detection", fits=True)
        spans.append("detection")
    if found.resolved:
        eased = found.resolved.mitigates and found.resolved.resolves < 2
        named = _resolved(rows, Choice({}, {})) if eased else None
        fits = Pick(found.resolved, "fits the stated time to recovery", fits=True)
        choice.picks["resolved"] = named if named and _RESOLVED.search(named.row.text) else fits
        spans.append("recovery")
    why = f"fits the stated time to {' and to '.join(spans)}"
    choice.picks["started"] = Pick(found.started, why, fits=True)


def _detected(rows: Sequence[Row], started: Pick | None) -> Pick | None:
    """The first row that says that somebody or something noticed."""
    begin = next((row for row in rows if row.starts), None)
    after = started.row if started else begin
    noticing = [row for row in rows if row.detects > 1 and not (after and _before(row, after))]
    named = next((row for row in noticing if row.text[:12].casefold().startswith(_LABELS)), None)
    first = named or next(iter(noticing), None)
    declared = _declared(rows)
    if first and not named and declared and _before(declared.row, first):
        return None  # somebody had noticed before
    if first and after and any(row.resolves > 2 and _before(after, row) and _before(row, first) for row in rows):
        return None  # an end lies between: it tells of another one
    failing = after or next((row for row in rows if row.fails), None)
    if first and failing and any(row.mends and _before(failing, row) and _before(row, first) for row in rows):
        return None  # somebody knew, who tried to mend it
    if first and not named and any(_known(row, after, first) for row in rows):
        return None
    return Pick(first, "says that it was noticed") if first else None


def _known(row: Row, begin: Row | None, first: Row) -> bool:
    """Whether somebody began to look into it before another row, and not before it began."""
    return row.investigates and _before(row, first) and not (begin and _before(row, begin))


def _declared(rows: Sequence[Row]) -> Pick | None:
    """The row by which somebody had noticed, though it does not say when."""
    row = next((row for row in rows if row.declares), None)
    return Pick(row, "says that an incident was declared") if row else None


def _started(rows: Sequence[Row], detected: Pick | None) -> Pick | None:
    """The row that names the beginning, or the first that tells of the failure, unless it was noticed before."""
    earlier = list(_until(rows, detected.row if detected else None))
    named = next((row for row in earlier if row.starts), None)
    if named:
        return Pick(named, "says that it began")
    failing = next((row for row in earlier if row.fails), None)
    if failing is None:
        return _day_of(detected, earlier)
    if failing.detects < 2:
        return Pick(failing, "is the first that tells of the failure")
    if failing is earlier[0] and not failing.reported:
        return Pick(failing, "is the first, and tells of the failure", seen=True)
    return _day_of(Pick(failing, ""), earlier)


def _until(rows: Sequence[Row], last: Row | None) -> Iterator[Row]:
    for row in rows:
        yield row
        if row is last:
            return


def _day_of(detected: Pick | None, earlier: Sequence[Row]) -> Pick | None:
    """The day on which it was noticed, where the failure had begun by then and the timeline knows no other day."""
    if detected is None or detected.row.moment is None:
        return None
    first = next((row for row in earlier if row.moment), None)
    tells = detected.row.fails or detected.row.machine or (first is not None and first is not detected.row)
    if not tells or first is None or first.moment is None or first.moment.day != detected.row.moment.day:
        return None
    why = "says that it was noticed, and it began earlier or then"
    late = bool(detected.row.reported and detected.row.fails and not detected.row.machine)
    return Pick(detected.row, why, day=True, late=late)


def _doubt(started: Pick, stated: Durations, detected: Pick | None, resolved: Pick | None) -> Pick:
    """Only the day, where the durations that the page states agree with no pair of these rows."""
    checks = [
        duration.agrees(apart(started.row, other.row))
        for duration, other in ((stated.detect, detected), (stated.recover, resolved))
        if duration and other and started.row.when and other.row.when
    ]
    if not checks or any(checks):
        return started
    return Pick(started.row, f"{started.why}, though not by the durations that the page states", day=True)


def _resolved(rows: Sequence[Row], choice: Choice) -> Pick | None:
    """The last row that says that it was over, if none after it tells of a failure; else a repair at the very end."""
    first = choice.picks.get("detected") or choice.picks.get("started")
    after = [row for row in rows if not (first and _before(row, first.row))]
    over = [row for row in after if row.resolves > 1]
    if not over:
        return _repaired(after)
    named = [row for row in over if row.resolves > 2]
    last = named[-1] if named else over[-1]
    again = [row for row in rows if (row.fails or row.detects > 1) and not row.resolves and _before(last, row)]
    if again and over[-1] is not last and _before(again[0], over[-1]):
        last, again = over[-1], [row for row in again if _before(over[-1], row)]
    follow = len(rows) - 1 - max(at for at, row in enumerate(rows) if row is last)
    if any(row.fails for row in again) or (last.resolves == 2 and follow > _FOLLOWING):
        choice.gaps["resolved"] = "after the row that says that it was over, others tell of more"
        return None
    return Pick(last, "says that it was over")


def _repaired(rows: Sequence[Row]) -> Pick | None:
    """The last row of a timeline that ends with a repair, and with nothing that failed after it."""
    if len(rows) < 2:  # a timeline of one row has no end
        return None
    last = rows[-1]
    return Pick(last, "is the last, and tells of a repair") if last.repairs and not last.fails else None


def _between(choice: Choice, rows: Sequence[Row]) -> None:
    """Acknowledged and mitigated, which lie between the others."""
    picks = choice.picks
    low, high = picks.get("detected") or picks.get("started"), picks.get("resolved")
    inside = [
        row
        for row in rows
        if not (low and row is low.row)
        and not (low and _before(row, low.row))
        and not (high and _before(high.row, row))
    ]
    taken = next((row for row in inside if row.acknowledges), None)
    if taken and not any((row.mends or row.resolves > 1) and _before(row, taken) for row in inside):
        picks["acknowledged"] = Pick(taken, "says that it was acknowledged")
    eased = next((row for row in inside if row.mitigates), None)
    if eased is None and high and high.row.lasting:
        eased = next((row for row in inside if row.resolves > 1 and not row.lasting and _before(row, high.row)), None)
    if eased:
        picks["mitigated"] = Pick(eased, "says that it helped")


def _before(first: Row, second: Row) -> bool:
    """Whether a row is surely earlier, by clocks where both have one and by days otherwise."""
    if first.when and second.when:
        return first.when < second.when
    return bool(first.moment and second.moment and first.moment.day < second.moment.day)
