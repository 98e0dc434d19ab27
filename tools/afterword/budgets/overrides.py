"""Overrides: how somebody lets a deploy pass in spite of the budget, and what that takes in each state."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from afterword.budgets.budget import State
from afterword.budgets.policy import Policy
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
    """A decision against the gate: the variable that asked for it, why, and who approved."""

    variable: str
    reason: str | None
    approved_by: str | None


def asked(environment: Mapping[str, str], state: State, policy: Policy, *, listed: bool = True) -> Override | None:
    """The override that the environment asks for in a state; ``None`` when it asks for none.

    ``listed``: approvers have to be in the policy; without one anybody may be named. Raises ``OverrideError`` for an
    override that lacks something.
    """
    variable = VARIABLES.get(state)
    if variable is None or not _is_set(environment, variable):
        return None
    reason, approver = plain_text(environment, REASON), plain_text(environment, APPROVER)
    if needs_reason(state) and not reason:
        raise OverrideError(f"{variable} is set without a reason", f"Say why in {REASON}.")
    if needs_approver(state):
        _check_approver(variable, approver, policy, listed=listed)
    return Override(variable, reason or None, approver or None)


def needs_reason(state: State) -> bool:
    """Whether an override in this state has to say why."""
    return state in (State.FREEZE, State.EXHAUSTED, State.UNCHECKED)


def needs_approver(state: State) -> bool:
    """Whether it has to name somebody who approved."""
    return state in (State.FREEZE, State.EXHAUSTED)


def mistaken(environment: Mapping[str, str], state: State) -> str | None:
    """A remark on an override that is set for another state than the one that holds."""
    others = [name for other, name in VARIABLES.items() if other is not state and environment.get(name, "").strip()]
    wanted = VARIABLES.get(state)
    if not others or wanted is None or environment.get(wanted, "").strip():
        return None
    return f"{others[0]} does not count in {state.value}; that takes {wanted}"


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
