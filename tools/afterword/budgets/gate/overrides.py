"""Overrides: how somebody lets a deploy pass in spite of the budget, and what that takes in each state."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afterword.budgets.budget import State
from afterword.budgets.gate.policy import Policy
from afterword.errors import AfterwordError

VARIABLES: Mapping[State, str] = {
    State.WARNING: "OVERRIDE_DEPLOY",
    State.FREEZE: "OVERRIDE_DEPLOY_FREEZE",
    State.EXHAUSTED: "OVERRIDE_BUDGET_EXHAUSTED",
    State.UNCHECKED: "OVERRIDE_UNCHECKED",
}
"""Each counts in its own state only: who overrides has to know which one it is."""
REASON = "OVERRIDE_REASON"
APPROVER = "OVERRIDE_APPROVED_BY"
LONGEST = 1000
"""Characters of a reason; the rest is cut."""
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class OverrideError(AfterwordError):
    """An override was asked for and does not count."""


@dataclass(frozen=True, slots=True)
class Override:
    """A decision against the gate: the variables that asked for it, why, and who approved."""

    variables: tuple[str, ...]
    reason: str | None
    approved_by: str | None


def needed(blocking: Sequence[State]) -> tuple[State, ...]:
    """The states whose overrides it takes: the worst that was measured, and that something was not.

    Without the first, whoever lets pass what nobody could check would let pass what is known to be exhausted.
    """
    measured = sorted((state for state in blocking if state is not State.UNCHECKED), key=lambda state: -state.code)
    return (*(state for state in blocking if state is State.UNCHECKED), *measured[:1])


def asked(
    environment: Mapping[str, str], blocking: Sequence[State], policy: Policy, *, listed: bool = True
) -> Override | None:
    """The override that the environment asks for in the states that block; ``None`` when it asks for none.

    ``listed``: approvers have to be in the policy; without one anybody may be named. Raises ``OverrideError`` for an
    override that lacks something.
    """
    states = needed(blocking)
    found = {state: _is_set(environment, VARIABLES[state]) for state in states}
    if not any(found.values()):
        return None
    missing = next((state for state in states if not found[state]), None)
    if missing is not None:
        raise OverrideError(
            f"something is {missing.value} as well, and that takes {VARIABLES[missing]}",
            "Each counts in its own state only.",
        )
    variables = tuple(VARIABLES[state] for state in states)
    reason, approver = plain_text(environment, REASON), plain_text(environment, APPROVER)
    if any(map(needs_reason, states)) and not reason:
        raise OverrideError(f"{variables[0]} is set without a reason", f"Say why in {REASON}.")
    if any(map(needs_approver, states)):
        _check_approver(variables[-1], approver, policy, listed=listed)
    return Override(variables, reason or None, approver or None)


def needs_reason(state: State) -> bool:
    """Whether an override in this state has to say why."""
    return state in (State.FREEZE, State.EXHAUSTED, State.UNCHECKED)


def needs_approver(state: State) -> bool:
    """Whether it has to name somebody who approved."""
    return state in (State.FREEZE, State.EXHAUSTED)


def mistaken(environment: Mapping[str, str], blocking: Sequence[State]) -> str | None:
    """A remark on an override that is set for another state than those that block."""
    wanted = [VARIABLES[state] for state in needed(blocking)]
    others = [
        name for name in VARIABLES.values()
        if name not in wanted and environment.get(name, "").strip().lower() not in _NO
    ]  # fmt: skip
    if not others or not wanted:
        return None
    states = " and ".join(state.value for state in needed(blocking))
    return f"{others[0]} does not count in {states}; that takes {' and '.join(wanted)}"


def _is_set(environment: Mapping[str, str], variable: str) -> bool:
    value = environment.get(variable, "").strip().lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise OverrideError(f"{variable} is neither true nor false", f"Set {variable}=true, or unset it.")


def _check_approver(variable: str, approver: str, policy: Policy, *, listed: bool) -> None:
    if not approver:
        raise OverrideError(f"{variable} is set without an approver", f"Name one in {APPROVER}.")
    if not listed:
        return
    if not policy.approvers:
        raise OverrideError(
            "the policy lists nobody who may approve overrides", "List them under overrides, approvers in the policy."
        )
    if _handle(approver) not in {_handle(item) for item in policy.approvers}:
        raise OverrideError(f"{approver[:80]} may not approve overrides", f"These may: {', '.join(policy.approvers)}.")


def _handle(text: str) -> str:
    return text.strip().removeprefix("@").casefold()


def plain_text(environment: Mapping[str, str], variable: str) -> str:
    """A text on one line, without signs that steer a terminal, bounded."""
    plain = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in environment.get(variable, "")[: LONGEST * 4]
    )
    return " ".join(plain.split())[:LONGEST]
