"""How a page means its dates: by its figures, its collection, its name, title, fields and sentences."""

from __future__ import annotations

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.outline import outline
from afterword.migration.page import Field, Page
from afterword.migration.times.calendar import Calendar, Order, calendar_of, day_in_heading, day_in_name, order_of

MARCH = date(2024, 3, 14)


def of(text: str, path: str = "outage.md", fields: tuple[Field, ...] = (), order: Order | None = None) -> Calendar:
    page = Page(path, "Markdown", text, tuple(range(1, text.count("\n") + 2)), fields)
    return calendar_of(page, outline(text), fields, order, None)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["It broke on 3/14/2024."], "month"),
        (["It broke on 14/3/2024."], "day"),
        (["It broke on 03-14-2024."], "month"),
        (["[03-26 17:40] It broke"], "month"),
        (["It broke on 3/4/2024."], None),
        (["It broke on 14.03.2024."], None),
        (["3/14/2024 and 14/3/2024"], None),
        (["3/14/2024", "14/3/2024"], None),
        (["3/14/2024"] * 20 + ["14/3/2024"], "month"),
        (["https://x.example/2024/3/14/2024", "v1.3/14/2024", "99/99/2024"], None),
        ([], None),
    ],
)
def test_the_order_of_a_collection_is_what_its_figures_agree_upon(texts: list[str], order: Order | None) -> None:
    assert order_of(texts) == order


def test_a_page_that_tells_its_order_keeps_it_and_others_take_that_of_the_collection() -> None:
    assert of("14/3/2024", order="month").order == "day"
    assert of("3/4/2024", order="month").order == "month"
    assert of("3/14/2024 and 14/3/2024", order="day").order == "day"
    assert of("3/4/2024").order is None


def test_a_date_that_is_the_day_in_the_name_tells_the_order() -> None:
    assert of("It broke on 3/4/2024.", "2024-03-04-x.md").order == "month"
    assert of("It broke on 4/3/2024.", "2024-03-04-x.md").order == "day"
    assert of("From 3/4/2024 to 4/3/2024.", "2024-03-04-x.md").order is None


@pytest.mark.parametrize(
    "path",
    [
        "2024-03-14-x.md", "2024-03/2024-03-14-x.md", "2024-03/03-14-x.md", "2024-03/14-x.md", "2024/03/14.md",
        "2024/03-14 x.md", "20240314-x.md", "a/2024_03_14.md", "march-14-2024-x.md", "14-mar-2024.html.md.erb",
        "2024-03-14-x/README.md", "2024/03/14/x.md", "2024/03-14 x/report.md", "_posts/2024-03-14-x.html",
        "2024.03.14 x",
    ],
)  # fmt: skip
def test_a_full_day_in_the_name_of_a_file_and_its_folders(path: str) -> None:
    found = day_in_name(path)
    assert found is not None
    assert found[0] == MARCH
    assert found[1] in path


@pytest.mark.parametrize(
    "path", ["PM2020-003 - x.md", "INC-1234.md", "2024-03/x.md", "2024-02-30.md", "12-31.md", "1.2.3.md", "", "a/b"]
)
def test_less_than_a_full_day_is_none(path: str) -> None:
    assert day_in_name(path) is None


def test_a_year_in_the_name_is_that_of_days_without_one() -> None:
    calendar = of("## Timeline\n\n- Dec 31 14:05 It broke\n", "PM2020-003 - x.md")
    assert (calendar.near, calendar.year, calendar.day) == (None, 2020, None)


def test_a_month_in_the_name_lies_near_days_without_a_year() -> None:
    calendar = of("", "2024-03/x.md")
    assert (calendar.near, calendar.day) == (date(2024, 3, 15), None)


def test_the_title_tells_the_day_of_the_page() -> None:
    text = "# Outage of 14 March 2024\n\n## Timeline (3/16/2024)\n"
    assert day_in_heading(outline(text), Calendar()) == (MARCH, "Outage of 14 March 2024", 0)
    assert of(text, "2024-04-01-x.md").day == MARCH
    assert day_in_heading(outline("# From 14 March 2024 to 16 March 2024\n"), Calendar()) is None
    assert day_in_heading(outline("## Timeline 14 March 2024\n"), Calendar()) is None


def test_what_a_field_states_counts_more_than_title_summary_front_matter_and_name() -> None:
    text = "# Outage of 15 March 2024\n\n## Summary\n\nOn 16 March 2024 it broke.\n"
    stated = Field("Incident Date", "14 March 2024", 3)
    front = Field("date", "2024-03-17", 1, front=True)
    name = "2024-03-18-x.md"
    assert of(text, name, (front, stated)).day == MARCH
    assert of(text, name, (front,)).day == date(2024, 3, 15)
    assert of(text.partition("\n\n")[2], name, (front,)).day == date(2024, 3, 16)
    assert of("", name, (front,)).day == date(2024, 3, 17)
    assert of("", name).day == date(2024, 3, 18)
    assert of("").day is None


def test_fields_of_other_days_do_not_count() -> None:
    assert of("", fields=(Field("Due date", "14 March 2024", 3), Field("Published", "2024-03-20", 4))).day is None


def test_a_summary_of_several_days_or_of_one_long_before_the_name_tells_none() -> None:
    assert of("## Summary\n\nFrom 14 March 2024 to 16 March 2024.\n").day is None
    calendar = of("## Summary\n\nA change of 1 June 2023 broke it.\n", "2024-03-14-x.md")
    assert calendar.day == MARCH


def test_days_of_the_timeline_lie_near_those_without_a_year() -> None:
    assert of("## Timeline 3/14/2024 - 3/16/2024\n").near == MARCH
    assert of("## Timeline\n\n- 2024-03-14 14:05 It broke\n").near == MARCH
    assert of("## Notes\n\nSeen 14 March 2024.\n\nAnd 15 March 2024.\n").near == MARCH


def test_the_zone_that_the_page_states_counts_more_than_the_one_that_somebody_gives() -> None:
    given_zone = timezone(timedelta(hours=7))
    for text, fields, zone, stated in (
        ("All times are UTC.", (), UTC, True),
        ("", (Field("Time zone", "UTC", 2),), UTC, True),
        ("Nothing.", (), given_zone, False),
    ):
        page = Page("x.md", "Markdown", text, (1,), fields)
        calendar = calendar_of(page, outline(text), fields, None, given_zone)
        assert (calendar.zone, calendar.stated) == (zone, stated)


@given(st.text(alphabet="0123456789-_/. ar", max_size=40))
def test_any_name_is_read_without_an_error(path: str) -> None:
    found = day_in_name(path)
    assert found is None or found[0].year >= 1970
    of(path, path)
