"""Related postmortems: which, why, and the chains of those that repeat each other."""

from __future__ import annotations

from afterword.checking import Report
from afterword.measures import overview
from afterword.model import Postmortem
from afterword.pages.related import MOST, Relations
from afterword.pages.site import Site
from afterword.pages.urls import Urls
from tests.measuring import AS_OF, library, made


def relations(*items: Postmortem) -> Relations:
    known = library(*items)
    return Relations(Site(known, Report(AS_OF, (), 0), overview(known, AS_OF), AS_OF, Urls()))


def test_chains_join_over_several_steps_and_over_former_ids() -> None:
    first = made("a", started="2025-01-01", aliases=["old-name"])
    second = made("b", started="2025-06-01", recurrence_of=["old-name"])
    third = made("c", started="2026-01-01", recurrence_of=["b"])
    found = relations(third, made("d"), first, second)
    for item in (first, second, third):
        assert [other.id for other in found.chain(item)] == ["a", "b", "c"]
    assert found.chain(made("d")) == ()


def test_references_to_nothing_to_itself_and_around_a_circle_do_no_harm() -> None:
    lonely = made("a", recurrence_of=["gone", "a"])
    assert relations(lonely).chain(lonely) == ()
    assert relations(lonely).of(lonely) == ()
    left, right = made("a", recurrence_of=["b"]), made("b", recurrence_of=["a"])
    assert [item.id for item in relations(left, right).chain(left)] == ["a", "b"]


def test_what_repeats_comes_before_what_is_alike_and_each_once() -> None:
    here = made("here", started="2026-03-04T09:12:00Z", recurrence_of=["first"], contributing_factors=["no-limit"])
    items = [
        here,
        made("first", started="2025-01-01", services=["storefront"], root_cause="deploy"),
        made("again", started="2026-05-01", recurrence_of=["here"]),
        made("same", started="2026-01-01"),
        made("factor", started="2026-02-01", services=[], root_cause="deploy", contributing_factors=["no-limit"]),
        made("cause", started="2026-02-02", services=["storefront"]),
        made("other", started="2026-02-03", services=["storefront"], root_cause="deploy"),
    ]
    assert [(item.postmortem.id, item.reason) for item in relations(*items).of(here)] == [
        ("first", "this incident repeats it"),
        ("again", "repeats this incident"),
        ("same", "same service and cause: Checkout, capacity"),
        ("factor", "same contributing factor: no limit"),
        ("cause", "same cause: capacity"),
    ]


def test_no_more_are_shown_than_are_read_and_the_nearest_in_time_of_those_alike() -> None:
    items = [made(f"m{month:02}", started=f"2025-{month:02}-01") for month in range(1, 13)]
    found = relations(*items).of(items[5])
    assert [item.postmortem.id for item in found] == ["m05", "m07", "m04", "m08", "m03"]
    assert len(found) == MOST
