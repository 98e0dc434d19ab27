"""Impact: what each incident used of its services' error budgets.

An incident is charged with the bad events between ``started`` and ``resolved`` above the baseline, over B · N. The
baseline is the bad ratio outside all incidents of the window, and the window ends where the incident does, so that
the figure never changes again. Where incidents overlap they share the excess equally, and are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import inf

from afterword.budgets.corrections import merged
from afterword.budgets.history import History, Track
from afterword.budgets.incidents.spans import Incident, Silent, incidents, undated
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import STEP, Count
from afterword.model import Charge, Postmortem

COVERED = 0.9
"""So much of the window has to be known: beside it the baseline and the number of events are good enough."""
NOTHING = 1e-9
"""Events: less is what is left of sums of fractions, and nothing."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What incidents used, and what nobody can tell: by postmortem, the earliest first, and objective.

    Of what says no start nobody can tell anything; it comes last.
    """

    charges: tuple[Charge, ...] = ()
    silent: tuple[Silent, ...] = ()


def charges(
    postmortems: Iterable[Postmortem], history: History, objectives: Iterable[Objective], at: datetime
) -> tuple[Charge, ...]:
    """What each incident used of each objective of its services; see ``costs``."""
    return costs(postmortems, history, objectives, at).charges


def costs(postmortems: Iterable[Postmortem], history: History, objectives: Iterable[Objective], at: datetime) -> Costs:
    """What each of our own postmortems used, as of ``at`` (aware); what is still going on lasts until then.

    Take maintenance out of the history before. The target and window are those of ``objectives``.
    """
    items = tuple(postmortems)
    known = incidents(items)
    aims = sorted(objectives, key=lambda item: item.id)
    told: list[Charge] = []
    silent: list[Silent] = []
    for incident in known:
        for aim in aims:
            if not incident.concerns(aim) or incident.start > at:
                continue
            found = _charge(incident, aim, history.of(aim.id), known, at)
            if isinstance(found, Charge):
                told.append(found)
            else:
                silent.append(Silent(incident.id, aim.id, found))
    silent += [said for aim in aims for said in undated(items, aim)]
    return Costs(tuple(told), tuple(silent))


def _charge(
    incident: Incident, aim: Objective, track: Track | None, known: Sequence[Incident], at: datetime
) -> Charge | str:
    """What an incident used of one objective, or why nobody can tell."""
    if incident.fault:
        return incident.fault
    if track is None:
        return "no snapshot holds the objective"
    end = incident.until(min(at, track.end))
    if end > at or incident.start >= end or not _is_known(track, incident.start, end):
        return "the snapshots do not hold the whole incident"
    start = aim.window.span(end).start
    count = track.sum(start, end)
    if track.coverage(start, end) < COVERED or count is None:
        return f"the snapshots hold less than {COVERED * 100:.0f} % of the window that ended with it"
    if count.total <= 0:
        return "nothing was counted in the window that ended with it"
    others = [item for item in known if item.concerns(aim) and item.start < end]
    baseline = _baseline(track, count, others, start, end)
    bad, shared = _excess(track, incident, others, baseline, (incident.start, end))
    return Charge(
        incident.id,
        aim.id,
        consumed=_share(bad, aim, count.total),
        bad=bad,
        baseline=baseline,
        shared=shared,
        current=_current(track, incident, others, baseline, (aim, min(at, track.end))),
    )


def _is_known(track: Track, start: datetime, end: datetime) -> bool:
    """Whether telemetry holds all of a stretch of time, but for one step."""
    missing = (1 - track.coverage(start, end)) * (end - start).total_seconds()
    return track.start <= start and missing <= STEP + 1


def _baseline(track: Track, count: Count, others: Sequence[Incident], start: datetime, end: datetime) -> float:
    """The bad ratio of a window outside all incidents; 0 when there is nothing outside."""
    spans = merged((max(item.start, start), min(item.until(end), end)) for item in others if item.overlaps(start, end))
    inside = [track.sum(*span) or Count(0.0, 0.0) for span in spans]
    bad = count.bad - sum(item.bad for item in inside)
    total = count.total - sum(item.total for item in inside)
    return max(bad, 0.0) / total if total > NOTHING and bad > NOTHING else 0.0


def _excess(
    track: Track, incident: Incident, others: Sequence[Incident], baseline: float, span: tuple[datetime, datetime]
) -> tuple[float, bool]:
    """Bad events of an incident above the baseline within a stretch of it, and whether others took a part."""
    start, end = span
    near = [item for item in others if item.overlaps(start, end) and item.fault is None]
    edges = {start, end, *(edge for item in near for edge in (item.start, item.until(end)) if start < edge < end)}
    bad, shared = 0.0, False
    for first, last in pairwise(sorted(edges)):
        middle = first + (last - first) / 2
        sharing = sum(item.start <= middle <= item.until(end) for item in near if item.id != incident.id) + 1
        count = track.sum(first, last) or Count(0.0, 0.0)
        excess = count.bad - baseline * count.total
        bad += excess / sharing
        shared = shared or (sharing > 1 and abs(excess) > NOTHING)
    return (bad if bad > NOTHING else 0.0), shared


def _current(
    track: Track, incident: Incident, others: Sequence[Incident], baseline: float, now: tuple[Objective, datetime]
) -> float | None:
    """The share of the window that ends now; ``None`` when the incident has left it, or too little is known."""
    aim, at = now
    window = aim.window.span(at)
    start, end = max(incident.start, window.start), min(incident.until(at), at)
    count = track.sum(window.start, at)
    if end <= start or count is None or count.total <= 0 or track.coverage(window.start, at) < COVERED:
        return None
    bad, _ = _excess(track, incident, others, baseline, (start, end))
    return _share(bad, aim, count.total)


def _share(bad: float, aim: Objective, total: float) -> float:
    """Bad events over B · N; any share of a budget of zero is infinite."""
    if not aim.budget:
        return inf if bad > 0 else 0.0
    return bad / (float(aim.budget) * total)
