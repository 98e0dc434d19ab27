"""Forecasts: the naive one, and the one in which old incidents fall out of the window."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from afterword.budgets import judging
from afterword.budgets.budget import Thresholds
from afterword.budgets.burn import DAY
from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.forecast import NEVER, PACE, Forecast, forecast
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import STEP, Count, Measurement
from afterword.budgets.window import Calendar, Unit
from tests.budgets.counting import AT, STEPS_PER_DAY, measured, objective, series, snapshot, spiked

STEPS = 30 * STEPS_PER_DAY


def told(
    bad: list[float], total: list[float], aim: Objective | None = None, fix: Corrections | None = None
) -> Forecast:
    aim, fix = aim or objective(), fix or Corrections()
    shot = snapshot(measured(aim, bad, total))
    budget = judging.judge(shot.measurements[0], AT, snapshot=shot, thresholds=Thresholds(), corrections=fix)
    return forecast(shot.measurements[0], budget, shot, corrections=fix)


def brute(bad: list[float], total: list[float]) -> float | None:
    """Days until the budget is spent, from the data written on and summed anew: slow, and plain."""
    new_bad, new_total = (sum(values[-PACE // STEP :]) / (PACE // STEP) for values in (bad, total))
    bad, total = [*bad, *[new_bad] * STEPS], [*total, *[new_total] * STEPS]
    for step in range(12, STEPS, 12):
        if sum(bad[step : step + STEPS]) > sum(total[step : step + STEPS]) / 1000:
            return step * STEP / DAY
    return None


def with_old_incident(burn: float, naive: float) -> tuple[Forecast, float | None]:
    """Four days at a pace, and an incident 25 days ago of the size that makes the naive answer so many days."""
    bad, total = series(30, lambda index: burn / 1000 if index >= 26 * STEPS_PER_DAY else 0.0)
    bad = spiked(bad, {5 * STEPS_PER_DAY: 8640 * (1 - burn * naive / 30) - sum(bad)})
    return told(bad, total), brute(bad, total)


def test_an_incident_that_falls_out_gives_more_time_than_the_naive_answer_says() -> None:
    """As in a real case: naively 9.8 days, truly 15.4."""
    found, truth = with_old_incident(burn=30 / 19.4, naive=9.8)
    assert found.naive[PACE] == pytest.approx(9.8)
    assert truth == pytest.approx(15.4, abs=0.1)
    assert found.simulated == pytest.approx(truth, abs=0.05)


def test_a_pace_that_the_window_can_bear_for_ever_is_never_exhausting() -> None:
    """As in a real case: naively 44 days, truly never."""
    found, truth = with_old_incident(burn=0.5, naive=44)
    assert found.naive[PACE] == pytest.approx(44)
    assert truth is None
    assert found.simulated is NEVER


@pytest.mark.parametrize("days", [3, 10, 20])
@pytest.mark.parametrize("rate", [0.0011, 0.002, 0.004])
def test_the_simulation_agrees_with_data_written_on(days: int, rate: float) -> None:
    bad, total = series(30, lambda index: rate if index >= STEPS - 4 * STEPS_PER_DAY else 0.0001)
    bad = spiked(bad, {days * STEPS_PER_DAY: 2500.0})
    truth, found = brute(bad, total), told(bad, total).simulated
    assert (found is NEVER) == (truth is None)
    if truth is not None:
        assert found == pytest.approx(truth, abs=0.05)


def test_without_a_bad_event_nothing_is_ever_exhausted() -> None:
    found = told(*series(30))
    assert set(found.naive.values()) == {NEVER}
    assert (found.simulated, found.back_on, found.lifted_on) == (NEVER, None, None)


def test_a_spent_budget_comes_back_on_the_day_the_incident_falls_out() -> None:
    bad, total = series(30)
    found = told(spiked(bad, {10 * STEPS_PER_DAY: 9000.0}), total)
    assert found.simulated == 0.0
    assert set(found.naive.values()) == {0.0}
    assert found.back_on == found.lifted_on == date(2026, 4, 10)


def test_first_the_budget_is_above_nothing_and_later_above_the_freeze() -> None:
    bad, total = series(30)
    spikes = {5 * STEPS_PER_DAY: 1000.0, 10 * STEPS_PER_DAY: 1500.0, 20 * STEPS_PER_DAY: 6500.0}
    found = told(spiked(bad, spikes), total)
    assert (found.back_on, found.lifted_on) == (date(2026, 4, 5), date(2026, 4, 10))


def test_a_budget_overspent_for_good_does_not_come_back() -> None:
    assert told(*series(30, 0.002)).back_on is NEVER


def test_a_budget_of_zero_comes_back_when_the_last_loss_falls_out() -> None:
    bad, total = series(30)
    found = told(spiked(bad, {100: 0.1, 12 * STEPS_PER_DAY: 0.3}), total, objective(target="1"))
    assert found.back_on == date(2026, 4, 12)
    assert found.simulated == 0.0


def test_a_calendar_window_starts_anew() -> None:
    aim = objective(window=Calendar(Unit.MONTH))
    bad, total = series(30)
    found = told(spiked(bad, {20 * STEPS_PER_DAY: 9000.0}), total, aim)
    assert found.back_on == date(2026, 4, 1)
    assert told(*series(30, 0.00099), aim).simulated is NEVER


def test_maintenance_falls_out_of_the_forecast_too() -> None:
    bad, total = series(30)
    bad = spiked(bad, {STEPS - 24: 9000.0})
    start = AT - timedelta(hours=2)
    fix = Corrections((Correction("x", "y", services=("checkout",), start=start, end=start + timedelta(hours=1)),))
    assert told(bad, total).simulated == 0.0
    assert told(bad, total, fix=fix).simulated is NEVER


def test_without_steps_or_a_recent_pace_nobody_can_tell() -> None:
    aim = objective()
    shot = snapshot(Measurement(aim, own=Count(10, 1_000_000), windows={3600: Count(1, 1000)}))
    budget = judging.judge(shot.measurements[0], AT, snapshot=shot, thresholds=Thresholds())
    found = forecast(shot.measurements[0], budget, shot)
    assert found.simulated is None
    assert found.naive == {3600: pytest.approx(float(Fraction(99, 100) * 30)), 21_600: None, 259_200: None}
    silent = snapshot(Measurement(aim))
    nothing = judging.judge(silent.measurements[0], AT, snapshot=silent, thresholds=Thresholds())
    assert forecast(silent.measurements[0], nothing, silent) == Forecast({3600: None, 21_600: None, 259_200: None})


def test_what_happened_in_maintenance_does_not_fall_out_of_the_window_either() -> None:
    bad, total = series(30, 0.0002)
    both = spiked(bad, {5 * STEPS_PER_DAY: 20_000.0, 12 * STEPS_PER_DAY: 9000.0})
    begins = AT - timedelta(days=25)
    hour = Correction("Upgrade", "@lead", services=("checkout",), start=begins, end=begins + timedelta(hours=1))
    found = told(both, total, fix=Corrections((hour,)))
    for index in range(5 * STEPS_PER_DAY, 5 * STEPS_PER_DAY + 12):
        both[index] = total[index] = 0.0
    assert found == told(both, total)
    assert found.back_on == date(2026, 4, 12)
