"""Durations: time to detect, acknowledge, mitigate and resolve, over many incidents.

TTD = detected − started · TTA = acknowledged − detected · TTM = mitigated − started, what DORA calls time to
restore · TTR = resolved − started. Their means are MTTD, MTTA, MTTM and MTTR. Seconds, as the files say them:
an alert that rang before the first user was hurt gives a negative time to detect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from afterword.measures.base import (
    Better,
    Distribution,
    Observation,
    Reason,
    Scope,
    Target,
    Unit,
    distribution,
    is_draft,
)
from afterword.model import Postmortem
from afterword.timing import between


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one milestone to another."""

    start: str
    end: str

    def of(self, postmortem: Postmortem) -> timedelta | Reason:
        """The duration, or why there is none."""
        start, end = postmortem.milestone(self.start), postmortem.milestone(self.end)
        found = between(start, end)
        if found is not None:
            return found
        if {self.start, self.end} & postmortem.unknown:
            return Reason.UNKNOWN
        if end is None and self.end in ("mitigated", "resolved") and postmortem.is_ongoing:
            return Reason.ONGOING
        return Reason.NOT_STATED if start is None or end is None else Reason.BARE_DATE


TTD = Stretch("started", "detected")
TTA = Stretch("detected", "acknowledged")
TTM = Stretch("started", "mitigated")
TTR = Stretch("started", "resolved")


def durations(
    stretch: Stretch, postmortems: Iterable[Postmortem], scope: Scope, target: Target | None = None
) -> Distribution:
    """The durations of our own incidents, drafts excluded, in seconds."""
    observations: list[Observation] = []
    reasons: list[Reason] = []
    for postmortem in postmortems:
        if not scope.is_own_incident(postmortem):
            continue
        found = Reason.DRAFT if is_draft(postmortem) else stretch.of(postmortem)
        if isinstance(found, Reason):
            reasons.append(found)
        else:
            observations.append(scope.observe(postmortem, found.total_seconds()))
    return distribution(Unit.SECONDS, observations, target=target, reasons=reasons)


def restore_target(scope: Scope) -> Target:
    """The library's target of time to mitigate: under so many minutes."""
    seconds = scope.settings.targets.time_to_restore_minutes * 60
    return Target(seconds, Unit.SECONDS, Better.LOWER, strict=True)
