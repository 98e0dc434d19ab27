"""What each fix mends, and what it leaves alone."""

from __future__ import annotations

import pytest

from afterword.fixes import FIXES, mend, pretest
from afterword.fixes.dates import canonical
from afterword.fixes.durations import restyled
from tests.reading import FRONT, PATH, page


def mended(text: str) -> str:
    return mend(PATH, text.encode()).data.decode()


def front(text: str) -> str:
    """The front matter of a page with these lines, mended."""
    return mended(f"---\n{text}---\n\nText.\n").removeprefix("---\n").removesuffix("---\n\nText.\n")


def body(text: str) -> str:
    before = page(FRONT, "")
    return mended(before + text).removeprefix(mended(before))


def test_keys_stand_in_the_order_of_the_schema_with_the_comments_above_and_beside_them() -> None:
    assert front(
        "# this file\n\nkind: incident  # beside\nstarted: 2026-03-04\n# above\n# both\ntitle: A\nschema: 1\n# last\n"
    ) == (
        "# this file\n\nschema: 1\n# above\n# both\ntitle: A\nkind: incident  # beside\nstarted: 2026-03-04\n# last\n"
    )


def test_keys_of_actions_and_of_other_mappings_too() -> None:
    assert front(
        "title: A\nimpact:\n  data_loss: false\n  # counted\n  users: 3\n"
        "actions:\n  # the first\n  - title: B\n    # open for long\n    status: open  # still\n    id: A1\n"
        "  - {title: C, id: A2}\n"
    ) == (
        "title: A\nimpact:\n  # counted\n  users: 3\n  data_loss: false\n"
        "actions:\n  # the first\n  - id: A1\n    title: B\n    # open for long\n    status: open  # still\n"
        "  - {title: C, id: A2}\n"
    )


def test_texts_over_several_lines_move_as_they_are() -> None:
    text = "kind: incident\nsummary: |\n  one  \n\n  # no comment\n  two\n\ntitle: >-\n  a\n  b\n"
    assert front(text) == "title: >-\n  a\n  b\nsummary: |\n  one  \n\n  # no comment\n  two\n\nkind: incident\n"


def test_lists_move_with_the_comments_that_are_deeper() -> None:
    text = "tags:\n  - a\n  # more to come\n# above the title\ntitle: A\n"
    assert front(text) == "# above the title\ntitle: A\ntags:\n  - a\n  # more to come\n"


def test_a_key_in_quotes_moves_like_any_other() -> None:
    text = "\"kind\": incident\n'title': A\n"
    assert front(text) == "'title': A\n\"kind\": incident\n"
    assert pretest.may_mend(f"---\n{text}---\n")


def test_an_unknown_key_stays_behind_the_one_above_it() -> None:
    assert front("kind: incident\nmood: bad\ntitle: A\n") == "title: A\nkind: incident\nmood: bad\n"


@pytest.mark.parametrize(
    "text",
    [
        "kind: incident\ntitle: A\ntitle: B\n",
        "{kind: incident, title: A}\n",
        "? kind\n: incident\n? title\n: A\n",
        "kind: &a incident\ntitle: *a\n",
        "actions:\n  - status: open\n    # a comment of the id\n    id: A1\n",
        "actions:\n  - - title: A\n      id: A1\n",
        "impact:\n  data_loss: false\n# of users\n  users: 3\n",
        "actions:\n  - title: A\n  # of the id\n    id: A1\n",
        "schema:  \t1\nkind:\t incident\n",
        "kind: [incident\ntitle: A\n",
    ],
    ids=[
        "twice",
        "flow",
        "explicit",
        "anchor",
        "comment at the dash",
        "list in a list",
        "comment further left",
        "comment under the dash",
        "tabs",
        "broken",
    ],
)
def test_what_is_unusual_is_left_alone(text: str) -> None:
    assert front(text) == text


def test_blanks_around_keys_and_at_the_ends_of_lines_go_but_not_in_texts_and_comments() -> None:
    text = "title :   A  \nkind:  incident\nservices:  [a,  b]\nsummary: |  \n  one  \n# a comment  \ntags:\n"
    assert front(text) == "title: A\nsummary: |  \n  one  \nkind: incident\nservices: [a,  b]\n# a comment  \ntags:\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-3-4", "2026-03-04"),
        ("2026/03/04", "2026-03-04"),
        ("2026.3.04", "2026-03-04"),
        ("04 Mar 2026", "2026-03-04"),
        ("4 March 2026", "2026-03-04"),
        ("March 4th, 2026", "2026-03-04"),
        ("4 de março de 2026", "2026-03-04"),
        ("ngày 4 tháng 3 năm 2026", "2026-03-04"),
        ("2026-03-04 09:12:00Z", "2026-03-04T09:12:00Z"),
        ("2026-03-04t09:12:00z", "2026-03-04T09:12:00Z"),
        ("2026-03-04T09:12Z", "2026-03-04T09:12:00Z"),
        ("2026-03-04 9:12 UTC", "2026-03-04T09:12:00Z"),
        ("2026-03-04 09:12 +0530", "2026-03-04T09:12:00+05:30"),
        ("2026-03-04T09:12:00.5+02", "2026-03-04T09:12:00.5+02:00"),
        ("4 Mar 2026, 09:12 UTC", "2026-03-04T09:12:00Z"),
    ],
)
def test_dates_and_times_that_mean_one_thing_are_written_in_one_way(written: str, expected: str) -> None:
    assert canonical(written, time=True) == expected
    assert canonical(expected, time=True) == expected


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2026", "3-4-2026", "04.03.2026", "2026-13-04", "2026-02-30", "2026/03-04", "2026-03", "26-03-04",
        "2026-03-04 09:12", "2026-03-04T09:12:00", "2026-03-04 09:12 CST", "2026-03-04 25:00Z", "2026-03-04 09:12 PM",
        "4 Foo 2026", "today", "", "2026-3-45", "2026-3-4 or so",
    ],
)  # fmt: skip
def test_what_could_mean_two_things_or_nothing_is_no_date(written: str) -> None:
    assert canonical(written, time=True) is None


def test_a_day_is_not_made_of_a_time() -> None:
    assert canonical("2026-03-04T00:00:00Z", time=False) is None


def test_dates_keep_their_quotes_and_comments() -> None:
    text = "started: '2026-3-4 09:12 UTC'  # about\npublished: 2026/03/09 # late\ntags: [2026/03/04]\n"
    assert front(text) == "started: '2026-03-04T09:12:00Z'  # about\npublished: 2026-03-09 # late\ntags: [2026/03/04]\n"


def test_a_date_that_cannot_be_mended_keeps_no_other_from_it() -> None:
    assert front("started: 03/04/2026\npublished: 2026/03/09\n") == "started: 03/04/2026\npublished: 2026-03-09\n"


def test_actions_without_an_id_get_the_next_one_and_no_id_changes() -> None:
    text = (
        "actions:\n  - title: A\n  - id: A3\n    title: B\n  - {title: C}\n"
        "  - id:\n    title: D\n  - id: X\n    title: E\n"
    )
    assert front(text) == (
        "actions:\n  - id: A4\n    title: A\n  - id: A3\n    title: B\n  - {id: A5, title: C}\n"
        "  - id: A6\n    title: D\n  - id: X\n    title: E\n"
    )


@pytest.mark.parametrize("text", ["actions: none\n", "actions:\n  - a text\n  - title: A\n", "actions: []\n"])
def test_a_list_that_holds_no_actions_gets_no_ids(text: str) -> None:
    assert front(text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("## Summary", "## Executive summary"),
        ("## Root Cause:", "## Root cause"),
        ("##  lessons ##", "##  Lessons learned ##"),
        ("## Resumo", "## Resumo executivo"),
        ("## Cronologia", "## Linha do tempo"),
        ("## Bài học", "## Bài học kinh nghiệm"),
        ("## Linha do tempo", "## Linha do tempo"),
        ("## Timeline (UTC)", "## Timeline (UTC)"),
        ("## 3. Lessons", "## 3. Lessons"),
        ("## *Lessons*", "## *Lessons*"),
        ("## Aftermath", "## Aftermath"),
        ("### Lessons", "### Lessons"),
        ("> ## Lessons", "> ## Lessons"),
        ("Lessons\n-------", "Lessons\n-------"),
        ("```\n## Lessons\n```", "```\n## Lessons\n```"),
    ],
)
def test_headings_get_the_name_of_the_template_in_their_own_language(written: str, expected: str) -> None:
    assert body(f"{written}\n\nText.\n") == f"{expected}\n\nText.\n"


def test_a_heading_that_is_linked_to_or_that_another_bears_stays() -> None:
    linked = "See [below](#lessons).\n\n## Lessons\n\nText.\n"
    assert body(linked) == linked
    twice = "## Lessons\n\nText.\n\n## Lessons learned\n\nText.\n"
    assert body(twice) == twice


@pytest.mark.parametrize("link", ['<a href="#lessons">below</a>', "<p><a href='#Lessons'>below</a></p>"])
def test_a_heading_that_html_links_to_stays(link: str) -> None:
    text = f"{link}\n\n## Lessons\n\nText.\n"
    assert body(text) == text
    other = text.replace("essons", "essons-of-others", 1)
    assert "## Lessons learned" in body(other)


def test_a_heading_that_another_file_links_to_stays() -> None:
    text = page(FRONT, "## Lessons\n\nText.\n").encode()
    assert b"## Lessons learned" in mend(PATH, text).data
    assert b"## Lessons\n" in mend(PATH, text, anchors=frozenset({"lessons"})).data


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("38 minutes", "38 min"),
        ("38min", "38 min"),
        ("4 hours and 5 minutes", "4 h 05 min"),
        ("4h 5m", "4 h 05 min"),
        ("75 minutes", "1 h 15 min"),
        ("1 hour", "1 h"),
        ("60 minutes", "60 min"),
        ("24 hours", "24 h"),
        ("90 seconds", "90 s"),
        ("1.5 hours", "1.5 h"),
        ("2 days, 3 hours", "2 d 3 h"),
        ("2 giờ 5 phút", "2 h 05 min"),
        ("45 segundos", "45 s"),
        ("4 h 05 min", "4 h 05 min"),
        ("0 minutes", "0 min"),
    ],
)
def test_durations_are_written_in_one_style_as_exact_as_they_were(written: str, expected: str) -> None:
    assert restyled(written) == expected
    assert restyled(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "### Time to detect: 4 minutes\n\nText.\n",
        "Time to detect: 4 minutes\n---\n\nText.\n",
        "Time to\ndetect: 4 minutes\n===\n\nText.\n",
    ],
)
def test_a_duration_in_a_heading_stays_for_its_anchor_is_made_of_it(text: str) -> None:
    assert body(text) == text


def test_only_labelled_durations_are_touched_and_no_quotes() -> None:
    text = (
        "## Detection\n\nTime to detect: 4 minutes. It took 5 minutes more.\n\nThey said “TTD: 4 minutes”.\n\n"
        "> TTD: 4 minutes\n\n`TTD: 4 minutes`\n\n"
        "| Measure | Value |\n| --- | --- |\n| Time to mitigate | 32 minutes |\n"
    )
    expected = text.replace("Time to detect: 4 minutes. It", "Time to detect: 4 min. It").replace(
        "| 32 minutes", "| 32 min"
    )
    assert body(text) == expected


HEAD = "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n"


def timeline(*rows: str, head: str = HEAD) -> str:
    return head + "".join(f"| {row} |\n" for row in rows)


def test_rows_are_put_in_order_and_those_of_one_minute_stay_as_they_are() -> None:
    text = timeline("09:16 | Page [1](https://example.org)", "09:12 | First", "09:16 | Second ", "09:14 | Third")
    expected = timeline("09:12 | First", "09:14 | Third", "09:16 | Page [1](https://example.org)", "09:16 | Second ")
    assert body(text) == expected


def test_the_last_row_may_end_the_file() -> None:
    assert body(timeline("09:16 | a", "09:12 | b").rstrip()) == timeline("09:12 | b", "09:16 | a").rstrip()


@pytest.mark.parametrize(
    "text",
    [
        timeline("09:16 | a", "soon | b", "09:12 | c"),
        timeline("09:16 | a", "2026-03-04 | b", "09:12 | c"),
        timeline("23:50 | a", "00:10 | b", "23:55 | c", "23:51 | d"),
        timeline("14:00 | a", "09:12 | b"),
        timeline("2026-03-05 09:16 | a", "09:12 | b", "2026-03-04 09:10 | c", "09:00 | d", "09:15 | e", "21:00 | f"),
        timeline("2026-10-25 02:50 | a", "2026-10-25 02:10 | b", head=HEAD.replace("UTC", "Europe/Berlin")),
    ],
    ids=["unread", "a day", "past midnight", "far back", "days", "the hour that comes twice"],
)
def test_a_timeline_that_takes_a_guess_is_left_alone(text: str) -> None:
    assert body(text) == text


def test_a_row_with_its_date_may_move_across_days() -> None:
    text = timeline("2026-03-05 00:10 | b", "2026-03-04 23:50 | a")
    assert body(text) == timeline("2026-03-04 23:50 | a", "2026-03-05 00:10 | b")


def test_a_byte_order_mark_goes_and_the_endings_of_lines_stay() -> None:
    text, expected = page(), mended(page())
    assert expected != text
    crlf = text.replace("\n", "\r\n").encode()
    assert mend(PATH, b"\xef\xbb\xbf" + crlf).data == expected.replace("\n", "\r\n").encode()
    assert mend(PATH, text.replace("\n", "\r").encode()).data == expected.replace("\n", "\r").encode()


def test_with_mixed_endings_no_line_moves_but_values_are_mended() -> None:
    text = b"---\r\nkind:  incident\ntitle: A\r\nstarted: 2026/03/04\n---\r\nText.\n"
    assert mend(PATH, text).data == b"---\r\nkind: incident\ntitle: A\r\nstarted: 2026-03-04\n---\r\nText.\n"


@pytest.mark.parametrize(
    "data", [b"", b"text", b"\xff\xfe", b"---\n", b"---\n- a\n---\n", b"\x00", b"---\nb: 1\na: ]\n---\n"]
)
def test_what_is_no_postmortem_is_given_back_as_it_is(data: bytes) -> None:
    assert mend(PATH, data).data == data


def test_what_was_mended_is_told() -> None:
    text = mended(page()).replace("2026-03-04T09:12:00Z", "2026-3-4 09:12Z").replace("ed: 2026-03-09", "ed: 2026/03/09")
    assert mend(PATH, text.encode()).changes == (("date", 3),)


def test_only_the_fixes_that_are_asked_for_are_made() -> None:
    dates = [fix for fix in FIXES if fix.name == "dates"]
    text = "---\nstarted: 2026/03/04\ntitle: A\n---\n"
    assert mend(PATH, text.encode(), dates).data == text.replace("/", "-").encode()


def test_every_fix_has_a_name_and_a_sentence() -> None:
    assert len({fix.name for fix in FIXES}) == len(FIXES)
    assert all(fix.summary.endswith(".") for fix in FIXES)
