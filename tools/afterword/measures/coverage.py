"""Coverage: of the incidents that require a postmortem, the share that has one published.

One is required by any of the eight reasons of the guide's *When to write*, or by a critical severity, or because
telemetry shows that it used over 10 % of an error budget. What telemetry shows and no postmortem tells of is missing,
unless it is waived. Without telemetry only incidents that somebody wrote down in this library are known, so the real
share is at most this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from afterword.measures.base import Better, Reason, Scope, Share, Target, Unit, excluded, is_draft
from afterword.model import Breach, Postmortem

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
    """The share of our own incidents, or of the ``critical`` ones, that have what they require; drafts excluded.

    Breaches have no severity, so they count among all incidents only.
    """
    breached = frozenset() if critical else frozenset(name for item in scope.breaches for name in item.explained_by)
    unwritten = [] if critical else _unwritten(scope.breaches)
    asked = is_critical if critical else requires_one
    own = [item for item in postmortems if scope.is_own_incident(item)]
    judged = [item for item in own if asked(item, scope) or item.id in breached]
    counted = [item for item in judged if not is_draft(item)]
    missing = sorted([*(item.id for item in counted if not scope.is_published(item)), *unwritten])
    drafts = [Reason.DRAFT] * (len(judged) - len(counted))
    of = len(counted) + len(unwritten)
    return Share(of - len(missing), of, tuple(missing), excluded(drafts), beside=len(unwritten))


def _unwritten(breaches: Iterable[Breach]) -> list[str]:
    """What nobody has explained or waived: the service and when it began, once where objectives fell together."""
    found: list[str] = []
    ends: dict[str, datetime] = {}
    for item in sorted(breaches, key=lambda item: (item.start, item.slo)):
        if not item.is_open:
            continue
        if item.service not in ends or item.start > ends[item.service]:
            found.append(f"{item.service} {item.start:%Y-%m-%dT%H:%MZ}")
        ends[item.service] = max(ends.get(item.service, item.end), item.end)
    return found


def coverage_target(scope: Scope) -> Target:
    """The library's target, which is for the critical ones."""
    return Target(scope.settings.targets.coverage, Unit.SHARE, Better.HIGHER)
