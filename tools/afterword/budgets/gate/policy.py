"""Policy: what the states of a budget mean for deploys, and who may decide otherwise. ``budgets/policy.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from afterword import marks, validation, yamltree
from afterword.budgets.budget import State, Thresholds
from afterword.findings import START, Finding, Level
from afterword.source import Source, decode

FILE = "budgets/policy.yml"
MINUTE = 60


class Change(StrEnum):
    """What kind of change wants to be deployed."""

    FEATURE = "feature"
    FIX = "fix"
    ROLLBACK = "rollback"


class OpenIncidents(StrEnum):
    """What an incident that is not resolved means for deploys of its service."""

    SHOW = "show"
    BLOCK = "block"


TEXTS: Mapping[State, str] = {
    State.NORMAL: "Deploy as usual.",
    State.CAUTION: "Deploy as usual, with an eye on the pace at which the budget is spent.",
    State.WARNING: "Reliability comes first: emergency fixes only, and every change is reviewed.",
    State.FREEZE: "No deploys, except rollbacks, until the budget recovers.",
    State.EXHAUSTED: "The objective is violated: no deploys, except rollbacks, until the budget comes back.",
    State.UNCHECKED: "The budget could not be checked, so nothing is deployed until it can.",
}
"""What each state means where the policy says nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """All of ``budgets/policy.yml``, or its defaults.

    ``texts``: for people. ``passes``: which changes pass in a state that blocks; a rollback always does. ``approvers``:
    handles of those who may approve an override. ``max_age``: seconds after which a snapshot is too old to judge by.
    ``review_days``: days until an override has to have been reviewed.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    texts: Mapping[State, str] = field(default_factory=lambda: dict(TEXTS))
    passes: Mapping[State, frozenset[Change]] = field(default_factory=dict)
    approvers: tuple[str, ...] = ()
    max_age: int = 60 * MINUTE
    open_incidents: OpenIncidents = OpenIncidents.SHOW
    review_days: int = 7

    def lets_pass(self, change: Change, state: State) -> bool:
        """Whether a change passes in a state without an override."""
        return change is Change.ROLLBACK or state.code == 0 or change in self.passes.get(state, frozenset())


DEFAULT = Policy()


def read(data: bytes, path: str = FILE, *, judged: bool = False) -> tuple[Policy, list[Finding]]:
    """The policy that a file's bytes describe, and what is wrong with it. Never raises for content.

    A file at fault gives the defaults beside its findings: who decides by it has to look at those first. ``judged``:
    these very bytes have been held against the schema before, and were found good.
    """
    source, faults = decode(path, data)
    if source is None:
        return DEFAULT, faults
    chosen, found = _read(source, faults, judged=judged)
    if found:
        from afterword.confidentiality import mask_of_secrets  # noqa: PLC0415  # a gate that is asked must not wait

        found = [mask_of_secrets(source).finding(fault) for fault in found]
    return chosen, found


def _read(source: Source, findings: list[Finding], *, judged: bool) -> tuple[Policy, list[Finding]]:
    path = source.path
    node, found = yamltree.parse(source)
    findings = [*findings, *found]
    if node is None:
        return DEFAULT, findings or [_fault(path, "there is no policy in the file", "Begin with `schema: 1`.")]
    if not judged:
        findings += validation.validate(validation.validator("policy"), path, node)
    raw: Any = yamltree.plain(node)
    if findings or not isinstance(raw, dict):
        return DEFAULT, findings
    thresholds = _thresholds(raw.get("thresholds") or {})
    if not thresholds.caution >= thresholds.warning >= thresholds.freeze:
        place = marks.spans(node).get("thresholds", START)
        message = "thresholds are out of order: caution, warning and freeze have to fall"
        return DEFAULT, [Finding("AW101", "schema-value", Level.ERROR, message, path, place, "For example 80, 50, 20.")]
    return _policy(raw, thresholds), findings


def _fault(path: str, message: str, hint: str) -> Finding:
    return Finding("AW101", "schema-value", Level.ERROR, message, path, START, hint)


def _thresholds(raw: Mapping[str, Any]) -> Thresholds:
    defaults = Thresholds()
    shares = {name: Fraction(str(value)) / 100 for name, value in raw.items() if value is not None}
    return Thresholds(
        caution=shares.get("caution", defaults.caution),
        warning=shares.get("warning", defaults.warning),
        freeze=shares.get("freeze", defaults.freeze),
    )


def _policy(raw: Mapping[str, Any], thresholds: Thresholds) -> Policy:
    states: Mapping[str, Mapping[str, Any]] = {key: value or {} for key, value in (raw.get("states") or {}).items()}
    overrides: Mapping[str, Any] = raw.get("overrides") or {}
    texts = {State(name): " ".join(entry["text"].split()) for name, entry in states.items() if entry.get("text")}
    return Policy(
        thresholds=thresholds,
        texts={**TEXTS, **texts},
        passes={
            State(name): frozenset(map(Change, wanted))
            for name, entry in states.items()
            if (wanted := entry.get("passes"))
        },
        approvers=tuple(overrides.get("approvers") or ()),
        max_age=round((raw.get("max_age_minutes") or 60) * MINUTE),
        open_incidents=OpenIncidents(raw.get("open_incidents") or "show"),
        review_days=overrides.get("review_days") or DEFAULT.review_days,
    )


def plain(policy: Policy) -> dict[str, Any]:
    """A policy as JSON that ``read`` takes again: with every default filled in."""
    limits = policy.thresholds
    return {
        "schema": 1,
        "thresholds": {name: float(getattr(limits, name) * 100) for name in ("caution", "warning", "freeze")},
        "states": {
            state.value: {"text": policy.texts[state], "passes": sorted(policy.passes.get(state, ()))}
            for state in State
        },
        "overrides": {"approvers": list(policy.approvers), "review_days": policy.review_days},
        "max_age_minutes": policy.max_age / MINUTE,
        "open_incidents": policy.open_incidents.value,
    }
