"""The overview: periods, queries, caveats, and what never changes."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import library as libraries
from afterword import settings
from afterword.library import Query
from afterword.measures import Direction, overview
from afterword.measures.catalog import CATALOG
from afterword.measures.frequency import frequency
from afterword.model import Postmortem, Status
from afterword.timing import parse_moment
from tests.measuring import AS_OF, action, library, made, scope, seen

incidents = st.lists(
    st.builds(
        lambda at, day, minutes, status, severity: made(
            f"i{at}",
            started=f"2026-{1 + day // 28:02}-{1 + day % 28:02}T08:00:00Z",
            mitigated=f"2026-{1 + day // 28:02}-{1 + day % 28:02}T08:{minutes:02}:00Z",
            resolved=f"2026-{1 + day // 28:02}-{1 + day % 28:02}T09:00:00Z",
            published=None if status == "draft" else "2026-11-01",
            status=status,
            severity=severity,
        ),
        st.integers(0, 10**6),
        st.integers(0, 250),
        st.integers(0, 59),
        st.sampled_from([status.value for status in Status]),
        st.sampled_from(["SEV1", "SEV3", None]),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)


def test_an_empty_library_has_no_values_and_no_errors() -> None:
    found = seen()
    assert {measure.key: measure.value for measure in found.measures if measure.value is not None} == {"incidents": 0}
    assert found.measure("ttm").written == "no data"
    assert found.measure("ttm").met is None


def test_the_period_is_twelve_months_and_the_series_reaches_further_back() -> None:
    old = made("old", started="2025-11-01T08:00:00Z", mitigated="2025-11-01T09:00:00Z")
    edge = made("edge", started="2025-11-02T08:00:00Z", mitigated="2025-11-02T08:30:00Z")
    found = seen(old, edge)
    assert found.frequency.total == 1
    assert found.history.total == 2
    assert (found.measure("ttm").value, found.measure("ttm").n) == (1800, 1)
    assert found.measure("ttm").series.points[0].n == 2


def test_since_and_until_set_the_period_and_cut_the_series() -> None:
    items = [made("a", started="2025-01-31"), made("b", started="2025-05-01"), made("c", started="2026-02-01")]
    query = Query(since=parse_moment("2025-02-01"), until=parse_moment("2025-12-31"))
    found = overview(library(*items), AS_OF, query)
    assert found.period.label == "2025-02-01 to 2025-12-31"
    assert found.frequency.total == found.history.total == 1
    assert [point.period.label for point in found.history.quarters.points] == [f"2025 Q{at}" for at in range(1, 5)]


def test_a_query_narrows_every_measure() -> None:
    items = [made("a"), made("b", services=["storefront"], actions=[action()])]
    found = overview(library(*items), AS_OF, Query(service="storefront"))
    assert found.frequency.total == 1
    assert found.measure("ttm").n == 1
    assert len(found.backlog.actions) == 1
    assert overview(library(*items), AS_OF, Query(team="team-payments")).backlog.actions == ()


def test_public_incidents_near_misses_and_drills_never_enter_a_process_measure() -> None:
    others = [made("a", origin="public"), made("b", kind="near-miss"), made("c", kind="drill")]
    assert all(measure.n == 0 for measure in seen(*others).measures)


def test_a_draft_counts_in_frequency_and_as_a_late_postmortem_and_nowhere_else() -> None:
    found = seen(made(status="draft", published=None, severity="SEV1", actions=[action()]))
    counted = {measure.key for measure in found.measures if measure.n}
    assert counted == {"incidents", "ttp", "ttp-business"}
    assert found.measure("ttp").met is False
    assert [item.days for item in found.late] == [242]
    assert found.backlog.actions == ()


def test_caveats_say_what_was_left_out_and_why() -> None:
    items = [
        made("a"),
        made("b", started="2026-03-05", resolved=None, mitigated=None),
        made("c", unknown=["detected"], detected=None),
        made("d", started="2026-03-05"),
        made("e", status="in-review", published=None),
    ]
    found = seen(*items)
    assert found.measure("ttd").caveat.endswith("Left out: 3 incidents (2 bare date, 1 unknown).")
    assert found.measure("ttm").caveat.endswith("Left out: 2 incidents (1 bare date, 1 ongoing).")
    assert "1 incident past the target is unpublished: a miss without a value." in found.measure("ttp").caveat
    assert "nobody wrote down" in found.measure("coverage").caveat


def test_the_quarter_that_has_not_ended_is_no_part_of_the_trend_of_a_count() -> None:
    items = [
        made(f"q{quarter}-{at}", started=f"2025-{1 + 3 * (quarter % 4):02}-10" if quarter < 4 else
             f"2026-{1 + 3 * (quarter - 4):02}-10")
        for quarter in range(7)
        for at in range(10 + quarter)
    ]  # fmt: skip
    trend = seen(*items).measure("incidents").trend
    assert trend is not None
    assert (trend.n, trend.direction) == (7, Direction.DEGRADING)


def test_no_measure_has_a_trend_below_five_quarters() -> None:
    items = [made(f"i{month}", started=f"2026-{month:02}-10T08:00:00Z") for month in (1, 4, 7, 10)]
    assert all(measure.trend is None for measure in seen(*items).measures)


@given(incidents, st.randoms(use_true_random=False))
def test_the_order_of_incidents_changes_nothing(items: list[Postmortem], shuffled: random.Random) -> None:
    other = items.copy()
    shuffled.shuffle(other)
    at = scope()
    assert frequency(items, at) == frequency(other, at)
    assert [entry.compute(items, at) for entry in CATALOG] == [entry.compute(other, at) for entry in CATALOG]


@given(incidents)
def test_every_share_is_a_share_and_every_n_is_at_most_the_incidents(items: list[Postmortem]) -> None:
    found = seen(*items)
    for measure in found.measures:
        assert 0 <= measure.n <= found.frequency.total
        if measure.unit == "share" and measure.value is not None:
            assert 0 <= measure.value <= 1
    assert sum(count.n for count in found.frequency.severities) == found.frequency.total
    assert sum(found.history.quarters_by_severity.totals) == found.history.total
    assert sum(point.n for point in found.history.months.points) == found.history.total


@given(incidents)
def test_later_clocks_see_at_least_as_many_incidents(items: list[Postmortem]) -> None:
    clocks = [datetime(2026, month, 1, tzinfo=UTC) for month in (3, 6, 9, 11)]
    totals = [seen(*items, as_of=clock).history.total for clock in clocks]
    assert all(before <= after for before, after in pairwise(totals))


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        seen().measure("mttr")


def test_the_shipped_library_is_measured(root: Path) -> None:
    words = settings.load(root)
    shipped = libraries.load(root, words, use_cache=False, workers=1)
    assert words.as_of is not None
    found = overview(shipped, words.as_of)
    assert found.measure("ttm").n >= 5
    assert found.patterns.total >= 24
    assert found.backlog.overdue
