"""What the gate decides: on the worst that is required, and shut whenever nobody can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import gate, judging
from afterword.budgets.budget import Budget, State
from afterword.budgets.gate import Evidence, OpenIncident, Verdict
from afterword.budgets.gate.policy import DEFAULT, Change, OpenIncidents, Policy
from tests.budgets.counting import AT, objective, totals

LEFT = {
    State.NORMAL: Fraction(9, 10), State.CAUTION: Fraction(6, 10), State.WARNING: Fraction(3, 10),
    State.FREEZE: Fraction(1, 10), State.EXHAUSTED: Fraction(-1, 10), State.UNCHECKED: None,
}  # fmt: skip
INCIDENT = OpenIncident("2026-03-30-orders", "Orders are slow", ("orders",), "2026-03-30")


def budget(state: State, name: str = "shop-errors", **more: Any) -> Budget:
    """A budget in a state."""
    aim = objective(name, **{key: more.pop(key) for key in ("required",) if key in more})
    return replace(Budget(aim, aim.window.span(AT), state, LEFT[state]), **more)


def decided(*budgets: Budget, policy: Policy = DEFAULT, **more: Any) -> Verdict:
    """The verdict on a feature, or another change, to all services, or to one."""
    change, service = Change(more.pop("change", "feature")), more.pop("service", None)
    return gate.decide(Evidence(budgets, AT, AT, "test", **more), policy, service=service, change=change)


states = st.sampled_from(list(State))
budgets = st.lists(
    st.tuples(states, st.booleans(), st.sampled_from(["shop", "orders"])).map(
        lambda found: budget(found[0], f"{found[2]}-errors", required=found[1])
    ),
    max_size=6,
)
policies = st.builds(
    Policy,
    passes=st.dictionaries(states, st.frozensets(st.sampled_from([Change.FEATURE, Change.FIX]))),
    open_incidents=st.sampled_from(list(OpenIncidents)),
)
faults = st.lists(st.just("the snapshot is old"), max_size=1).map(tuple)


@given(budgets, policies, st.sampled_from(list(Change)), st.sampled_from([None, "shop", "orders", "else"]), faults)
def test_a_change_passes_only_in_every_state_that_holds(
    found: list[Budget], policy: Policy, change: Change, service: str | None, wrong: tuple[str, ...]
) -> None:
    verdict = decided(*found, policy=policy, change=change, service=service, faults=wrong)
    asked = [item for item in found if item.objective.required and service in (None, item.objective.service)]
    held = {item.state for item in asked} | ({State.UNCHECKED} if wrong or not asked else set())
    assert verdict.passed == all(policy.lets_pass(change, state) for state in held)
    assert verdict.state in held
    assert verdict.code in (0, 1, 2, 3, 99)
    assert (verdict.code == 0) == verdict.passed
    if change is Change.ROLLBACK:
        assert verdict.passed
    if not verdict.passed:
        assert verdict.reasons
        assert verdict.state.code


@given(budgets, states, policies, st.sampled_from(list(Change)))
def test_another_required_objective_never_opens_the_gate(
    found: list[Budget], state: State, policy: Policy, change: Change
) -> None:
    before = decided(budget(State.NORMAL), *found, policy=policy, change=change)
    after = decided(budget(State.NORMAL), *found, budget(state, "more-errors"), policy=policy, change=change)
    assert before.passed or not after.passed
    assert gate.RANK.index(after.state) >= gate.RANK.index(before.state)


def test_the_worst_objective_decides_and_no_average() -> None:
    verdict = decided(budget(State.EXHAUSTED, "a-errors"), *[budget(State.NORMAL, f"b{n}-errors") for n in range(50)])
    assert (verdict.state, verdict.code) == (State.EXHAUSTED, 3)
    assert verdict.worst is not None
    assert verdict.worst.objective.id == "a-errors"


def test_each_state_has_its_code() -> None:
    assert {state: decided(budget(state)).code for state in State} == {
        State.NORMAL: 0, State.CAUTION: 0, State.WARNING: 1, State.FREEZE: 2, State.EXHAUSTED: 3, State.UNCHECKED: 99,
    }  # fmt: skip


def test_what_passes_unchecked_does_not_pass_exhausted() -> None:
    policy = Policy(passes={State.UNCHECKED: frozenset({Change.FIX})})
    assert decided(budget(State.UNCHECKED), policy=policy, change="fix").passed
    verdict = decided(budget(State.UNCHECKED), budget(State.EXHAUSTED, "b-errors"), policy=policy, change="fix")
    assert (verdict.passed, verdict.code, verdict.blocking) == (False, 99, (State.EXHAUSTED,))


def test_an_objective_that_is_not_required_is_shown_and_does_not_block() -> None:
    verdict = decided(budget(State.NORMAL), budget(State.EXHAUSTED, "b-errors", required=False))
    assert verdict.code == 0
    assert len(verdict.budgets) == 2


def test_objectives_none_of_which_is_required_judge_nothing() -> None:
    verdict = decided(budget(State.NORMAL, required=False))
    assert verdict.code == 99
    assert "nothing to judge by" in verdict.reasons[0]


def test_a_service_without_objectives_cannot_be_judged() -> None:
    verdict = decided(budget(State.NORMAL), service="orders")
    assert verdict.code == 99
    assert verdict.reasons == ("there is no objective of orders",)


def test_half_an_answer_is_no_answer() -> None:
    partial = budget(State.NORMAL, marks=(judging.PARTIAL,))
    assert decided(partial).code == 99
    assert "not all there is" in decided(partial).reasons[0]
    assert decided(budget(State.EXHAUSTED, marks=(judging.PARTIAL,))).code == 3


def test_an_open_incident_is_shown_and_blocks_only_where_the_policy_says_so() -> None:
    blocking = Policy(open_incidents=OpenIncidents.BLOCK)
    orders = budget(State.NORMAL, "orders-errors")
    shop = budget(State.NORMAL)
    assert decided(orders, open_incidents=(INCIDENT,)).code == 0
    verdict = decided(orders, open_incidents=(INCIDENT,), policy=blocking, service="orders")
    assert (verdict.state, verdict.code) == (State.FREEZE, 2)
    assert INCIDENT.id in verdict.reasons[-1]
    assert decided(shop, open_incidents=(INCIDENT,), policy=blocking, service="shop").code == 0
    assert decided(orders, open_incidents=(INCIDENT,), policy=blocking, change="rollback").code == 0


def test_a_snapshot_is_of_now_only_within_its_age() -> None:
    taken = totals(1, 100_000)
    assert gate.stale(taken, AT + timedelta(seconds=3600), 3600) is None
    assert gate.stale(taken, AT - timedelta(seconds=60), 3600) is None
    assert "61 min old" in str(gate.stale(taken, AT + timedelta(seconds=3660), 3600))
    assert "future" in str(gate.stale(taken, AT - timedelta(seconds=61), 3600))


def test_a_snapshot_of_other_objectives_is_named() -> None:
    taken = totals(1, 100_000)
    assert gate.changed(taken, [objective()]) == ()
    assert "not in the snapshot" in gate.changed(taken, [objective("orders-errors")])[0]
    assert "was changed" in gate.changed(taken, [objective(target="0.99")])[0]


def test_what_was_changed_of_another_service_stops_nobody() -> None:
    taken, now = totals(1, 100_000), objective(target="0.99")
    assert gate.changed(taken, [now], "orders") == ()
    assert gate.changed(taken, [now], now.service) == gate.changed(taken, [now])
    moved = replace(objective(), service="orders")
    for service in (objective().service, "orders"):
        assert "was changed" in gate.changed(taken, [moved], service)[0]
