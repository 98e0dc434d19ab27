"""What is printed of a budget: the sentence and the table say the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import click
import pytest

from afterword.budgets.budget import Budget, State
from afterword.cli import verdicts
from tests.budgets.counting import AT, objective


@pytest.mark.parametrize(
    ("left", "state", "sentence", "cell"),
    [
        (42.6, State.WARNING, "14.2 min of full outage, 42 events", " 42 "),
        (-0.2, State.EXHAUSTED, "14.2 min of full outage, 1 events more than allowed", " −1 "),
    ],
)
def test_a_part_of_an_event_is_never_left(left: float, state: State, sentence: str, cell: str) -> None:
    aim = objective("shop-errors")
    remaining = Fraction(328, 1000) if left > 0 else Fraction(-1, 1000)
    known = Budget(aim, aim.window.span(AT), state, remaining, events_left=left)
    known = replace(known, seconds_left=852.0 if left > 0 else -852.0)
    assert verdicts.headline(known, state).endswith(sentence)
    assert cell in click.unstyle(verdicts.table([known], lambda item: item.state))
