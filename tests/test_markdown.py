"""The facts of a body stand where an editor shows them, and no text makes their search slow."""

from __future__ import annotations

import time

import pytest

from afterword.markdown import Body, parse_body
from afterword.source import Source
from tests.reading import page, record


def body(text: str) -> Body:
    return parse_body(Source("a.md", text), 0)[0]


def links(text: str) -> list[tuple[str, int, int]]:
    return [(link.target, link.span.line, link.span.column) for link in body(text).links]


def leftovers(text: str) -> list[tuple[int, int]]:
    return [(item.span.line, item.span.column) for item in body(text).leftovers]


def stated(text: str) -> list[tuple[str, str, int, int]]:
    return [(item.measure, item.text, item.span.line, item.span.column) for item in body(text).stated]


def test_a_link_is_found_at_its_target_and_not_at_a_word_that_looks_like_it() -> None:
    assert links("An [apple](a) and [b](a)\n") == [("a", 1, 12), ("a", 1, 23)]
    assert links("> [a\n> b](c)\n") == [("c", 2, 6)]
    assert links("| a | b |\n| - | - |\n| [x](a) | [x](a) |\n") == [("a", 3, 7), ("a", 3, 16)]


def test_a_link_is_found_however_its_target_is_written() -> None:
    assert links("[a](<b c>) [é](é.md) [d](<e>)\n") == [("b%20c", 1, 6), ("%C3%A9.md", 1, 16), ("e", 1, 27)]


def test_an_image_in_a_link_is_found_at_its_own_place() -> None:
    assert links("[![a](i.png)](t.md) [x](t.md)\n") == [("t.md", 1, 15), ("i.png", 1, 7), ("t.md", 1, 25)]


def test_each_leftover_is_found_at_its_own_place() -> None:
    assert leftovers("TODO: x TODO: y\nTODO: z\n") == [(1, 1), (1, 9), (2, 1)]
    assert leftovers("- x\n\n  - TODO: a\n    TODO: b\n") == [(3, 5), (4, 5)]
    assert leftovers("| a | b |\n| - | - |\n| TODO: | TODO: |\n| a | TODO: |\n") == [(3, 3), (3, 11), (4, 7)]
    assert leftovers("\u2028\n\u3000\nTODO: a\nTODO: b\n") == [(3, 1), (4, 1)]
    assert leftovers("| a | b |\n| - | - |\n| TODO: | TODO: \\| b |\n") == [(3, 3), (3, 8)]
    assert leftovers("1. TODO 1. TODO\n") == [(1, 4), (1, 12)]
    assert leftovers("> 1. 🛒\tTODO: a\n>    TODO: b\n") == [(1, 8), (2, 6)]


def test_an_excerpt_lies_at_the_end_of_its_line() -> None:
    assert links("1. [1](1)\n\n- - [-](-)\n") == [("1", 1, 8), ("-", 3, 9)]


def test_a_duration_in_a_comment_is_not_stated() -> None:
    assert stated("Text. <!-- Time to detect: 4 min --> Time to detect: 5 min\n") == [("ttd", "5 min", 1, 54)]
    assert stated("Text. <!--\nTime to detect: 4 min --> \n") == []


def test_each_stated_duration_is_found_at_its_own_place() -> None:
    assert stated("Time to detect: 4 min and time to detect: 4 min\n") == [
        ("ttd", "4 min", 1, 17), ("ttd", "4 min", 1, 43),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "| Measure | Value |\n| --- | --- |\n| Time to detect | 4 min |\n| TTR | 38 min |\n",
        "| **Time to detect:** | 4 min |\n| --- | --- |\n| Owner | 3 people |\n| **TTR** | **38 min** |\n",
        "| Measure | Value |\n| --- | --- |\n| time to detect (TTD) | 4 min |\n| *TTR:* | 38 min |\n",
    ],
)
def test_a_table_of_two_columns_states_durations(table: str) -> None:
    assert [item[:2] for item in stated(table)] == [("ttd", "4 min"), ("restore", "38 min")]


def test_a_duration_in_a_table_is_found_in_its_cell() -> None:
    assert stated("| 4 min | b |\n| --- | --- |\n| TTD | 4 min |\n") == [("ttd", "4 min", 3, 9)]


def test_a_wider_table_may_hold_targets_and_states_nothing() -> None:
    assert stated("| Measure | Target | Actual |\n| --- | --- | --- |\n| TTR | 60 min | 38 min |\n") == []


def test_each_suppression_is_found_at_its_own_place_and_its_reason_may_hold_anything() -> None:
    one = "<!-- afterword: ignore AW302 a -> b -->"
    found = body(f"a {one} {one}\n\n{one}\n<!--\nafterword: ignore AW303\nbecause\nso\n-->\n").suppressions
    assert [(item.code, item.reason, item.span.line, item.span.column) for item in found] == [
        ("AW302", "a -> b", 1, 3), ("AW302", "a -> b", 1, 43), ("AW302", "a -> b", 3, 1),
        ("AW303", "because so", 4, 1),
    ]  # fmt: skip


def test_a_heading_in_a_quote_or_a_list_is_no_part() -> None:
    text = "## Timeline\n\n> ## Root cause\n>\n> a\n\n- ## Lessons\n\n|Time|Event|\n|-|-|\n|09:12|a|\n"
    assert [section.part for section in body(text).sections] == ["timeline"]
    assert len(body(text).rows) == 1


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(row.time, row.event, row.action) for row in body(f"## Timeline\n\n{text}").rows]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("| Time (UTC) | Event | Action |\n|-|-|-|\n| 09:12 | a | b |\n", ("09:12", "a", "b")),
        ("| # | Time | Event | Action |\n|-|-|-|-|\n| 1 | 09:12 | a | b |\n", ("09:12", "a", "b")),
        ("| Event | Time (UTC) |\n|-|-|\n| a | 09:12 |\n", ("09:12", "a", "")),
        ("| Date | Time | Event |\n|-|-|-|\n| 2026-03-04 | 09:12 | a |\n", ("2026-03-04 09:12", "a", "")),
        ("| Date | Time | Event |\n|-|-|-|\n| | 09:12 | a |\n", ("09:12", "a", "")),
        ("| Horário | Evento |\n|-|-|\n| 09:12 | a |\n", ("09:12", "a", "")),
        ("| | |\n|-|-|\n| 09:12 | a |\n", ("09:12", "a", "")),
        ("| Time | Event | Action |\n|-|-|-|\n| 09:12 |\n", ("09:12", "", "")),
    ],
)
def test_the_column_of_the_time_is_known_by_its_head(table: str, expected: tuple[str, str, str]) -> None:
    assert rows(table) == [expected]


@pytest.mark.parametrize(
    ("table", "zone"),
    [
        ("All times in PST.\n\n| Time | Event |\n|-|-|\n| 1:00 | a |\n", "PST"),
        ("Read/Write traffic failed.\n\n| Time (UTC) | Event |\n|-|-|\n| 1:00 | a |\n", "UTC"),
        ("The ET team wrote this.\n\n| Time (UTC) | Event |\n|-|-|\n| 1:00 | a |\n", "UTC"),
        ("| # | Time (CET) | Event |\n|-|-|-|\n| 1 | 1:00 | a |\n", "CET"),
        ("| Time (UTC−5) | Event |\n|-|-|\n| 1:00 | a |\n", "UTC−5"),
        ("| Time (America/Port-au-Prince) | Event |\n|-|-|\n| 1:00 | a |\n", "America/Port-au-Prince"),
        ("| Time | Event |\n|-|-|\n| 1:00 | a |\n", None),
    ],
)
def test_the_head_of_the_time_s_column_names_the_zone_before_the_prose(table: str, zone: str | None) -> None:
    assert body(f"## Timeline\n\n{table}").zone == zone


TABLE = "| a | b |\n| --- | --- |\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!--" * 100_000, id="comments open in one block"),
        pytest.param("a <!--" * 100_000, id="comments open in one paragraph"),
        pytest.param("<!-- afterword: ignore" + " " * 100_000, id="suppression of blanks"),
        pytest.param("<!-- afterword: ignore " * 20_000, id="suppressions open"),
        pytest.param("<!-- afterword: ignore AW302 x -->\n" * 10_000, id="suppressions in one block"),
        pytest.param("<!-- afterword: ignore AW302 x -->" * 10_000, id="suppressions in one line"),
        pytest.param("## Timeline\n\n" + f"{TABLE}\n" * 5_000, id="empty timelines"),
        pytest.param("ttd" + " " * 19_000 + "x", id="label before blanks"),
        pytest.param("ttd: 4 min\n" * 1_500, id="durations in one paragraph"),
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("`" * 100_000, id="backticks"),
        pytest.param("{{ a " * 3_500, id="braces"),
        pytest.param("a" * 1_000_000, id="a long line"),
        pytest.param("> " * 5_000 + "a", id="nested quotes"),
        pytest.param("".join("  " * level + "- a\n" for level in range(300)), id="nested lists"),
        pytest.param("|" * 100_000, id="pipes"),
        pytest.param("| a " * 20_000 + "|\n" + "| - " * 20_000 + "|\n", id="a wide table"),
    ],
)
def test_hostile_text_is_read_at_once(text: str) -> None:
    start = time.process_time()
    assert record(page(body=f"\n{text}\n")).postmortem is not None
    assert time.process_time() - start < 2.0
