"""Overrides: each variable in its own state, with what it takes, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.budget import State
from afterword.budgets.gate import overrides
from afterword.budgets.gate.overrides import APPROVER, REASON, VARIABLES, Override, OverrideError, asked
from afterword.budgets.gate.policy import Policy

POLICY = Policy(approvers=("@lead",))
WHOLE = {REASON: "A customer waits", APPROVER: "@lead"}


@pytest.mark.parametrize("state", list(VARIABLES))
@pytest.mark.parametrize("variable", list(VARIABLES.values()))
def test_each_variable_counts_in_its_own_state_only(state: State, variable: str) -> None:
    found = asked({**WHOLE, variable: "true"}, (state,), POLICY)
    if variable == VARIABLES[state]:
        assert found == Override((variable,), "A customer waits", "@lead")
        assert overrides.mistaken({variable: "true"}, (state,)) is None
    else:
        assert found is None
        assert VARIABLES[state] in str(overrides.mistaken({variable: "true"}, (state,)))


@pytest.mark.parametrize("value", ["true", "1", "yes", " TRUE ", "on"])
def test_yes_in_any_case(value: str) -> None:
    assert asked({"OVERRIDE_DEPLOY": value}, (State.WARNING,), POLICY)


@pytest.mark.parametrize("value", ["", " ", "0", "false", "no", "off"])
def test_no_asks_for_nothing(value: str) -> None:
    assert asked({"OVERRIDE_DEPLOY": value}, (State.WARNING,), POLICY) is None
    assert overrides.mistaken({"OVERRIDE_DEPLOY": value}, (State.FREEZE,)) is None


@given(st.text(min_size=1).filter(lambda text: text.strip().lower() not in {*"10", "", "true", "yes", "on", "false", "no", "off"}))  # fmt: skip  # noqa: E501
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(OverrideError, match="neither true nor false"):
        asked({"OVERRIDE_DEPLOY": value}, (State.WARNING,), POLICY)


@pytest.mark.parametrize("state", [State.FREEZE, State.EXHAUSTED, State.UNCHECKED])
@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "\u200b", "\x1b\x07", "\u00a0"])
def test_blanks_are_no_reason(state: State, reason: str) -> None:
    with pytest.raises(OverrideError, match="without a reason"):
        asked({**WHOLE, VARIABLES[state]: "1", REASON: reason}, (state,), POLICY)


@pytest.mark.parametrize("state", [State.FREEZE, State.EXHAUSTED])
@pytest.mark.parametrize(
    ("approver", "words"), [("", "without an approver"), ("@me", "may not approve"), ("@lead @me", "may not")]
)
def test_an_approver_has_to_be_in_the_policy(state: State, approver: str, words: str) -> None:
    with pytest.raises(OverrideError, match=words):
        asked({**WHOLE, VARIABLES[state]: "1", APPROVER: approver}, (state,), POLICY)
    with pytest.raises(OverrideError, match="lists nobody"):
        asked({**WHOLE, VARIABLES[state]: "1"}, (state,), Policy())


def test_a_handle_may_lack_its_sign_and_a_policy() -> None:
    environment = {**WHOLE, "OVERRIDE_DEPLOY_FREEZE": "1", APPROVER: "Lead"}
    assert asked(environment, (State.FREEZE,), POLICY)
    assert asked({**environment, APPROVER: "@anybody"}, (State.FREEZE,), Policy(), listed=False)


def test_what_nobody_checked_does_not_excuse_what_is_exhausted() -> None:
    both = (State.UNCHECKED, State.EXHAUSTED, State.WARNING)
    environment = {**WHOLE, "OVERRIDE_UNCHECKED": "1"}
    with pytest.raises(OverrideError, match="EXHAUSTED as well"):
        asked(environment, both, POLICY)
    found = asked({**environment, "OVERRIDE_BUDGET_EXHAUSTED": "1"}, both, POLICY)
    assert found is not None
    assert found.variables == ("OVERRIDE_UNCHECKED", "OVERRIDE_BUDGET_EXHAUSTED")


@given(st.lists(st.sampled_from(list(VARIABLES)), unique=True, min_size=1))
def test_the_worst_measured_state_stands_for_the_milder_ones(blocking: list[State]) -> None:
    wanted = overrides.needed(blocking)
    measured = [state for state in blocking if state is not State.UNCHECKED]
    assert (State.UNCHECKED in wanted) == (State.UNCHECKED in blocking)
    assert len(wanted) == (State.UNCHECKED in blocking) + bool(measured)
    assert all(wanted[-1].code >= state.code for state in measured)


@given(st.text(max_size=5000))
def test_a_reason_is_one_bounded_line_of_plain_signs(text: str) -> None:
    found = overrides.plain_text({REASON: text}, REASON)
    assert len(found) <= overrides.LONGEST
    assert not any(unicodedata.category(sign)[0] == "C" for sign in found)
    assert found == " ".join(found.split())
