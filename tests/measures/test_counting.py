"""Coverage, recurrence and frequency."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from afterword.library import Query
from afterword.measures import Reason, Share, overview
from afterword.measures.coverage import REQUIRING, coverage
from afterword.measures.frequency import NONE, frequency, patterns
from afterword.measures.recurrence import recurrence
from afterword.model import Breach, Telemetry
from tests.measuring import AS_OF, library, made, scope, shop


def test_eight_reasons_require_a_postmortem_and_the_other_four_do_not() -> None:
    assert len(REQUIRING) == 8
    for reason in REQUIRING:
        assert coverage([made(required_because=[reason])], scope()).of == 1
    for reason in ("degradation", "near-miss", "toil", "educational"):
        assert coverage([made(required_because=[reason])], scope()).of == 0


def test_a_critical_severity_requires_one_without_a_reason() -> None:
    items = [made("a", severity="SEV1"), made("b", severity="SEV2", status="in-review", published=None), made("c")]
    assert coverage(items, scope()) == Share(1, 2, ("b",))


def test_coverage_of_the_critical_ones_looks_at_severity_alone() -> None:
    items = [made("a", severity="SEV1"), made("b", required_because=["data-loss"], status="in-review")]
    assert coverage(items, scope(), critical=True) == Share(1, 1)


def test_a_draft_is_neither_covered_nor_missing() -> None:
    found = coverage([made(severity="SEV1", status="draft")], scope())
    assert (found.of, found.excluded) == (0, ((Reason.DRAFT, 1),))


def breach(hour: int, slo: str = "checkout-errors", **more: Any) -> Breach:
    start = datetime(2026, 3, 4, hour, tzinfo=UTC)
    return Breach(slo, slo.split("-", maxsplit=1)[0], start, start + timedelta(hours=1), 0.4, 100.0, **more)


def test_a_breach_in_telemetry_requires_a_postmortem_and_one_without_is_missing() -> None:
    told = breach(9, explained_by=("a",))
    items = [made("a"), made("b")]
    assert coverage(items, scope()).of == 0
    assert coverage(items, replace(scope(), breaches=(told,))) == Share(1, 1)
    found = coverage(items, replace(scope(), breaches=(told, breach(15))))
    assert found == Share(1, 2, ("checkout 2026-03-04T15:00Z",), beside=1)


def test_objectives_of_a_service_that_fell_together_are_missed_once() -> None:
    breaches = (breach(9), breach(9, "checkout-latency"), breach(9, "orders-errors"), breach(14))
    found = coverage([], replace(scope(), breaches=breaches))
    assert (found.of, found.beside) == (3, 3)


def test_a_waived_breach_needs_no_postmortem_and_none_counts_among_the_critical_ones() -> None:
    assert coverage([], replace(scope(), breaches=(breach(9, waiver="A load test"),))).of == 0
    assert coverage([], replace(scope(), breaches=(breach(9),)), critical=True).of == 0


def test_coverage_counts_the_breaches_of_its_period_and_says_so() -> None:
    past = replace(breach(9), start=datetime(2024, 3, 4, tzinfo=UTC), end=datetime(2024, 3, 4, 1, tzinfo=UTC))
    telemetry = Telemetry(breaches=(past, breach(9), breach(9, "storefront-errors")))
    known = library(made("a", severity="SEV1"))
    found = overview(known, AS_OF, telemetry=telemetry).measure("coverage")
    assert found.n == 3
    assert found.value == pytest.approx(1 / 3)
    assert "2 breaches in telemetry that no postmortem tells of count as misses." in found.caveat
    by_service = overview(known, AS_OF, Query(service="checkout"), telemetry).measure("coverage")
    assert by_service.n == 2
    assert overview(known, AS_OF, Query(severity="SEV1"), telemetry).measure("coverage").n == 1


def test_recurrence_is_the_share_with_an_earlier_one() -> None:
    items = [
        made("a"),
        made("b", recurrence_of=["a"]),
        made("c", kind="drill", recurrence_of=["a"]),
        made("d", status="draft", recurrence_of=["a"]),
        made("e", origin="public", recurrence_of=["a"]),
    ]
    assert recurrence(items, scope()) == Share(1, 2, (), ((Reason.DRAFT, 1),))


def test_drafts_and_ongoing_incidents_count_in_frequency_and_other_kinds_apart() -> None:
    items = [
        made("a"),
        made("b", status="draft"),
        made("c", resolved=None),
        made("d", kind="near-miss"),
        made("e", kind="drill"),
        made("f", origin="public"),
        made("g", merged_into="a"),
    ]
    found = frequency(items, scope())
    assert found.total == 3
    assert [(count.key, count.n) for count in found.kinds] == [("incident", 3), ("near-miss", 1), ("drill", 1)]


def test_an_incident_of_two_services_counts_in_both_and_once_in_their_team() -> None:
    found = frequency([made(services=["storefront", "assistant"])], scope())
    assert [(count.title, count.n) for count in found.services] == [("Assistant", 1), ("Storefront", 1)]
    assert [(count.title, count.n) for count in found.teams] == [("Web", 1)]


def test_severities_stand_in_the_order_of_the_settings_also_those_that_nobody_had() -> None:
    found = frequency([made("a"), made("b", severity=None), made("c", severity="SEV9")], scope())
    assert [(count.key, count.n) for count in found.severities] == [
        ("SEV1", 0), ("SEV2", 0), ("SEV3", 1), ("SEV9", 1), (NONE, 1),
    ]  # fmt: skip


def test_series_have_no_holes_and_reach_to_the_clock() -> None:
    items = [made("a", started="2026-01-31"), made("b", started="2026-08-01"), made("c", started="2026-08-31")]
    found = frequency(items, scope())
    assert [(point.period.label, point.value) for point in found.quarters.points] == [
        ("2026 Q1", 1), ("2026 Q2", 0), ("2026 Q3", 2), ("2026 Q4", 0),
    ]  # fmt: skip
    assert [point.value for point in found.months.points] == [1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]
    assert [point.partial for point in found.quarters.points] == [False, False, False, True]


def test_quarters_by_severity_add_up_to_the_quarters() -> None:
    items = [made("a", severity="SEV1"), made("b"), made("c", started="2026-07-01"), made("d", severity=None)]
    found = frequency(items, scope())
    assert found.quarters_by_severity.totals == (3, 0, 1, 0)
    rows = {row.key: row.counts for row in found.quarters_by_severity.rows}
    assert rows == {"SEV1": (1, 0, 0, 0), "SEV2": (0,) * 4, "SEV3": (1, 0, 1, 0), NONE: (1, 0, 0, 0)}
    assert found.quarters_by_severity.last(2).totals == (1, 0)


def test_an_incident_belongs_to_the_quarter_of_its_day_in_the_library_s_zone() -> None:
    item = made(started="2026-03-31T23:30:00Z")
    hanoi = scope(shop(timezone(timedelta(hours=7))))
    assert frequency([item], scope()).quarters.points[0].period.label == "2026 Q1"
    assert frequency([item], hanoi).quarters.points[0].period.label == "2026 Q2"


def test_a_bare_date_is_that_day_in_every_zone() -> None:
    item = made(started="2026-03-31")
    west = scope(shop(timezone(timedelta(hours=-11))))
    assert frequency([item], west).quarters.points[0].period.label == "2026 Q1"


def test_what_starts_after_the_clock_s_day_has_not_happened() -> None:
    before, same = (datetime(2026, 3, day, 1, tzinfo=UTC) for day in (3, 4))
    assert frequency([made()], scope(as_of=before)).total == 0
    assert frequency([made()], scope(as_of=same)).total == 1


def test_public_incidents_count_in_patterns_alone() -> None:
    public: dict[str, Any] = {"origin": "public", "organization": "Acme", "root_cause": None, "severity": None}
    found = patterns([made("a", **public), made("b", started="2011-04-21", **public), made("c")], scope())
    assert found.total == 2
    assert [(count.key, count.title, count.n) for count in found.categories] == [("unknown", "Unknown", 2)]
    assert found.organizations[0].n == 2
