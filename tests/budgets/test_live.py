"""Live capture from a real Prometheus: every kind of objective, and figures that agree with each other."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from afterword.budgets.objective import Method, Objective, Op, Ratio, Raw, Threshold
from afterword.budgets.snapshot import Count, Measurement, Snapshot
from afterword.budgets.snapshots import store
from afterword.budgets.sources import capture
from afterword.budgets.sources.prometheus import Live

pytestmark = pytest.mark.server
AT = datetime(2026, 1, 31, tzinfo=UTC)
STEPS_OF_30_DAYS = 30 * 288
BAD, ALL = 'http_requests_total{service="api",status=~"5.."}', 'http_requests_total{service="api"}'
RATIO = f"sum(rate({BAD}[5m])) / sum(rate({ALL}[5m]))"


def objective(name: str, **more: Any) -> Objective:
    given: dict[str, Any] = {"indicator": Ratio(ALL, bad=BAD)}
    return Objective(name, name, "T", "api", Fraction("0.999"), **(given | more))


def latency(bound: str) -> Ratio:
    name = "http_request_duration_seconds"
    return Ratio(f'{name}_count{{service="api"}}', good=f'{name}_bucket{{service="api",le="{bound}"}}')


OBJECTIVES = [
    objective("bound", indicator=latency("0.7")),
    objective("events"),
    objective("latency", indicator=latency("0.50")),
    objective("raw", indicator=Raw(RATIO, success=False)),
    objective("shares", method=Method.RATIO_TIMESLICES, slice_seconds=300),
    objective("silent", indicator=Ratio("nothing_total", bad="nothing_bad_total")),
    objective("slices", method=Method.TIMESLICES, slice_seconds=300, slice_target=Fraction("0.99")),
    objective(
        "threshold",
        indicator=Threshold(RATIO, Op.LT, 0.01),
        method=Method.TIMESLICES,
        slice_seconds=300,
        slice_target=Fraction("0.95"),
    ),
]


def taken(url: str) -> Snapshot:
    live = Live(url=url, environment={}, now=lambda: datetime.now(UTC))
    return capture.take(live, OBJECTIVES, AT, capture.grid(AT, 35), AT)


@pytest.fixture(scope="module")
def snapshot(telemetry_server: str) -> Snapshot:
    """All kinds of objectives, once."""
    return taken(telemetry_server)


def test_two_snapshots_of_an_instant_have_the_same_bytes(snapshot: Snapshot, telemetry_server: str) -> None:
    assert store.dumps(taken(telemetry_server)) == store.dumps(snapshot)


def of(snapshot: Snapshot, name: str) -> Measurement:
    found = snapshot.of(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["events", "latency", "raw", "shares", "slices", "threshold"])
def test_the_steps_of_a_window_add_up_to_what_the_server_says_of_all_of_it(name: str, snapshot: Snapshot) -> None:
    found = of(snapshot, name)
    assert found.error is None
    assert found.own is not None
    last = slice(-STEPS_OF_30_DAYS, None)
    # a scrape gap of 20 minutes lies in the window: its events are in the whole, but in none of the steps
    assert math.fsum(value or 0 for value in found.total[last]) == pytest.approx(found.own.total, rel=1e-3)
    assert math.fsum(value or 0 for value in found.bad[last]) == pytest.approx(found.own.bad, rel=2e-3)


def test_events_are_counted_to_the_last_one(snapshot: Snapshot) -> None:
    assert of(snapshot, "events").own == Count(53_410, 103_696_274)


def test_slices_count_slices(snapshot: Snapshot) -> None:
    slices, shares = of(snapshot, "slices").own, of(snapshot, "shares").own
    assert slices
    assert shares
    assert slices.total == shares.total == STEPS_OF_30_DAYS
    assert slices.bad == int(slices.bad)
    assert 0 < shares.bad < slices.bad


def test_a_threshold_between_two_buckets_names_them(snapshot: Snapshot) -> None:
    error = of(snapshot, "bound").error
    assert error
    assert "0.7 is no bound" in error
    assert "0.25, 0.5, 1" in error


def test_a_query_that_finds_nothing_has_no_data(snapshot: Snapshot) -> None:
    found = of(snapshot, "silent")
    assert found.error is None
    assert found.own is None
    assert set(found.total) == {None}
