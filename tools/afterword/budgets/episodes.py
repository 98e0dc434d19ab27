"""Episodes: stretches of telemetry in which more went wrong than the target allows. The large ones are breaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import inf

from afterword.budgets.corrections import Interval, merged
from afterword.budgets.history import History, Track, instant
from afterword.budgets.impact import COVERED, NOTHING
from afterword.budgets.incidents import Incident, incidents
from afterword.budgets.judging import too_few
from afterword.budgets.objective import Objective
from afterword.budgets.waivers import NONE, Waivers
from afterword.model import Breach, Postmortem

GAP = timedelta(minutes=15)
"""Episodes that lie no further apart are one."""
LARGE = 0.1
"""A breach used more than this share of a budget."""


def breaches(
    history: History,
    objectives: Iterable[Objective],
    postmortems: Iterable[Postmortem] = (),
    waivers: Waivers = NONE,
    at: datetime | None = None,
) -> tuple[Breach, ...]:
    """The breaches that began before ``at``, the earliest first; take maintenance out of the history before.

    The budget is that of the window which ends with the episode. Nothing is said where less than 90 % of the window
    is known, nor of traffic so low that not one bad event would be allowed. A budget of zero is breached by any loss.
    """
    known = incidents(postmortems)
    found = [
        breach
        for aim in objectives
        if (track := history.of(aim.id)) is not None
        for span in episodes(track, aim)
        if (at is None or span[0] < at) and (breach := _breach(track, aim, span, known, waivers)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.start, item.slo)))


def episodes(track: Track, aim: Objective) -> tuple[Interval, ...]:
    """When more went wrong than the target allows, in whole steps; short gaps are closed."""
    return merged(_steps(track, aim), GAP)


def _steps(track: Track, aim: Objective) -> Iterator[Interval]:
    allowed = float(aim.budget)
    for index, (bad, total) in enumerate(zip(track.bad, track.total, strict=True), track.first):
        if bad and total is not None and bad > allowed * total + NOTHING:
            yield instant(index), instant(index + 1)


def _breach(track: Track, aim: Objective, span: Interval, known: Sequence[Incident], waivers: Waivers) -> Breach | None:
    start, end = span
    window = aim.window.span(end).start
    lost, count = track.sum(start, end), track.sum(window, end)
    if lost is None or count is None:
        return None
    consumed = lost.bad / (float(aim.budget) * count.total) if aim.budget else inf
    # nearly all episodes are small, so that the rest is asked last
    if consumed <= LARGE or track.coverage(window, end) < COVERED or (aim.budget and too_few(aim, count)):
        return None
    explained = tuple(sorted(item.id for item in known if item.concerns(aim) and item.overlaps(start, end)))
    waiver = waivers.of(aim.id, start, end)
    return Breach(
        aim.id, aim.service, start, end, consumed, lost.bad,
        explained_by=explained, waiver=waiver.reason if waiver else None, path=aim.path, span=aim.span,
    )  # fmt: skip
