from __future__ import annotations

import pytest

from afterword.migration.compose import told_whole
from afterword.migration.facts import Fact, Told
from afterword.migration.page import Field


@pytest.mark.parametrize(
    ("key", "written", "value", "whole"),
    [
        ("severity", "down", "Down", True),
        ("severity", "major-outage", "SEV2", False),
        ("services", "web api", "web-api", True),
        ("started", "2023-06-02T11:25:00-00:00", "2023-06-02T11:25:00Z", True),
        ("started", "2023-06-02 11:25", "2023-06-02T11:25:00+02:00", True),
        ("started", "2018-04-25 04:13:00", "2018-04-25", False),
        ("started", "2018-04-25", "2018-04-25", True),
        ("status", "true", "draft", True),
        ("author", "Ann ([@ann](https://example.org/ann))", "Ann (@ann)", False),
        ("links", "https://example.org/1", "url | https://example.org/1", True),
    ],
)
def test_only_a_line_that_a_fact_says_whole_leaves_the_text(key: str, written: str, value: str, whole: bool) -> None:
    field = Field(key, written, 3, front=True)
    assert told_whole([field], Told((Fact(key, value, 3, "the field"),))) == ({3} if whole else set())


def test_a_line_in_the_text_is_none_beside_it() -> None:
    assert told_whole([Field("severity", "down", 3)], Told((Fact("severity", "down", 3, "the field"),))) == set()


@pytest.mark.parametrize(("written", "whole"), [("2024-03-04", True), ("2024-03-05", False), ("2024-03-04 09", False)])
def test_a_date_that_a_moment_tells_goes_with_it(written: str, whole: bool) -> None:
    moment = Fact("started", "2024-03-04T09:12:00Z", 40, "the row of the timeline")
    assert told_whole([Field("date", written, 3, front=True)], Told((moment,))) == ({3} if whole else set())


def test_a_line_of_several_values_stays_when_one_is_not_told() -> None:
    fields = [Field("affected", name, 3, front=True) for name in ("API", "Web")]
    assert told_whole(fields, Told((Fact("services", "API", 3, "the field"),))) == set()
