"""Time to detect, acknowledge, mitigate and resolve: what counts and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from afterword.measures import Reason
from afterword.measures.durations import TTA, TTD, TTM, TTR, Stretch, durations, restore_target
from tests.measuring import made, scope

KNOWN = [(TTD, 4), (TTA, 2), (TTM, 32), (TTR, 38)]


def reasons(stretch: Stretch, **front: Any) -> list[Reason]:
    return [reason for reason, _ in durations(stretch, [made(**front)], scope()).excluded]


@pytest.mark.parametrize(("stretch", "minutes"), KNOWN)
def test_each_duration_is_between_its_own_milestones(stretch: Stretch, minutes: int) -> None:
    assert durations(stretch, [made()], scope()).values == (minutes * 60,)


def test_offsets_of_two_zones_are_compared_as_instants() -> None:
    item = made(started="2026-03-04T10:12:00+01:00", mitigated="2026-03-04T09:44:00Z")
    assert durations(TTM, [item], scope()).values == (32 * 60,)


def test_a_bare_date_gives_no_duration() -> None:
    assert reasons(TTM, started="2026-03-04") == [Reason.BARE_DATE]
    assert reasons(TTM, mitigated="2026-03-04") == [Reason.BARE_DATE]


def test_an_unknown_milestone_gives_no_duration_even_when_a_time_is_given() -> None:
    assert reasons(TTD, unknown=["detected"]) == [Reason.UNKNOWN]
    assert reasons(TTR, unknown=["resolved"], resolved=None) == [Reason.UNKNOWN]


def test_an_ongoing_incident_has_no_end_yet_but_may_be_mitigated() -> None:
    assert reasons(TTR, resolved=None) == [Reason.ONGOING]
    assert reasons(TTM, resolved=None, mitigated=None) == [Reason.ONGOING]
    assert durations(TTM, [made(resolved=None)], scope()).n == 1


def test_a_milestone_that_nobody_wrote_down_is_not_stated() -> None:
    assert reasons(TTA, acknowledged=None) == [Reason.NOT_STATED]


def test_drafts_are_left_out_and_in_review_ones_count() -> None:
    assert reasons(TTM, status="draft") == [Reason.DRAFT]
    assert durations(TTM, [made(status="in-review")], scope()).n == 1


@pytest.mark.parametrize(
    "front",
    [
        {"origin": "public"},
        {"kind": "drill"},
        {"kind": "near-miss"},
        {"merged_into": "2026-03-04-other"},
        {"started": "2026-11-02T00:00:00Z"},
    ],
)
def test_what_is_not_our_own_incident_does_not_enter_at_all(front: dict[str, Any]) -> None:
    found = durations(TTM, [made(**front)], scope())
    assert (found.n, found.excluded) == (0, ())


def test_restoring_in_exactly_an_hour_misses_the_target_of_under_an_hour() -> None:
    just = made("a", mitigated="2026-03-04T10:11:59Z")
    hour = made("b", mitigated="2026-03-04T10:12:00Z")
    found = durations(TTM, [just, hour], scope(), restore_target(scope()))
    assert (found.within, found.counted) == (1, 2)


def test_an_alert_before_the_first_harm_gives_a_negative_time_to_detect() -> None:
    assert durations(TTD, [made(detected="2026-03-04T09:10:00Z")], scope()).values == (-120,)
