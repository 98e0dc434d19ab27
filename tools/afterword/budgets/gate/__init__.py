"""Gate: may this change be deployed now? Decided on the worst required objective, never on an average.

What cannot be judged blocks: the verdict is then UNCHECKED, whose code is 99.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from afterword.budgets import judging
from afterword.budgets.budget import Budget, State
from afterword.budgets.gate.overrides import Override
from afterword.budgets.gate.policy import Change, OpenIncidents, Policy
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import Snapshot

RANK = (State.NORMAL, State.CAUTION, State.WARNING, State.FREEZE, State.EXHAUSTED, State.UNCHECKED)
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident of ours that is not resolved."""

    id: str
    title: str
    services: tuple[str, ...]
    started: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is judged: budgets with their instants, what speaks against relying on them, and open incidents.

    ``at`` and ``captured_at`` are ``None`` when nothing could be measured. ``source``: where it came from, for readers.
    """

    budgets: tuple[Budget, ...] = ()
    at: datetime | None = None
    captured_at: datetime | None = None
    source: str = ""
    faults: tuple[str, ...] = ()
    open_incidents: tuple[OpenIncident, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says. ``state`` is the true one; ``passed`` may be so in spite of it.

    ``service`` is ``None`` for all. ``reasons``: sentences, the weightiest first. ``blocking``: the states in which
    the policy does not let this change pass, the worst first. ``override``: an accepted one. ``recorded``: where the
    override or rollback was written down.
    """

    passed: bool
    state: State
    change: Change
    service: str | None
    evidence: Evidence
    budgets: tuple[Budget, ...]
    worst: Budget | None
    reasons: tuple[str, ...]
    text: str
    blocking: tuple[State, ...] = ()
    override: Override | None = None
    recorded: tuple[str, ...] = ()

    @property
    def code(self) -> int:
        """The exit code: 0 when it passes, else the state's."""
        return 0 if self.passed else self.state.code

    def overridden(self, override: Override, recorded: tuple[str, ...]) -> Verdict:
        """The same, let pass by somebody who answers for it."""
        return replace(self, passed=True, override=override, recorded=recorded)


def decide(evidence: Evidence, policy: Policy, *, service: str | None, change: Change) -> Verdict:
    """The verdict on a change to a service, or to any (``None``).

    It passes only when the policy lets it pass in every state that holds: what is let pass unchecked is not let pass
    exhausted, and one objective may be the one while another is the other.
    """
    chosen = tuple(item for item in evidence.budgets if service is None or item.objective.service == service)
    judged = sorted(((state_of(item), item) for item in chosen if item.objective.required), key=_badness)
    incidents = tuple(item for item in evidence.open_incidents if service is None or service in item.services)
    blocks = bool(incidents) and policy.open_incidents is OpenIncidents.BLOCK
    held = {state for state, _ in judged}
    held |= {State.UNCHECKED} if evidence.faults or not judged else set()
    held |= {State.FREEZE} if blocks else set()
    states = sorted(held, key=RANK.index, reverse=True)
    reasons = [*evidence.faults, *(_reason(state, item) for state, item in judged if state.code)]
    if not judged and not evidence.faults:
        reasons.append(_nothing(service, chosen))
    if blocks:
        reasons.append(_open(incidents))
    blocking = tuple(state for state in states if not policy.lets_pass(change, state))
    return Verdict(
        passed=not blocking,
        state=states[0],
        change=change,
        service=service,
        evidence=replace(evidence, open_incidents=incidents),
        budgets=chosen,
        worst=judged[0][1] if judged else None,
        reasons=tuple(reasons),
        text=policy.texts[states[0]],
        blocking=blocking,
    )


def _badness(pair: tuple[State, Budget]) -> tuple[int, float, str]:
    """Sorts the worst first: by state, then by what is left."""
    state, item = pair
    return -RANK.index(state), _left(item), item.objective.id


def state_of(budget: Budget) -> State:
    """A budget's state as the gate takes it: an answer of which a part is missing is no answer."""
    if judging.PARTIAL in budget.marks and budget.state is not State.EXHAUSTED:
        return State.UNCHECKED
    return budget.state


def _left(budget: Budget) -> float:
    return float("-inf") if budget.remaining is None else float(budget.remaining)


def _reason(state: State, budget: Budget) -> str:
    why = _why(budget)
    return f"{budget.objective.id} is {state.value}" + (f": {why}" if why else "")


def _open(incidents: Sequence[OpenIncident]) -> str:
    noun = "incident" if len(incidents) == 1 else "incidents"
    return f"{len(incidents)} open {noun}: {', '.join(item.id for item in incidents)}"


def _why(budget: Budget) -> str:
    if judging.PARTIAL in budget.marks and budget.state.code == 0:
        return "the server said that its answer was not all there is"
    return budget.reason or ""


def _nothing(service: str | None, chosen: Sequence[Budget]) -> str:
    if chosen:
        return f"no objective of {service or 'any service'} is required, so there is nothing to judge by"
    return f"there is no objective of {service}" if service else "there is no objective"


def stale(snapshot: Snapshot, now: datetime, max_age: int) -> str | None:
    """Why a snapshot is not of now, or ``None``. ``max_age`` in seconds."""
    age = (now - snapshot.at).total_seconds()
    if age < -60:
        return f"the snapshot is of {snapshot.at:%Y-%m-%d %H:%M} UTC, which lies in the future: a clock is wrong"
    if age > max_age:
        return f"the snapshot is {_span(age)} old, and {_span(max_age)} is the most that counts"
    return None


def _span(seconds: float) -> str:
    minutes = seconds / 60
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 2880 else f"{minutes / 1440:.0f} d"


def changed(snapshot: Snapshot, objectives: Sequence[Objective], service: str | None = None) -> tuple[str, ...]:
    """Why a snapshot does not measure the objectives that the library has now; empty when it does.

    ``service``: only what was or is of this one. Another team's new objective is no reason to stop a deploy.
    """
    found: list[str] = []
    for item in objectives:
        measured = snapshot.of(item.id)
        owners = {item.service, measured.objective.service if measured else item.service}
        if service is not None and service not in owners:
            continue
        if measured is None:
            found.append(f"{item.id} is not in the snapshot: take a new one")
        elif measured.objective != item:
            found.append(f"{item.id} was changed since the snapshot: take a new one")
    return tuple(found)
