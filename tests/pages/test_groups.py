"""Pages of groups: what their first sentence says."""

from __future__ import annotations

from afterword.pages.groups import in_words
from tests.measuring import made, scope


def test_a_group_is_summed_up_in_a_sentence() -> None:
    items = [
        made("a"),
        made("b", mitigated="2026-03-04T09:54:00Z"),
        made("c", kind="drill"),
        made("d", kind="near-miss"),
        made("e", origin="public"),
    ]
    assert in_words(items, scope()) == (
        "2 own incidents (restored in 37 min, median of 2), 1 near-miss, 1 drill and 1 public incident."
    )


def test_the_time_of_a_draft_enters_no_median() -> None:
    items = [made("a"), made("b", status="draft", mitigated="2026-03-04T19:12:00Z")]
    assert in_words(items, scope()) == "2 own incidents (restored in 32 min, median of 1)."


def test_what_nobody_knows_is_not_said() -> None:
    assert in_words([made(mitigated="2026-03-04")], scope()) == "1 own incident."
    assert in_words([], scope()) == ""
