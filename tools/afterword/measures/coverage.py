"""Coverage: of the incidents that require a postmortem, the share that has one published.

One is required by any of the eight reasons of the guide's *When to write*, or by a critical severity. Only
incidents that somebody wrote down in this library are known, so the real share is at most this one.
"""

from __future__ import annotations

from collections.abc import Iterable

from afterword.measures.base import Better, Reason, Scope, Share, Target, Unit, excluded, is_draft
from afterword.model import Postmortem

REQUIRING = frozenset(
    {
        "slo-violated",
        "downtime-over-5-min",
        "budget-over-10-percent",
        "over-100-users",
        "customer-facing-outage",
        "data-loss",
        "on-call-escalation",
        "security-incident",
    }
)
"""Reasons that require a postmortem; the others of the schema recommend or allow one."""


def is_critical(postmortem: Postmortem, scope: Scope) -> bool:
    """Whether its severity is one that the settings mark as critical."""
    severity = scope.settings.severities.get(postmortem.severity or "")
    return severity is not None and severity.critical


def requires_one(postmortem: Postmortem, scope: Scope) -> bool:
    """Whether an incident requires a postmortem."""
    return is_critical(postmortem, scope) or not REQUIRING.isdisjoint(postmortem.required_because)


def coverage(postmortems: Iterable[Postmortem], scope: Scope, *, critical: bool = False) -> Share:
    """The share of our own incidents, or of the ``critical`` ones, that have what they require; drafts excluded."""
    asked = is_critical if critical else requires_one
    judged = [item for item in postmortems if scope.is_own_incident(item) and asked(item, scope)]
    counted = [item for item in judged if not is_draft(item)]
    missing = sorted(item.id for item in counted if not scope.is_published(item))
    drafts = [Reason.DRAFT] * (len(judged) - len(counted))
    return Share(len(counted) - len(missing), len(counted), tuple(missing), excluded(drafts))


def coverage_target(scope: Scope) -> Target:
    """The library's target, which is for the critical ones."""
    return Target(scope.settings.targets.coverage, Unit.SHARE, Better.HIGHER)
