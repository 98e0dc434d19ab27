"""The new names of pages: one each, by day and title."""

from __future__ import annotations

from datetime import date

from afterword.migration.names import names
from afterword.timing import Moment

DAY = Moment("2021-03-04", date(2021, 3, 4))
OTHER = Moment("2021-03-05", date(2021, 3, 5))


def test_a_page_is_named_for_its_day_and_title_and_one_without_a_day_for_its_title() -> None:
    assert names([("All carts empty", DAY), ("All carts empty", OTHER), ("Who knows?", None)]) == (
        "postmortems/incidents/2021/2021-03-04-all-carts-empty.md",
        "postmortems/incidents/2021/2021-03-05-all-carts-empty.md",
        "postmortems/incidents/undated-who-knows.md",
    )


def test_a_day_that_the_title_begins_with_stands_once_in_the_name() -> None:
    found = names([("2021-03-04, 403", DAY), ("2021-03-04 - Carts", DAY), ("2021-03 Carts", DAY), ("2021-03-04", DAY)])
    assert [path.rpartition("/")[2] for path in found] == [
        "2021-03-04-403.md", "2021-03-04-carts.md", "2021-03-04-carts-2.md",
        "2021-03-04-2021-03-04.md",
    ]  # fmt: skip


def test_equal_names_are_numbered_in_their_order_past_those_that_are_taken() -> None:
    taken = ("postmortems/incidents/2021/2021-03-04-Down-2.md", "postmortems/incidents/old/2021-03-04-down-4.md")
    found = names([("Down", DAY), ("down!", DAY), ("DOWN", DAY), ("Down 3", DAY)], taken)
    assert [path.rpartition("/")[2] for path in found] == [
        "2021-03-04-down.md", "2021-03-04-down-3.md", "2021-03-04-down-5.md", "2021-03-04-down-3-2.md",
    ]  # fmt: skip


def test_thousands_of_equal_titles_are_named_in_time() -> None:
    assert len(set(names([("Down", None)] * 5000))) == 5000
