"""Judging: exact remainders, states at their very edges, and what is said when nothing can be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import judging
from afterword.budgets.budget import Budget, State, Thresholds
from afterword.budgets.corrections import NONE, Correction, Corrections
from afterword.budgets.objective import LowTraffic, Silence
from afterword.budgets.snapshot import Count, Measurement, Snapshot, Source
from afterword.budgets.window import Calendar, Unit
from tests.budgets.counting import AT, measured, objective, series, snapshot, spiked, totals

THRESHOLDS = Thresholds()


def judged(shot: Snapshot, corrections: Corrections = NONE) -> Budget:
    return judging.all(shot, THRESHOLDS, corrections)[0]


def maintenance(hours_before: float, hours: float) -> Corrections:
    start = AT - timedelta(hours=hours_before)
    entry = Correction("Upgrade", "@lead", services=("checkout",), start=start, end=start + timedelta(hours=hours))
    return Corrections((entry,))


@pytest.mark.parametrize(
    ("bad", "state"),
    [
        (0, State.NORMAL),
        (199, State.NORMAL),
        (200, State.CAUTION),
        (499, State.CAUTION),
        (500, State.WARNING),
        (800, State.WARNING),
        (801, State.FREEZE),
        (1000, State.FREEZE),
        (1001, State.EXHAUSTED),
        (5000, State.EXHAUSTED),
    ],
)
def test_a_state_begins_at_exactly_its_bound(bad: int, state: State) -> None:
    budget = judged(totals(bad, 1_000_000))
    assert budget.state is state
    assert budget.remaining == 1 - Fraction(bad, 1000)


def test_each_state_has_the_code_that_pipelines_know() -> None:
    assert {state.name: state.code for state in State} == {
        "NORMAL": 0, "CAUTION": 0, "WARNING": 1, "FREEZE": 2, "EXHAUSTED": 3, "UNCHECKED": 99,
    }  # fmt: skip


def test_what_is_left_is_told_in_events_and_in_time_of_full_outage() -> None:
    budget = judged(totals(400, 1_000_000))
    assert budget.events_left == 600
    assert budget.seconds_left == pytest.approx(0.6 * 0.001 * 30 * 86_400)


def test_an_overdrawn_budget_goes_below_nothing() -> None:
    assert judged(totals(3000, 1_000_000)).remaining == -2


@pytest.mark.parametrize(("bad", "state"), [(0, State.NORMAL), (0.001, State.EXHAUSTED), (7, State.EXHAUSTED)])
def test_of_a_budget_of_zero_any_loss_is_too_much(bad: float, state: State) -> None:
    budget = judged(totals(bad, 5000, objective(target="1")))
    assert (budget.state, budget.infinite) == (state, bad > 0)
    assert budget.remaining == (None if bad else 1)


def test_a_loss_against_a_budget_of_zero_counts_however_low_the_traffic_is() -> None:
    aim = objective(target="1", minimum_events=1000, low_traffic=LowTraffic.PASS)
    assert judged(totals(1, 10, aim)).state is State.EXHAUSTED


@pytest.mark.parametrize(
    ("means", "state"),
    [(Silence.UNCHECKED, State.UNCHECKED), (Silence.GOOD, State.NORMAL), (Silence.BAD, State.EXHAUSTED)],
)
@pytest.mark.parametrize("own", [None, Count(0, 0), Count(0, float("nan"))])
def test_silence_means_what_the_objective_says(means: Silence, state: State, own: Count | None) -> None:
    budget = judged(snapshot(Measurement(objective(no_data=means), own=own)))
    assert budget.state is state
    assert judging.NO_DATA in budget.marks
    assert "no data" in (budget.reason or "")


def test_what_could_not_be_measured_is_unchecked_whatever_silence_means() -> None:
    aim = objective(no_data=Silence.GOOD)
    budget = judged(snapshot(Measurement(aim, error="the server answered 500")))
    assert (budget.state, budget.reason) == (State.UNCHECKED, "the server answered 500")


@pytest.mark.parametrize("own", [Count(float("nan"), 10), Count(1, float("inf"))])
def test_what_is_no_number_is_unchecked(own: Count) -> None:
    assert judged(snapshot(Measurement(objective(), own=own))).state is State.UNCHECKED


@pytest.mark.parametrize(
    ("means", "state"),
    [(LowTraffic.UNCHECKED, State.UNCHECKED), (LowTraffic.JUDGE, State.EXHAUSTED), (LowTraffic.PASS, State.NORMAL)],
)
def test_low_traffic_means_what_the_objective_says(means: LowTraffic, state: State) -> None:
    budget = judged(totals(2, 999, objective(low_traffic=means)))
    assert budget.state is state
    assert judging.LOW_TRAFFIC in budget.marks


def test_traffic_is_low_below_one_allowed_bad_event_and_below_the_minimum() -> None:
    assert judging.LOW_TRAFFIC not in judged(totals(0, 1000)).marks
    assert judging.LOW_TRAFFIC in judged(totals(0, 5000, objective(minimum_events=5001))).marks
    assert judging.LOW_TRAFFIC not in judged(totals(0, 5001, objective(minimum_events=5001))).marks


def test_partial_answers_and_short_retention_are_marked() -> None:
    assert judging.PARTIAL in judged(totals(0, 10_000, partial=True)).marks
    shot = replace(totals(0, 10_000), source=Source("live", retention_seconds=15 * 86_400))
    assert judging.RETENTION in judged(shot).marks
    long = replace(totals(0, 10_000), source=Source("live", retention_seconds=31 * 86_400))
    assert judging.RETENTION not in judged(long).marks


@pytest.mark.parametrize(
    ("uncounted", "marked"), [(0, False), (1, False), (2, True), (700, True)], ids=["none", "1%", "2%", "state"]
)
def test_uncounted_events_are_beside_the_figure_and_marked_when_they_matter(uncounted: float, *, marked: bool) -> None:
    shot = snapshot(Measurement(objective(), own=Count(100, 1_000_000, uncounted, uncounted)))
    budget = judged(shot)
    assert budget.remaining == Fraction(9, 10)
    assert (judging.UNCOUNTED in budget.marks) is marked
    assert budget.corrected_remaining == 1 - Fraction(int(100 + uncounted) * 1000, int(1_000_000 + uncounted))


def test_maintenance_is_taken_from_bad_and_total_and_the_figure_without_it_stands_beside() -> None:
    bad, total = series(30)
    aim = objective()
    shot = snapshot(measured(aim, spiked(bad, {30 * 288 - 24: 3000.0, 100: 500.0}), total))
    budget = judged(shot, maintenance(2, 1))
    assert budget.raw == Count(3500, 8_640_000)
    assert budget.count == Count(500, 8_640_000 - 12_000)
    assert budget.raw_remaining == 1 - Fraction(3500, 8640)
    assert budget.remaining == 1 - Fraction(500_000, 8_628_000)


def test_a_step_that_maintenance_cuts_gives_its_part() -> None:
    bad, total = series(30)
    shot = snapshot(measured(objective(), spiked(bad, {30 * 288 - 12: 100.0, 3: 50.0}), total))
    start = AT - timedelta(minutes=60)
    entry = Correction("x", "y", objectives=("checkout-errors",), start=start, end=start + timedelta(minutes=2))
    budget = judged(shot, Corrections((entry,)))
    assert budget.count == Count(150 - 40, 8_640_000 - 400)


def test_maintenance_of_another_service_takes_nothing() -> None:
    bad, total = series(30, 0.0005)
    entry = Correction("x", "y", services=("orders",), start=AT - timedelta(days=3), end=AT)
    shot = snapshot(measured(objective(), bad, total))
    assert judged(shot, Corrections((entry,))).count == judged(shot).count


def test_overlapping_maintenance_is_taken_once() -> None:
    bad, total = series(30, 0.0005)
    shot = snapshot(measured(objective(), bad, total))
    once, twice = maintenance(10, 4), Corrections((*maintenance(10, 4).entries, *maintenance(9, 3).entries))
    assert judged(shot, once).count == judged(shot, twice).count


def test_extrapolation_alone_does_not_exhaust_a_budget_of_zero_in_maintenance() -> None:
    bad, total = series(30)
    made = measured(objective(target="1"), spiked(bad, {30 * 288 - 20: 3.0}), total)
    shot = snapshot(replace(made, own=Count(3.0001, 8_640_010)))
    assert judged(shot).state is State.EXHAUSTED
    assert judged(shot, maintenance(2, 1)).state is State.NORMAL


def test_nothing_beside_the_maintenance_is_no_data() -> None:
    bad, total = series(30, 0.01)
    budget = judged(snapshot(measured(objective(), bad, total)), maintenance(24 * 40, 24 * 40))
    assert budget.state is State.UNCHECKED
    assert budget.raw == Count(pytest.approx(86_400), 8_640_000)  # type: ignore[arg-type]  # equal to about this


def test_maintenance_that_cannot_be_taken_out_is_marked() -> None:
    assert judging.UNCORRECTED in judged(totals(10, 1_000_000), maintenance(2, 1)).marks
    bad, total = series(30)
    assert judging.UNCORRECTED not in judged(snapshot(measured(objective(), bad, total)), maintenance(2, 1)).marks


def test_burn_is_the_pace_over_each_window() -> None:
    bad, total = series(30)
    last = 30 * 288
    budget = judged(snapshot(measured(objective(), spiked(bad, {last - 5: 144.0}), total)))
    rates = {item.seconds: item.rate for item in budget.burns}
    assert rates == pytest.approx({3600: 12.0, 21_600: 2.0, 86_400: 0.5, 259_200: 1 / 6})


def test_coverage_is_the_share_of_steps_with_data() -> None:
    bad, total = series(30)
    holed: list[float | None] = [None if index % 10 == 0 else value for index, value in enumerate(total)]
    assert judged(snapshot(measured(objective(), bad, holed))).coverage == pytest.approx(0.9)
    assert judged(snapshot(measured(objective(), *series(15)))).coverage == pytest.approx(0.5)
    assert judged(totals(0, 10_000)).coverage is None


def test_a_calendar_window_holds_what_has_passed() -> None:
    aim = objective(window=Calendar(Unit.MONTH, zone="Europe/Lisbon"))
    budget = judged(totals(0, 10_000, aim))
    assert budget.span.seconds == timedelta(days=30).total_seconds()
    assert budget.span.ends - budget.span.start == timedelta(days=30, hours=23)  # clocks went forward on the 29th


COUNTS = st.integers(0, 10**9)


@given(COUNTS, COUNTS, st.integers(1, 10**10), st.integers(1, 9999))
def test_more_bad_events_never_leave_more(first: int, second: int, total: int, share: int) -> None:
    aim = objective(target=str(Fraction(share, 10_000)), low_traffic=LowTraffic.JUDGE)
    less, more = (judged(totals(bad, total, aim)) for bad in sorted((first, second)))
    assert more.remaining is not None
    assert less.remaining is not None
    assert more.remaining <= less.remaining
    assert more.state.code >= less.state.code


@given(st.integers(0, 10**6), st.integers(1, 10**7), st.integers(1, 1000))
def test_what_remains_does_not_depend_on_the_scale(bad: int, total: int, scale: int) -> None:
    aim = objective(low_traffic=LowTraffic.JUDGE)
    assert judged(totals(bad, total, aim)).remaining == judged(totals(bad * scale, total * scale, aim)).remaining


@given(st.lists(st.integers(0, 50), min_size=288, max_size=288), st.integers(0, 24 * 12))
def test_what_is_taken_and_what_is_left_make_the_whole(bad: list[int], minutes: int) -> None:
    shot = snapshot(measured(objective(), [float(value) for value in bad], [1000.0] * 288))
    taken = judging.Taken(shot, shot.measurements[0], maintenance(24, minutes / 60))
    other = Correction("x", "y", services=("checkout",), start=AT - timedelta(hours=24 - minutes / 60), end=AT)
    rest = judging.Taken(shot, shot.measurements[0], Corrections((other,)))
    own, start = shot.measurements[0].own, AT - timedelta(days=30)
    assert own is not None
    first, second = taken.without(own, start, AT), rest.without(own, start, AT)
    if 0 < minutes < 24 * 12:
        assert float(first.total + second.total) == own.total
        assert abs(float(first.bad + second.bad) - own.bad) <= own.bad / 100
