"""What incidents used: above the baseline, over the budget of the window that ended with them, and not changing."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.history import History, merge
from afterword.budgets.incidents.episodes import breaches
from afterword.budgets.incidents.impact import Costs, costs
from afterword.budgets.objective import Objective
from afterword.budgets.waivers import Waiver, Waivers
from afterword.budgets.window import Rolling
from afterword.model import Charge, Kind, Origin, Postmortem
from afterword.timing import parse_moment
from tests.budgets.counting import AT, STEPS_PER_DAY, measured, objective, series, snapshot

DAYS = 40
START = AT - timedelta(days=DAYS)
ALLOWED = 288_000 * 30 * 0.001


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def incident(name: str, start: float, minutes: float | None = 60, **more: Any) -> Postmortem:
    """One of checkout that started so many days after the telemetry did."""
    begins = START + timedelta(days=start)
    moment, ended = parse_moment(stamp(begins)), None
    if minutes is not None:
        ended = parse_moment(stamp(begins + timedelta(minutes=minutes)))
    assert moment is not None
    given: dict[str, Any] = {"services": ("checkout",), "started": moment, "resolved": ended}
    return Postmortem(**{"path": f"{name}.md", "id": name, "title": name, "kind": Kind.INCIDENT} | given | more)


def history(spikes: dict[float, float], ratio: float = 0.0, aim: Objective | None = None) -> History:
    """Forty days in which so many bad events stand in the hour that begins so many days after the start."""
    bad, total = series(DAYS, ratio)
    for day, events in spikes.items():
        first = round(day * STEPS_PER_DAY)
        for index in range(first, first + 12):
            bad[index] += events / 12
    return merge([snapshot(measured(aim or objective(), bad, total))])


def told(items: list[Postmortem], past: History, at: datetime = AT, aim: Objective | None = None) -> Costs:
    return costs(items, past, [aim or objective()], at)


def only(found: Costs) -> Charge:
    assert len(found.charges) == 1
    return found.charges[0]


def test_an_incident_is_charged_with_its_bad_events_over_the_budget_of_its_window() -> None:
    charge = only(told([incident("a", 35)], history({35: 864.0})))
    assert charge.consumed == pytest.approx(0.1, rel=1e-3)
    assert charge.bad == pytest.approx(864)
    assert not charge.baseline
    assert not charge.shared


def test_what_goes_wrong_at_all_times_is_not_charged() -> None:
    charge = only(told([incident("a", 35)], history({35: 864.0}, ratio=0.0004)))
    assert charge.baseline == pytest.approx(0.0004)
    assert charge.bad == pytest.approx(864, rel=1e-6)


def test_the_baseline_leaves_all_incidents_of_the_window_out() -> None:
    items = [incident("a", 28), incident("b", 35)]
    first, second = told(items, history({28: 5000.0, 35: 864.0}, ratio=0.0004)).charges
    assert second.baseline == pytest.approx(0.0004)
    assert [first.bad, second.bad] == pytest.approx([5000, 864])


def test_an_incident_in_which_nothing_went_wrong_used_nothing() -> None:
    charge = only(told([incident("a", 35)], history({20: 50.0}, ratio=0.0004)))
    assert charge.consumed == 0.0


def test_the_figure_is_frozen_and_only_the_current_share_goes_on() -> None:
    items, past = [incident("a", 31)], history({31: 864.0, 38: 4000.0})
    then = only(told(items, past, START + timedelta(days=33)))
    now = only(told(items, past))
    assert then.consumed == now.consumed
    assert now.current == pytest.approx(864 / ALLOWED)
    assert only(told([incident("old", 31)], past, START + timedelta(days=33))).current is not None


def test_the_current_share_is_of_the_window_that_ends_with_the_snapshots() -> None:
    items, past = [incident("a", 31)], history({31: 864.0})
    assert only(told(items, past, AT + timedelta(days=5))).current == only(told(items, past)).current is not None


def test_an_incident_that_has_left_the_window_has_no_current_share() -> None:
    aim = objective(window=Rolling(7 * 86_400))
    charge = only(told([incident("a", 20)], history({20: 864.0}), aim=aim))
    assert charge.current is None
    assert charge.consumed == pytest.approx(864 / (288_000 * 7 * 0.001), rel=1e-3)


def test_incidents_that_overlap_share_the_excess_equally_and_are_marked() -> None:
    half = 30 / 1440
    items = [incident("a", 35), incident("b", 35 + half), incident("c", 37)]
    a, b, c = told(items, history({35: 1200.0, 35 + 2 * half: 600.0, 37: 100.0})).charges
    assert [a.bad, b.bad, c.bad] == pytest.approx([600 + 300, 300 + 300, 100], rel=0.01)
    assert [a.shared, b.shared, c.shared] == [True, True, False]


def test_an_incident_of_another_service_takes_no_part_and_is_not_charged() -> None:
    items = [incident("a", 35), incident("b", 35, services=("orders",))]
    charge = only(told(items, history({35: 864.0})))
    assert (charge.postmortem, charge.shared) == ("a", False)


def test_an_ongoing_incident_lasts_until_now() -> None:
    past = history({38: 400.0, 38.5: 200.0})
    assert only(told([incident("a", 38, None)], past, START + timedelta(days=38.25))).bad == pytest.approx(400)
    assert only(told([incident("a", 38, None)], past, AT + timedelta(hours=3))).bad == pytest.approx(600)


def test_any_loss_of_a_budget_of_zero_is_infinite() -> None:
    aim = objective(target="1")
    items = [incident("a", 34), incident("b", 35)]
    lossless, lossy = told(items, history({35: 3.0}, aim=aim), aim=aim).charges
    assert (lossless.consumed, lossy.consumed) == (0.0, inf)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (incident("a", -1), "whole incident"),
        (incident("a", 39.99, 60 * 24), "whole incident"),
        (incident("a", 10), "of the window"),
        (incident("a", 35, started=parse_moment("2026-03-26")), "without a time"),
        (incident("a", 35, resolved=parse_moment("2026-03-26")), "without a time"),
        (incident("a", 35, None, unknown=frozenset({"resolved"})), "nobody knows"),
        (incident("a", 35, -5), "ends before"),
    ],
)
def test_nothing_is_charged_where_nobody_can_tell(item: Postmortem, reason: str) -> None:
    found = told([item], history({35: 864.0}))
    assert found.charges == ()
    assert [reason in silent.reason for silent in found.silent] == [True]


def test_without_a_snapshot_of_the_objective_nothing_is_charged() -> None:
    found = told([incident("a", 35)], History())
    assert [silent.reason for silent in found.silent] == ["no snapshot holds the objective"]


@pytest.mark.parametrize(
    "more", [{"origin": Origin.PUBLIC}, {"merged_into": "other"}, {"services": ("orders",)}], ids=str
)
def test_others_are_not_spoken_of(more: dict[str, Any]) -> None:
    assert told([incident("a", 35, **more)], history({35: 864.0})) == Costs()


def test_maintenance_is_not_charged() -> None:
    begins = START + timedelta(days=35)
    fix = Corrections((Correction("x", "y", services=("checkout",), start=begins, end=begins + timedelta(minutes=30)),))
    charge = only(told([incident("a", 35)], history({35: 864.0}).without(fix)))
    assert charge.bad == pytest.approx(432)


@given(st.lists(st.integers(31 * 24, 39 * 24), min_size=1, max_size=6, unique=True), st.integers(0, 900))
def test_charges_of_incidents_that_overlap_sum_to_what_was_lost_above_the_baseline(hours: list[int], rate: int) -> None:
    ratio = rate / 1_000_000
    past = history({hour / 24: 900.0 for hour in hours}, ratio)
    items = [incident(f"i{number}", hour / 24, None) for number, hour in enumerate(hours)]
    found = told(items, past).charges  # all go on until now, so that they have one window and one baseline
    assert sum(charge.bad for charge in found) == pytest.approx(900 * len(hours), rel=1e-6)
    assert all(charge.bad >= 0 for charge in found)
    latest = max(found, key=lambda charge: hours[int(charge.postmortem[1:])])
    assert latest.bad == min(charge.bad for charge in found)


def test_a_breach_used_more_than_a_tenth_of_a_budget() -> None:
    past = history({33: 800.0, 35: 900.0})
    (found,) = breaches(past, [objective(path="budgets/slos/checkout.yaml")])
    assert (found.start, found.end) == (START + timedelta(days=35), START + timedelta(days=35, hours=1))
    assert found.consumed == pytest.approx(900 / ALLOWED)
    assert found.path == "budgets/slos/checkout.yaml"
    assert found.is_open


def test_gaps_of_a_quarter_of_an_hour_are_closed_and_longer_ones_are_not() -> None:
    hour, minute = 1 / 24, 1 / 1440
    near = breaches(history({35: 600.0, 35 + hour + 15 * minute: 600.0}), [objective()])
    assert [item.end - item.start for item in near] == [timedelta(minutes=135)]
    far = breaches(history({35: 600.0, 35 + hour + 20 * minute: 600.0}), [objective()])
    assert far == ()


def test_a_breach_is_explained_by_a_postmortem_of_its_service_that_overlaps_it() -> None:
    past = history({35: 900.0, 37: 900.0})
    items = [incident("a", 35.02), incident("b", 37, services=("orders",)), incident("c", 36)]
    first, second = breaches(past, [objective()], items)
    assert (first.explained_by, second.explained_by) == (("a",), ())
    assert [first.is_open, second.is_open] == [False, True]


def test_a_postmortem_that_knows_only_the_day_explains_the_breaches_of_that_day() -> None:
    day = parse_moment(f"{START + timedelta(days=35):%Y-%m-%d}")
    (found,) = breaches(history({35.5: 900.0}), [objective()], [incident("a", 35, started=day, resolved=day)])
    assert found.explained_by == ("a",)


def test_a_breach_may_be_waived() -> None:
    at = START + timedelta(days=35, minutes=10)
    waiver = Waiver("checkout-errors", at, at, "A load test", "@lead", at.date())
    (found,) = breaches(history({35: 900.0}), [objective()], waivers=Waivers((waiver,)))
    assert (found.waiver, found.is_open) == ("A load test", False)


def test_any_loss_of_a_budget_of_zero_is_a_breach() -> None:
    aim = objective(target="1")
    assert [item.consumed for item in breaches(history({35: 0.5}, aim=aim), [aim])] == [inf]


def test_a_loss_against_a_budget_of_zero_is_one_however_little_is_known() -> None:
    aim = objective(target="1")
    assert [item.bad for item in breaches(history({10: 2.0}, aim=aim), [aim])] == [pytest.approx(2.0)]


def test_of_too_little_nothing_is_said() -> None:
    assert breaches(history({10: 9000.0}), [objective()]) == ()  # the window before it is not known
    assert breaches(history({35: 9000.0}), [objective(minimum_events=10**9)]) == ()
    assert breaches(history({35: 9000.0}), [objective()], at=START + timedelta(days=34)) == ()
