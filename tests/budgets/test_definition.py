"""Definitions: an objective comes back as it went, and the same objective always gives the same text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import definition
from afterword.budgets.objective import (
    Alert,
    DataSource,
    LowTraffic,
    Method,
    Objective,
    Op,
    Ratio,
    Raw,
    Silence,
    Threshold,
)
from afterword.budgets.window import Calendar, Rolling, Unit
from afterword.errors import AfterwordError

TEXT = st.text(max_size=12)
SHARES = st.fractions(Fraction(1, 10**6), 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ANCHORS = st.none() | st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001  # local times
OBJECTIVES = st.builds(
    Objective,
    id=TEXT, slo=TEXT, title=TEXT, service=TEXT, description=TEXT,
    target=SHARES,
    indicator=st.builds(Ratio, TEXT, TEXT, st.none(), st.booleans())
    | st.builds(Ratio, TEXT, st.none(), TEXT)
    | st.builds(Raw, TEXT, st.booleans())
    | st.builds(Threshold, TEXT, st.sampled_from(Op), NUMBERS),
    window=st.builds(Rolling, st.integers(1, 10**8))
    | st.builds(Calendar, st.sampled_from(Unit), st.integers(1, 12), st.just("Europe/Lisbon"), ANCHORS),
    method=st.sampled_from(Method),
    slice_seconds=st.integers(1, 10**6),
    slice_target=st.none() | SHARES,
    source=st.none() | st.builds(DataSource, TEXT, TEXT),
    alerts=st.lists(
        st.builds(Alert, TEXT, NUMBERS, st.integers(1, 10**6), st.integers(0, 10**6), TEXT, TEXT)
        | st.builds(Alert, TEXT, st.just(0.0), st.integers(1), query=TEXT, op=st.sampled_from(Op), value=NUMBERS),
        max_size=2,
    ).map(tuple),
    required=st.booleans(),
    no_data=st.sampled_from(Silence),
    low_traffic=st.sampled_from(LowTraffic),
    minimum_events=st.integers(0, 10**9),
    runbook=st.none() | TEXT,
)  # fmt: skip
PLAIN = Objective("a", "a", "A", "s", Fraction("0.999"), Ratio("t", bad="b"), source=DataSource("p", url="http://h"))


@given(OBJECTIVES)
def test_an_objective_comes_back_as_it_went(objective: Objective) -> None:
    written = json.dumps(definition.dump(objective), sort_keys=True)
    found = definition.load(json.loads(written))
    assert found == objective
    assert json.dumps(definition.dump(found), sort_keys=True) == written


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction("0.999"), "0.999"), (Fraction(1), "1"), (Fraction(1, 3), "1/3"), (Fraction(1, 8), "0.125")],
)
def test_a_share_is_written_without_rounding(share: Fraction, text: str) -> None:
    assert definition.exact(share) == text


def test_where_it_stands_and_is_asked_for_is_no_part_of_it() -> None:
    moved = replace(PLAIN, path="other.yaml", source=DataSource("p", url="http://other"))
    assert definition.dump(moved) == definition.dump(PLAIN)
    assert moved == PLAIN
    assert "http" not in json.dumps(definition.dump(PLAIN))


TARGETS: list[Any] = ["0", "-1", "1/0", "2", "x", []]
SPOILT: list[Any] = [
    None, [], {}, "x", {"id": "a"}, {**definition.dump(PLAIN), "indicator": {"kind": "guess"}},
    *({**definition.dump(PLAIN), key: None} for key in ("id", "target", "window", "indicator", "alerts", "method")),
    *({**definition.dump(PLAIN), "target": wrong} for wrong in TARGETS),
]  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT)
def test_anything_else_is_refused_with_a_message(spoilt: Any) -> None:
    with pytest.raises(AfterwordError, match="cannot be read"):
        definition.load(spoilt)
