"""Episodes: stretches of telemetry in which more went wrong than the target allows. The large ones are breaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import compress
from math import inf
from typing import TypeAlias

from afterword.budgets.corrections import Interval
from afterword.budgets.history import History, Track, instant
from afterword.budgets.incidents.impact import COVERED, NOTHING
from afterword.budgets.incidents.spans import Incident, incidents
from afterword.budgets.judging import too_few
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import STEP
from afterword.budgets.waivers import NONE, Waivers
from afterword.budgets.window import Rolling
from afterword.model import Breach, Postmortem

GAP = timedelta(minutes=15)
"""Episodes that lie no further apart are one."""
_GAP_STEPS = GAP // timedelta(seconds=STEP)
LARGE = 0.1
"""A breach used more than this share of a budget."""
Run: TypeAlias = tuple[int, int]
"""Steps of a track, from the first up to the one after the last."""


def breaches(
    history: History,
    objectives: Iterable[Objective],
    postmortems: Iterable[Postmortem] = (),
    waivers: Waivers = NONE,
    at: datetime | None = None,
) -> tuple[Breach, ...]:
    """The breaches that began before ``at``, the earliest first; take maintenance out of the history before.

    The budget is that of the window which ends with the episode. Nothing is said where less than 90 % of the window
    is known, nor of traffic so low that not one bad event would be allowed. A budget of zero is breached by any loss,
    whatever else is known.
    """
    known = incidents(postmortems)
    found = [
        breach
        for aim in objectives
        if (track := history.of(aim.id)) is not None
        for span in _large(track, aim)
        if (at is None or span[0] < at) and (breach := _breach(track, aim, span, known, waivers)) is not None
    ]
    return tuple(sorted(found, key=lambda item: (item.start, item.slo)))


def _large(track: Track, aim: Objective) -> Iterator[Interval]:
    """The episodes without those that surely are no breach: nearly all, and to tell by whole steps is quick.

    Only of a rolling window; the part of a step that is left out would make the share smaller still.
    """
    bad, total, _ = track.sums
    share = LARGE * float(aim.budget)
    steps = aim.window.seconds // STEP if isinstance(aim.window, Rolling) else 0
    for first, last in _episodes(track, aim):
        if bad[last] - bad[first] > share * (total[last] - total[max(last - steps, 0)]):
            yield instant(track.first + first), instant(track.first + last)


def _episodes(track: Track, aim: Objective) -> list[Run]:
    """When more went wrong than the target allows, in whole steps; short gaps are closed."""
    found: list[Run] = []
    for index in _faulty(track, aim):
        if found and index - found[-1][1] <= _GAP_STEPS:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def _faulty(track: Track, aim: Objective) -> list[int]:
    """The steps in which more went wrong than the target allows."""
    allowed, lost, total = float(aim.budget), track.bad, track.total
    return [
        index
        for index in compress(range(len(lost)), lost)
        if (bad := lost[index]) and (events := total[index]) is not None and bad > allowed * events + NOTHING
    ]


def _breach(track: Track, aim: Objective, span: Interval, known: Sequence[Incident], waivers: Waivers) -> Breach | None:
    start, end = span
    window = aim.window.span(end).start
    lost, count = track.sum(start, end), track.sum(window, end)
    if lost is None or count is None:
        return None
    consumed = lost.bad / (float(aim.budget) * count.total) if aim.budget else inf
    # nearly all episodes are small, so that the rest is asked last
    if consumed <= LARGE or (aim.budget and (track.coverage(window, end) < COVERED or too_few(aim, count))):
        return None
    explained = tuple(sorted(item.id for item in known if item.concerns(aim) and item.overlaps(start, end)))
    waiver = waivers.of(aim.id, start, end)
    return Breach(
        aim.id, aim.service, start, end, consumed, lost.bad,
        explained_by=explained, waiver=waiver.reason if waiver else None, path=aim.path, span=aim.span,
    )  # fmt: skip
