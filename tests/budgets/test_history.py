"""History: snapshots put together on one grid, and sums over any stretch of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.history import Month, Track, merge
from afterword.budgets.objective import Objective, Ratio
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot
from tests.budgets.counting import AT, measured, objective, series, snapshot, spiked

ID = "checkout-errors"


def taken(days: int, before: int, value: float | None, aim: Objective | None = None) -> Snapshot:
    """So many days of one value of bad events a step, that end so many days before ``AT``."""
    _, total = series(days)
    steps = len(total)
    made = Measurement(aim or objective(), (value,) * steps, tuple(total) if value is not None else (None,) * steps)
    return snapshot(made, at=AT - timedelta(days=before))


def track(*shots: Snapshot) -> Track:
    found = merge(shots).of(ID)
    assert found is not None
    return found


def day(number: int, length: int = 1) -> tuple[datetime, datetime]:
    start = AT - timedelta(days=number)
    return start, start + timedelta(days=length)


def test_the_later_captured_wins_in_whatever_order_they_are_given() -> None:
    shots = [taken(10, 20, 1.0), taken(10, 15, 2.0), taken(10, 0, 3.0)]
    for order in permutations(shots):
        found = track(*order)
        assert (found.start, found.end) == (AT - timedelta(days=30), AT)
        assert found.sum(*day(26)) == Count(288, 288_000)
        assert found.sum(*day(22)) == Count(576, 288_000)
        assert found.sum(*day(12)) is None
        assert found.sum(*day(3)) == Count(864, 288_000)


def test_what_the_server_has_forgotten_stays_known() -> None:
    assert track(taken(5, 5, 1.0), taken(10, 0, None)).sum(*day(8)) == Count(288, 288_000)


def test_nothing_is_merged_across_a_change_of_what_is_counted() -> None:
    other = objective(indicator=Ratio(total="total", bad="other"))
    assert track(taken(5, 5, 1.0), taken(5, 0, 2.0, other)).start == AT - timedelta(days=5)
    assert track(taken(5, 10, 1.0), taken(5, 5, 1.0, other), taken(5, 0, 2.0)).start == AT - timedelta(days=5)


def test_another_target_or_title_counts_the_same() -> None:
    other = objective(target="0.99", title="Other", required=False)
    found = track(taken(5, 5, 1.0), taken(5, 0, 2.0, other))
    assert found.start == AT - timedelta(days=10)
    assert found.objective.target == Fraction("0.99")


def test_a_bad_series_that_is_absent_while_there_are_events_is_nothing_bad() -> None:
    shot = snapshot(Measurement(objective(), (None, 2.0, None), (10.0, 10.0, None)))
    assert merge([shot]).sum(ID, AT - timedelta(hours=1), AT) == Count(2, 20)


def test_what_could_not_be_measured_gives_no_track() -> None:
    assert merge([snapshot(Measurement(objective(), error="no answer"), steps=100)]).of(ID) is None
    assert merge([]).sum(ID, *day(1)) is None


def test_a_step_that_is_cut_gives_its_part() -> None:
    found = track(taken(1, 0, 3.0))
    start = AT - timedelta(hours=5, seconds=100)
    assert found.sum(start, start + timedelta(seconds=50)) == Count(pytest.approx(0.5), pytest.approx(500 / 3))  # type: ignore[arg-type]  # equal to about this
    count = found.sum(start, start + timedelta(seconds=400))
    assert count is not None
    assert count.bad == pytest.approx(4)


def test_coverage_is_the_share_of_time_that_is_known() -> None:
    found = track(taken(5, 10, 1.0), taken(5, 0, 1.0))
    assert found.coverage(*day(12, 4)) == pytest.approx(0.5)
    assert found.coverage(*day(30, 30)) == pytest.approx(1 / 3)
    assert found.coverage(AT, AT) == 0.0


def test_maintenance_takes_its_events_and_leaves_the_time_known() -> None:
    found = track(taken(5, 0, 1.0))
    start = AT - timedelta(hours=10)
    entry = Correction("x", "y", services=("checkout",), start=start, end=start + timedelta(minutes=62))
    less = found.without(Corrections((entry,)))
    count = less.sum(*day(1))
    assert count is not None
    assert count.bad == pytest.approx(288 - 12.4)
    assert count.total == pytest.approx(288_000 - 12_400)
    assert less.coverage(*day(5, 5)) == 1.0


def test_rolling_compliance_is_told_once_enough_of_the_window_is_known() -> None:
    points = track(taken(10, 0, 1.0)).rolling(7 * 86_400)
    assert [point.at.day for point in points] == [22, 23, 24, 25, 26, 27, 28, 29, 30, 31]
    assert [point.compliance for point in points] == [None] * 6 + [pytest.approx(0.999)] * 4


def test_each_month_is_as_long_as_it_is_in_its_zone() -> None:
    bad, total = series(62)
    shot = snapshot(measured(objective(), spiked(bad, {0: 100.0, 60 * 288: 40_000.0}), total))
    lisbon = ZoneInfo("Europe/Lisbon")
    months = track(shot).months(lisbon)
    assert [month.first for month in months] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    january, february, march = months
    assert february == Month(date(2026, 2, 1), Count(0, 28 * 288_000), 1.0, True, 1.0)
    assert january.coverage == pytest.approx(4 / 31)
    assert (march.met, january.met) == (False, True)
    assert march.coverage == pytest.approx(30 * 24 / (31 * 24 - 1))


STEPS = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=60)
EDGES = st.lists(st.integers(-2000, 60 * STEP + 2000), min_size=2, max_size=6)


@given(STEPS, EDGES)
def test_the_parts_of_a_stretch_sum_to_the_whole(values: list[int | None], edges: list[int]) -> None:
    numbers = [None if value is None else float(value) for value in values]
    found = Track(objective(), 1000, tuple(numbers), tuple(numbers))
    times = sorted(found.start + timedelta(seconds=edge) for edge in edges)
    parts = [found.sum(start, end) or Count(0, 0) for start, end in pairwise(times)]
    whole = found.sum(times[0], times[-1]) or Count(0, 0)
    assert sum(part.bad for part in parts) == pytest.approx(whole.bad)
    assert all(part.bad >= -1e-9 for part in parts)


@given(STEPS)
def test_merging_the_same_snapshot_twice_changes_nothing(values: list[int | None]) -> None:
    numbers = tuple(None if value is None else float(value) for value in values)
    shot = snapshot(Measurement(objective(), numbers, numbers))
    again = replace(shot, captured_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert merge([shot, again]) == merge([shot])
