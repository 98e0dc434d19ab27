"""Completion of actions, how long they took, and what is still owed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.measures import Reason, Share
from afterword.measures.actions import completion, completion_target, longer_completion, time_to_implement
from afterword.measures.backlog import NOT_STATED, backlog
from tests.measuring import action, done, made, scope

# Published on 9 March: thirty days later is 8 April.


def short(*actions: dict[str, Any], **front: Any) -> Share:
    return completion([made("p", actions=list(actions), **front)], scope())


def test_done_on_the_thirtieth_day_is_in_time_and_a_day_later_is_not() -> None:
    found = short(done("A1", "2026-04-08"), done("A2", "2026-04-09"), action("A3"))
    assert (found.hits, found.of, found.missing) == (1, 3, ("p#A2", "p#A3"))


def test_due_on_the_thirtieth_day_is_short_and_a_day_later_is_longer() -> None:
    items = [made("p", actions=[done("A1", due="2026-04-08"), done("A2", due="2026-04-09")])]
    assert completion(items, scope()).of == 1
    assert longer_completion(items, scope()).of == 1


def test_a_postmortem_is_judged_from_the_thirtieth_day_after_publication() -> None:
    items = [made(actions=[done()])]
    assert completion(items, scope(as_of=datetime(2026, 4, 7, 12, tzinfo=UTC))).of == 0
    assert completion(items, scope(as_of=datetime(2026, 4, 8, 12, tzinfo=UTC))).of == 1


def test_given_up_with_a_reason_and_moved_leave_the_denominator() -> None:
    left = [action("A1", status="wont-do", reason="Retired"), action("A2", status="moved", moved_to="x#A1")]
    assert short(*left).of == 0
    kept = [action("A1", status="wont-do"), action("A2", status="moved")]
    assert short(*kept) == Share(0, 2, ("p#A1", "p#A2"))


def test_done_without_a_date_cannot_be_shown_to_be_in_time() -> None:
    assert short(done("A1", None)) == Share(0, 1, ("p#A1",))


def test_an_action_without_due_date_is_neither_short_nor_longer() -> None:
    items = [made(actions=[done("A1", due=None)])]
    assert (completion(items, scope()).of, longer_completion(items, scope()).of) == (0, 0)


@pytest.mark.parametrize(
    "front", [{"status": "draft"}, {"status": "in-review"}, {"origin": "public"}, {"kind": "drill"}]
)
def test_only_published_incidents_of_our_own_count(front: dict[str, Any]) -> None:
    assert short(done(), **front).of == 0


def test_a_longer_action_is_judged_when_its_due_date_has_passed() -> None:
    items = [
        made(
            "p",
            actions=[
                done("A1", "2026-10-31", due="2026-10-31"),
                done("A2", "2026-07-02", due="2026-07-01"),
                action("A3", due="2026-06-01"),
                action("A4", due="2026-11-01"),
                done("A5", "2026-05-01", due="2026-12-01"),
            ],
        )
    ]
    assert longer_completion(items, scope()) == Share(1, 3, ("p#A2", "p#A3"), ((Reason.NOT_DUE, 2),))


@given(st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70), st.booleans()), max_size=12))
def test_doing_one_more_in_time_never_lowers_completion(rows: list[tuple[int, int, bool]]) -> None:
    def day(after: int) -> str:
        return f"2026-{3 + (8 + after) // 30:02}-{1 + (8 + after) % 30:02}".replace("-02-30", "-02-28")

    actions = [
        (done(f"A{at}", day(when), due=day(due)) if is_done else action(f"A{at}", due=day(due)))
        for at, (due, when, is_done) in enumerate(rows)
    ]
    before = short(*actions)
    after = short(*actions, done("Z", "2026-03-10"))
    assert 0 <= before.hits <= before.of
    assert (after.value or 0) >= (before.value or 0)


def test_over_ninety_per_cent_is_strict() -> None:
    target = completion_target(scope())
    assert not target.met_by(9 / 10)
    assert target.met_by(10 / 11)


def test_time_to_implement_is_from_created_to_completed_of_what_is_done() -> None:
    items = [made("p", actions=[done("A1"), action("A2"), done("A3", None), done("A4", created=None)])]
    found = time_to_implement(items, scope())
    assert list(found.values) == [6]
    assert found.observations[0].id == "p#A1"
    assert found.excluded == ((Reason.NO_DATE, 2),)


def test_the_backlog_has_the_most_overdue_first_and_those_without_due_date_last() -> None:
    first = made("p", actions=[action("A1", due=None), action("A2", due="2026-10-31"), action("A3", due="2026-11-01")])
    drill = made("q", kind="drill", actions=[action("A1", due="2026-10-01")])
    found = backlog([first, drill], scope())
    assert [(item.id, item.overdue) for item in found.actions] == [("q#A1", 31), ("p#A2", 1), ("p#A3", 0), ("p#A1", 0)]
    assert [item.id for item in found.overdue] == ["q#A1", "p#A2"]


@pytest.mark.parametrize("front", [{"status": "draft"}, {"origin": "public"}])
def test_nobody_owes_the_actions_of_drafts_and_of_others(front: dict[str, Any]) -> None:
    assert backlog([made(actions=[action()], **front)], scope()).actions == ()


def test_the_backlog_is_tallied_by_owner_team_priority_and_age() -> None:
    items = [
        made(
            actions=[
                action("A1", created="2026-10-02", due="2026-12-01"),
                action("A2", created="2026-10-01", owner="@ana", priority="P1"),
                action("A3", created="2026-08-02", owner="@team-web", status="in-progress"),
                action("A4", created=None, owner=None, priority=None, due=None),
                done("A5"),
            ]
        )
    ]
    found = backlog(items, scope())
    assert {tally.key: (tally.open, tally.overdue) for tally in found.owners} == {
        "@ana": (1, 1),
        "@team-payments": (1, 0),
        "@team-web": (1, 1),
        NOT_STATED: (1, 0),
    }
    assert {tally.title: tally.open for tally in found.teams} == {"Payments": 3, "Web": 1}
    assert [(tally.key, tally.open) for tally in found.priorities] == [("P1", 1), ("P2", 2), (NOT_STATED, 1)]
    assert [(tally.key, tally.open) for tally in found.ages] == [
        ("up to 30 days", 1),
        ("31 to 90 days", 1),
        ("over 90 days", 1),
        (NOT_STATED, 1),
    ]
