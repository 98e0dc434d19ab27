"""Slices longer than a step: what every figure made from steps sees of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import judging
from afterword.budgets.budget import Thresholds
from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.history import merge
from afterword.budgets.objective import Method, Objective
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot, Source
from afterword.budgets.sources import capture
from afterword.budgets.sources.capture import Grid
from afterword.budgets.sources.slices import spread
from tests.budgets.counting import AT, objective


class Sliced:
    """Answers as a server does: a step knows of the slice that ends in it; those that end within ``failed`` fail."""

    source = Source("live")
    warnings = ()

    def __init__(self, failed: tuple[int, int]) -> None:
        self.failed = failed

    def measure(self, objectives: Sequence[Objective], grid: Grid, at: object) -> tuple[Measurement, ...]:  # noqa: ARG002  # as the protocol has it
        return tuple(self._measured(item, grid) for item in objectives)

    def _measured(self, aim: Objective, grid: Grid) -> Measurement:
        length = aim.slice_seconds
        ends = [(grid.first + index * STEP) // length * length for index in range(grid.steps)]
        is_there = [end > grid.first + (index - 1) * STEP for index, end in enumerate(ends)]
        total = [1.0 if there else None for there in is_there]
        bad = [
            float(self.failed[0] < end <= self.failed[1]) if there else None
            for end, there in zip(ends, is_there, strict=True)
        ]
        within = slice(grid.steps - 30 * 288, None)
        own = Count(sum(value or 0 for value in bad[within]), sum(value or 0 for value in total[within]))
        return Measurement(aim, tuple(bad), tuple(total), own, {30 * 86_400: own})


def taken(minutes: int, hours_before: float, hours: float) -> Snapshot:
    aim = objective(target="0.99", method=Method.TIMESLICES, slice_seconds=minutes * 60)
    start = int((AT - timedelta(hours=hours_before)).timestamp())
    return capture.take(Sliced((start, start + int(hours * 3600))), [aim], AT, capture.grid(AT, 35), AT)


@pytest.mark.parametrize("minutes", [10, 60, 360])
def test_steps_within_a_long_slice_are_known(minutes: int) -> None:
    shot = taken(minutes, 48, 6)
    budget = judging.all(shot, Thresholds())[0]
    assert budget.coverage == 1.0
    track = merge([shot]).of("checkout-errors")
    assert track is not None
    count = track.sum(AT - timedelta(hours=48), AT - timedelta(hours=42))
    assert count is not None
    assert count.bad == pytest.approx(360 / minutes, abs=0.01)
    assert count.total == pytest.approx(360 / minutes, abs=0.01)
    assert track.rolling(7 * 86_400)[-1].compliance == pytest.approx(1 - 6 / 168, abs=1e-4)


def test_maintenance_takes_its_part_of_long_slices_out() -> None:
    start = AT - timedelta(hours=48)
    entry = Correction("Upgrade", "@lead", services=("checkout",), start=start, end=start + timedelta(hours=3))
    budget = judging.all(taken(60, 48, 6), Thresholds(), Corrections((entry,)))[0]
    assert budget.count is not None
    assert budget.count.bad == pytest.approx(3, abs=0.01)
    assert budget.count.total == pytest.approx(717, abs=0.01)


@given(st.integers(6, 90), st.integers(0, 10_000))
def test_nothing_is_lost_of_slices_that_lie_in_the_grid(minutes: int, shift: int) -> None:
    length, first, steps = minutes * 60, (shift + 1) * STEP, 200
    ends = [(first + index * STEP) // length * length for index in range(steps)]
    total = tuple(
        1.0 if end > first + (index - 1) * STEP and end - length >= first - STEP else None
        for index, end in enumerate(ends)
    )
    aim = objective(method=Method.RATIO_TIMESLICES, slice_seconds=length)
    found = spread(Measurement(aim, total, total), first).total
    assert sum(value or 0 for value in found) == pytest.approx(sum(value or 0 for value in total))
    known = [index for index, value in enumerate(found) if value is not None]
    assert all(value is not None for value in found[known[0] : known[-1] + 1])


def test_short_slices_and_events_stay_as_they_are() -> None:
    for aim in (objective(), objective(method=Method.TIMESLICES, slice_seconds=STEP)):
        item = Measurement(aim, (1.0, None), (3.0, None))
        assert spread(item, STEP) is item
