"""The policy: defaults, what each state means, and faults with their places."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.budget import State, Thresholds
from afterword.budgets.gate import policy
from afterword.budgets.gate.policy import DEFAULT, Change, OpenIncidents, Policy

WHOLE = b"""\
schema: 1
thresholds: {caution: 75, warning: 33.3, freeze: 10}
states:
  WARNING: {text: "Mind   the\\n budget.", passes: [fix]}
  NORMAL:
overrides: {approvers: ["@lead"], review_days: 3}
max_age_minutes: 90
open_incidents: block
"""


def test_a_whole_policy_is_read() -> None:
    found, findings = policy.read(WHOLE)
    assert not findings
    assert found.thresholds == Thresholds(Fraction(3, 4), Fraction("0.333"), Fraction(1, 10))
    assert found.texts[State.WARNING] == "Mind the budget."
    assert found.texts[State.FREEZE] == DEFAULT.texts[State.FREEZE]
    assert found.passes == {State.WARNING: frozenset({Change.FIX})}
    assert (found.approvers, found.review_days, found.max_age) == (("@lead",), 3, 5400)
    assert found.open_incidents is OpenIncidents.BLOCK
    assert policy.read(WHOLE, judged=True) == (found, [])


def test_nothing_but_the_version_gives_the_defaults() -> None:
    assert policy.read(b"schema: 1\n") == (DEFAULT, [])
    assert policy.read(b"schema: 1\nthresholds:\nstates:\noverrides:\nmax_age_minutes:\n") == (DEFAULT, [])


FAULTS = {
    b"": ("AW001", 1),
    b"schema: 1\nthresholds: {freeze: many}\n": ("AW101", 2),
    b"schema: 1\nthresholds: {freeze: 60}\n": ("AW101", 2),
    b"schema: 1\nthresholds: {caution: .nan}\n": ("AW101", 2),
    b"schema: 1\nthresholds: {caution: .inf}\n": ("AW101", 2),
    b"schema: 1\nthresholds: {caution: 101}\n": ("AW101", 2),
    b"schema: 1\nmax_age_minutes: .nan\n": ("AW101", 2),
    b"schema: 1\nmax_age_minutes: 0\n": ("AW101", 2),
    b"schema: 1\nmax_age_minutes: true\n": ("AW101", 2),
    b"schema: 1\nstates:\n  WARNING: {passes: [rollback]}\n": ("AW101", 3),
    b"schema: 1\nstates:\n  YELLOW: {}\n": ("AW103", 3),
    b"schema: 1\nstates:\n  WARNING: {text: '  '}\n": ("AW101", 3),
    b"schema: 1\noverrides: {approver: ['@x']}\n": ("AW103", 2),
    b"schema: 2\n": ("AW101", 1),
    b"thresholds: {}\n": ("AW102", 1),
    b"schema: 1\n  nothing: [\n": ("AW003", None),
}


@pytest.mark.parametrize("data", FAULTS)
def test_a_fault_is_found_at_its_place_and_gives_the_defaults(data: bytes) -> None:
    found, findings = policy.read(data)
    code, line = FAULTS[data]
    assert found == DEFAULT
    assert findings[0].code == code, findings
    assert findings[0].path == policy.FILE
    assert line in (None, findings[0].span.line), findings


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    found, findings = policy.read(data)
    assert findings or isinstance(found, Policy)


percent = st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 1000))
policies = st.builds(
    Policy,
    thresholds=st.lists(percent, min_size=3, max_size=3).map(lambda found: Thresholds(*sorted(found, reverse=True))),
    passes=st.dictionaries(
        st.sampled_from(list(State)), st.frozensets(st.sampled_from([Change.FEATURE, Change.FIX]), min_size=1)
    ),
    approvers=st.lists(st.from_regex(r"@[a-z-]{1,20}", fullmatch=True), unique=True, max_size=4).map(tuple),
    max_age=st.integers(1, 525_600).map(lambda minutes: minutes * 60),
    open_incidents=st.sampled_from(list(OpenIncidents)),
    review_days=st.integers(1, 366),
)


@given(policies)
def test_what_is_published_says_the_same(wanted: Policy) -> None:
    assert policy.read(json.dumps(policy.plain(wanted)).encode()) == (wanted, [])


@given(policies, st.sampled_from(list(State)))
def test_a_rollback_passes_always(wanted: Policy, state: State) -> None:
    assert wanted.lets_pass(Change.ROLLBACK, state)
