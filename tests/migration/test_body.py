"""The body of a migrated page: what leaves, what is put before, and that the rest stays as it was written."""

from __future__ import annotations

import pytest

from afterword.migration.actions import Action
from afterword.migration.body import body
from afterword.migration.links import Change
from afterword.migration.page import Field
from afterword.migration.times.events import Event
from tests.migration.making import made, reading

REPORT = """\
# Shop was down

## Issue Summary

All carts were empty for an hour.

## Timeline (UTC)

| Time | Event |
| --- | --- |
| 10:00 | Deploy |

## Contributing Factors

- No alert

## Lessons Learned

- Alerts help

# Stats

- Category: cache
"""


def test_a_report_gets_the_headings_of_the_template_and_keeps_its_own_one_level_down() -> None:
    assert made(REPORT) == REPORT.replace("# Shop was down\n\n", "").replace(
        "Issue Summary", "Executive summary"
    ).replace("## Contributing Factors", "## Root cause\n\n### Contributing Factors").replace(
        "Lessons Learned", "Lessons learned"
    ).replace("# Stats", "## Notes\n\n### Stats")


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("# T\n\n# Summary\n\na\n\n# Timeline\n\nb\n", "## Executive summary\n\na\n\n## Timeline\n\nb\n"),
        ("### Summary\n\na\n\n### Odd one\n\nb\n", "## Executive summary\n\na\n\n### Odd one\n\nb\n"),
        ("## Summary\n\n#### Deep\n\n###### Deeper\n", "## Executive summary\n\n### Deep\n\n#### Deeper\n"),
        ("Summary\n=======\n\na\n\nOdd\n---\n\nb\n", "## Executive summary\n\na\n\n### Odd\n\nb\n"),
        ("Timeline\n---\n\na\n", "Timeline\n---\n\na\n"),
        ("Two\nlines\n===\n\na\n", "## Two lines\n\na\n"),
        (
            '## Timeline <a href="#t" id="t"></a>\n\na\n\n## Cause {#c}\n',
            "## Timeline\n\na\n\n## Root cause\n\n### Cause {#c}\n",
        ),
        ("## Issue Summary ##\n\na\n", "## Executive summary ##\n\na\n"),
        ("## Timeline\n\n## 10:05 Alert\n\na\n", "## Timeline\n\n### 10:05 Alert\n\na\n"),
        ("## 10:05 Alert\n\na\n\n## 10:06 Page\n", "## Timeline\n\n### 10:05 Alert\n\na\n\n### 10:06 Page\n"),
        ("## What we saw\n\na\n\n## Summary\n\nb\n", "## What we saw\n\na\n\n## Executive summary\n\nb\n"),
        ("## Summary\n\n## Timeline\n\n## Summary\n", "## Executive summary\n\n## Timeline\n\n### Summary\n"),
        ("## Summary\n\n### Timeline\n\n## Fix\n", "## Executive summary\n\n## Timeline\n\n## Resolution\n\n### Fix\n"),
        ("## Lessons\n\n### Detection\n\na\n", "## Lessons learned\n\n### Detection\n\na\n"),
        ("## Report\n\n### Summary\n\n### Timeline\n", "## Report\n\n## Executive summary\n\n## Timeline\n"),
        ("## Resumo\n\na\n\n## Impacto\n\nb\n", "## Resumo executivo\n\na\n\n### Impacto\n\nb\n"),
        ("## Diễn biến\n\na\n", "## Dòng thời gian\n\n### Diễn biến\n\na\n"),
        ("**Impact**\n\nbold stays\n", "**Impact**\n\nbold stays\n"),
        ("> # Quoted\n\n- # Listed\n", "> # Quoted\n\n- # Listed\n"),
        ("```\n# Code\n```\n", "```\n# Code\n```\n"),
    ],
)
def test_headings_come_to_their_levels(written: str, now: str) -> None:
    assert made(written, title=written.startswith("# T")) == now


def test_headings_deeper_than_markdown_has_become_bold() -> None:
    deep = "".join(f"{'#' * level} L{level}\ntext\n" for level in range(1, 7))
    assert made(f"# Summary\n\n# Own\n{deep}", title=False).endswith(
        "###### L4\ntext\n\n**L5**\n\ntext\n\n**L6**\n\ntext\n"
    )


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("# T\n\n_Please read the standard before you begin._\n", "_Please read the standard before you begin._\n"),
        ("# T\n\nCarts were empty all morning long.\n", "## Executive summary\n\nCarts were empty all morning long.\n"),
        ("# T\n\n**Date**: 2021-03-04\n\n## Impact\n",
         "**Date**: 2021-03-04\n\n## Executive summary\n\n### Impact\n"),
        (
            "# T\n\nDate: 2021-03-04\n\nAll carts of all customers were empty.\n",
            "Date: 2021-03-04\n\n## Executive summary\n\nAll carts of all customers were empty.\n",
        ),
        ("# T\n\nCarts were empty all morning long.\n\n## Summary\n\na\n",
         "Carts were empty all morning long.\n\n## Executive summary\n\na\n"),
    ],
)  # fmt: skip
def test_prose_before_the_first_heading_is_the_summary_of_a_page_without_one(written: str, now: str) -> None:
    assert made(written) == now


def test_a_page_that_begins_with_events_begins_with_its_timeline() -> None:
    text = "- 10:00 down\n- 10:05 up again\n"
    read = reading(text, (Event("down", 0, None), Event("up again", 1, None)))
    assert body(read, None, (), ()) == f"## Timeline\n\n{text}"


def test_the_facts_of_a_list_are_the_summary_and_its_times_the_timeline() -> None:
    facts, rows = "- Date: 2024-03-04\n- Impact: 500 users\n", "- 09:12 it began\n- 09:50 it ended\n- All was well\n"
    events = (Event("it began", 2, None, written="09:12 "), Event("it ended", 3, None, written="09:50 "))
    read = reading(facts + rows, events)
    assert body(read, None, (), ()) == f"## Executive summary\n\n{facts}\n## Timeline\n\n{rows}"
    read = reading(f"{facts}{rows}\n## Summary\n\na\n", events)
    assert body(read, None, (), ()) == f"## Timeline\n\n{facts}{rows}\n## Executive summary\n\na\n"


def test_the_facts_below_the_times_of_a_list_are_the_summary() -> None:
    when, facts = (
        "- **Events**\n  - Fault at 09:12\n  - Over at 09:50\n",
        "- **Repair**: 38 min\n- **Cause**: the pool\n",
    )
    events = (Event("Fault", 1, None, written="09:12"), Event("Over", 2, None, written="09:50"))
    read = reading(f"{when}\n{facts}", events)
    assert body(read, None, (), ()) == f"## Timeline\n\n{when}\n## Executive summary\n\n{facts}"
    later = tuple(Event(event.text, event.at + 2, None, written=event.written) for event in events)
    read = reading(f"{facts}{when}", later)
    assert body(read, None, (), ()) == f"## Executive summary\n\n{facts}\n## Timeline\n\n{when}"
    told = "- **Cause**: nobody had looked at the limits\n\n"
    read = reading(f"{told}{facts}\n{when}", tuple(Event("", event.at + 3, None, written="09:12") for event in later))
    assert body(read, None, (), ()) == f"## Executive summary\n\n{told}{facts}\n## Timeline\n\n{when}"


def test_times_that_are_stated_as_facts_make_no_timeline() -> None:
    text = "* Start time: 2024-03-04 09:12\n* **End:** 2024-03-04 10:12\n* Cause: the pool of connections ran dry\n"
    events = (
        Event("", 0, None, written="Start time: 2024-03-04 09:12"),
        Event("", 1, None, written="**End:** 2024-03-04 10:12"),
    )
    assert body(reading(text, events), None, (), ()) == f"## Executive summary\n\n{text}"
    assert body(reading(f"{text}\n# Odd\n", events), None, (), ()) == f"{text}\n## Odd\n"
    assert made("- One\n- Two\n") == "- One\n- Two\n"


def test_actions_leave_with_their_lines_and_the_head_of_a_table_with_its_last_row() -> None:
    table = "## Actions\n\nDone soon:\n\n| What | Who |\n| --- | --- |\n| Fix | a |\n| Test | b |\n\nThe end.\n"
    one, other = Action("Fix", 6, 7), Action("Test", 7, 8)
    assert made(table, title=False, actions=(one,)) == table.replace("## Actions", "## Action items").replace(
        "| Fix | a |\n", ""
    )
    assert made(table, title=False, actions=(one, other)) == "## Action items\n\nDone soon:\n\nThe end.\n"


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("# Postmortem: Disk full\n\nIt was full for a whole day.\n\n## Impact\n\nb\n",
         "**Postmortem: Disk full**\n\n## Executive summary\n\nIt was full for a whole day.\n\n### Impact\n\nb\n"),
        ("Postmortem: Disk full\n===\n## Timeline\n\nb\n", "Postmortem: Disk full\n\n## Timeline\n\nb\n"),
        ("# Incident report\n\n## Timeline\n\nb\n", "**Incident report**\n\n## Timeline\n\nb\n"),
        ("## 2026-03-04 - Disk full\n### Odd\n\na\n", "**2026-03-04 - Disk full**\n\n## Odd\n\na\n"),
    ],
)  # fmt: skip
def test_a_heading_that_says_the_title_and_more_stays_as_a_line_in_bold_letters(written: str, now: str) -> None:
    assert made(written, title=False) == now


def test_the_heading_of_actions_stays_where_the_site_draws_them() -> None:
    text = "## Action Items\n\n- Fix\n- Test\n\n## Lessons\n\nNone.\n"
    assert made(text, title=False, actions=(Action("Fix", 2, 3), Action("Test", 3, 4))) == (
        "## Action items\n\n## Lessons learned\n\nNone.\n"
    )


def test_what_stood_apart_stays_apart_when_an_action_between_leaves() -> None:
    assert made("Before:\n- Fix\n---\n", title=False, actions=(Action("Fix", 1, 2),)) == "Before:\n\n---\n"
    assert made("- Keep\n\n# T\n\n    code\n", title=True) == "- Keep\n\n<!-- -->\n\n    code\n"
    assert made("- Keep\n# T\n|a|\n|-|\n", title=True) == "- Keep\n\n|a|\n|-|\n"
    assert made("- Keep\n- Fix\n- Keep\n", title=False, actions=(Action("Fix", 1, 2),)) == "- Keep\n- Keep\n"


def test_links_change_in_headings_too_and_not_in_what_leaves() -> None:
    text = "## See [x](a.md)\n\n- Fix [x](a.md)\n"
    changes = (Change(0, 11, 15, "b.md", "a.md"), Change(2, 28, 32, "b.md", "a.md"))
    assert made(f"## Summary\n\n{text}", title=False, changes=tuple(
        Change(c.at + 2, c.start + 12, c.end + 12, c.instead, c.target) for c in changes
    ), actions=(Action("Fix", 4, 5),)) == "## Executive summary\n\n### See [x](b.md)\n"  # fmt: skip


def test_foreign_front_matter_that_nobody_took_stays_at_the_end_of_the_notes() -> None:
    front = "title: Down\nweight: 3\ntags: [a]"
    fields = (Field("title", "Down", 2, front=True),)
    block = "### Front matter of the source\n\n```\nweight: 3\ntags: [a]\n```\n"
    assert (
        body(reading("## Timeline\n\na\n", (), front, fields), None, (), (), {2})
        == f"## Timeline\n\na\n\n## Notes\n\n{block}"
    )
    notes = reading("## Notes\n\na\n\n## Timeline\n\nb\n", (), front, fields)
    assert body(notes, None, (), (), {2}) == f"## Notes\n\na\n\n{block}\n## Timeline\n\nb\n"


def test_front_matter_does_not_fall_into_code_that_was_left_open() -> None:
    written = body(reading("````\ncode\n", (), "a: 1"), None, (), ())
    assert written == "````\ncode\n````\n\n## Notes\n\n### Front matter of the source\n\n```\na: 1\n```\n"


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ('Error was\n{ "code": 1 }\n', 'Error was\n\\{ "code": 1 }\n'),
        ("Call `f`{x} and **b**{y}.\n", "Call `f`\\{x} and **b**\\{y}.\n"),
        ("|a {x}|\n|--|\n|b|\n", "|a \\{x}|\n|--|\n|b|\n"),
        ("## Odd {one}\n", "## Odd \\{one}\n"),
        ("*[API]: the door\n", "*\\[API]: the door\n"),
        ("*[a [b\\]: c*\n", "*[a [b\\]: c*\n"),
        ("<!-- afterword: ignore AW302 -->\n", "<!-- afterword - ignore AW302 -->\n"),
        ("Ask <host.name> or <tell://it>.\n", "Ask `<host.name>` or `<tell://it>`.\n"),
        (
            "<b>x</b> `<y.z>` <z k=1> <https://e.org> <me@e.org>\n",
            "<b>x</b> `<y.z>` <z k=1> <https://e.org> <me@e.org>\n",
        ),
        ("!!! note\n\n    A <b.c>\n\n        <d.e>\n", "!!! note\n\n    A `<b.c>`\n\n        <d.e>\n"),
        (
            "A[^1]\n\n[^1]: b\n\n    <c.d>\n\nE\n\n    <f.g>\n",
            "A[^1]\n\n[^1]: b\n\n    `<c.d>`\n\nE\n\n    <f.g>\n",
        ),
        ("!!! a\n\n    ```\n    <b.c>\n    ```\n", "!!! a\n\n    ```\n    <b.c>\n    ```\n"),
        ("- *[A]: b\n- > *[C]: d\n", "- *\\[A]: b\n- > *\\[C]: d\n"),
        ("<host.name>{x} `a`<b.c>\n\n`<h.i>\n", "`<host.name>`\\{x} `a`\\<b.c>\n\n`\\<h.i>\n"),
        ("a ` b <c.d>\n", "a ` b \\<c.d>\n"),
        ("a ` b\n<c.d>\n", "a ` b\n\\<c.d>\n"),
        ("[a]: <b.c> is down\n", "[a]: `<b.c>` is down\n"),
        ("]: <x.y> </host.name> \\<z.a>\n", "]: `<x.y>` `</host.name>` \\<z.a>\n"),
        ("A {b}\n---\n\n==c=={d}\n", "A \\{b}\n---\n\n==c==\\{d}\n"),
        ("`#!py x`, `:::py y`\n", "` #!py x `, ` :::py y `\n"),
        ("`a`:::b \\` `c`\n", "`a`:::b \\` `c`\n"),
        ("<div>\nx\n{ y } <host.name>\n</div>\n", "<div>\nx\n{ y } <host.name>\n</div>\n"),
        ("[t](<x.y z>)\n\n[1]: <x.y z>\n", "[t](<x.y z>)\n\n[1]: <x.y z>\n"),
        ("## Odd {#one}\n\ntext\n{: .note}\n", "## Odd {#one}\n\ntext\n{: .note}\n"),
        ("```\ntext\n{ x }\n```\n", "```\ntext\n{ x }\n```\n"),
        ("Say `{x}` {{ y }}.\n", "Say `{x}` {{ y }}.\n"),
    ],
)
def test_what_only_our_site_would_read_otherwise_is_escaped(written: str, now: str) -> None:
    assert made(written, title=False) == now


@pytest.mark.parametrize("text", ["", "\n\n", "# T\n", "  \n# T\n\n"])
def test_a_page_without_a_text_has_an_empty_body(text: str) -> None:
    assert made(text) == ""


@pytest.mark.parametrize(
    "piece", ["# a\n", "## Timeline\n", "a\n===\n", "`a`{b} ", "<x y> ", "{ a }\n", "# (((", "## 1.1.1"]
)
def test_hostile_text_is_made_in_time(piece: str) -> None:
    made(piece * (40_000 // len(piece)))
