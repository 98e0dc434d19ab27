from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration import forms
from afterword.migration.actions import Action, actions, untold
from afterword.migration.outline import outline
from afterword.migration.page import Page
from afterword.migration.reading import Reading
from afterword.migration.times.calendar import Calendar

HEADING = "## Action items\n\n"
ISSUE = "https://github.com/example/shop/issues/12"


def reading_of(text: str) -> Reading:
    page = Page("a.md", "Markdown", text, tuple(range(1, text.count("\n") + 2)))
    return Reading(page, outline(text), (), Calendar(), ())


def listed(text: str) -> list[Action]:
    return list(actions(reading_of(HEADING + text)))


def the(text: str) -> Action:
    (found,) = listed(text)
    return found


def titles(text: str) -> list[str]:
    return [item.title for item in actions(reading_of(text))]


def why(text: str) -> str:
    found = untold(reading_of(text), ())
    assert found is not None
    return found.why


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Action items\n\n- Add an alert\n- Fix the *disk*\n", ["Add an alert", "Fix the disk"]),
        ("## Next steps\n\n1. Add an alert\n2. Fix it\n", ["Add an alert", "Fix it"]),
        ("## Corrective measures\n\n* Add an alert\n\n* Fix it\n", ["Add an alert", "Fix it"]),
        ("## Itens de ação\n\n- Criar um alerta\n", ["Criar um alerta"]),
        ("## Action items\n\n### Monitoring\n\n- Add an alert\n\n### Others\n\n- Fix it\n", ["Add an alert", "Fix it"]),
        ("## Summary\n\n**Action items:**\n\n- Add an alert\n", ["Add an alert"]),
        ("- **Review actions**:\n  - Add an alert\n  - Fix it\n- **Impact**:\n  - none\n", ["Add an alert", "Fix it"]),
        (
            "## Action items\n\n- **Short term**\n  - Add an alert\n- Long term:\n  - Fix it\n",
            ["Add an alert", "Fix it"],
        ),
        ("## Action items\n\n- Improve probes\n  - Ask teams\n  - Write a page\n", ["Improve probes"]),
        ("## Action items\n\n- **Improve probes**\n  - Ask teams\n", ["Improve probes"]),
        ("## Action items\n\nWe will do these:\n\n- Add an alert\n", ["Add an alert"]),
        ("## Action items\n\n- -\n- TBD\n- N/A\n- None at this time.\n- No action items\n- [ ]\n", []),
        ("## Action items\n\n> - Add an alert\n", []),
        ("## Summary\n\n- Add an alert\n", []),
        ("## Action items\n\nNone.\n", []),
        (
            "## Corrective measures\n\nAdd an alert on the disk.\n\nHire somebody.\n",
            ["Add an alert on the disk.", "Hire somebody."],
        ),
        ("## Corrective measures\n\nWe added an alert on the disk.\n\nHire somebody.\n", []),
        ("## Corrective measures\n\nAdd an alert. The team did well.\n", []),
        ("## Next steps\n\nAdd an alert on the disk.\n", []),
        ("## Next steps\n\n- Add an alert\n- ... another item\n- {{ summary }} [link to ticket]\n", ["Add an alert"]),
    ],
)
def test_items_below_a_heading_for_actions_are_actions(text: str, found: list[str]) -> None:
    assert titles(text) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("## Summary\n\nText.\n", "no part lists any"),
        ("## Action items\n\n- TBD\n", "none are listed"),
        ("## Action items\n\nWe did a lot.\n", "what stands below “Action items” is no list and no table of measures"),
    ],
)
def test_why_a_page_has_none(text: str, reason: str) -> None:
    assert why(text) == reason


def test_an_action_is_all_lines_of_its_item() -> None:
    found = listed("- Add an alert\n  on the disk\n\n  - nested\n\n- Fix it\n\nText.\n")
    assert [(item.title, item.first, item.last) for item in found] == [
        ("Add an alert on the disk", 2, 6),
        ("Fix it", 7, 8),
    ]
    assert found[0].details == "- nested"


@pytest.mark.parametrize(
    ("text", "title", "details"),
    [
        ("**Add an alert**: the disk filled unseen.", "Add an alert", "the disk filled unseen."),
        ("**Add an alert.** The *disk* filled unseen.", "Add an alert", "The *disk* filled unseen."),
        ("**Add an alert** - the disk filled unseen.", "Add an alert", "the disk filled unseen."),
        ("**Monitoring**: add an alert", "Monitoring: add an alert", None),
        ("**Add** an alert", "Add an alert", None),
        ("Add an alert. " + "More of it. " * 30, "Add an alert.", ("More of it. " * 30).strip()),
        ("Use [this](https://example.org/a) alert", "Use this alert", "[this](https://example.org/a)"),
        ("Use [this][one] alert\n\n[one]: b.md", "Use this alert", "[this](b.md)"),
        ("Run `a_b *c*` twice", "Run a_b *c* twice", None),
        ("Add an alert\n\n  ```sh\n  run -x\n  ```", "Add an alert", "```sh\nrun -x\n```"),
        ("Add an alert\n    1. one\n    2. two", "Add an alert", "1. one\n2. two"),
    ],
)
def test_the_title_is_plain_and_short_and_the_rest_is_kept(text: str, title: str, details: str | None) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.details) == (title, details)


def test_a_sentence_that_is_too_long_is_cut_between_words_and_kept_whole() -> None:
    text = "Add " + "very " * 80 + "many alerts"
    found = the(f"- {text}\n")
    assert len(found.title) <= 300
    assert found.title.endswith("very…")
    assert found.details == text


def test_what_cannot_be_kept_whole_stays_where_it_is() -> None:
    assert listed("- Add an alert\n\n  " + "word " * 1100 + "\n") == []


def test_a_list_below_a_measure_says_more_of_it() -> None:
    first, second = listed("**JP** Show badges for:\n- the main build\n- tests\n\n**RK**\n\n- Fix it\n")
    assert (first.title, first.owner, first.details) == ("Show badges for:", "JP", "- the main build\n- tests")
    assert (first.first, first.last) == (2, 5)
    assert (second.title, second.owner) == ("Fix it", "RK")
    (found,) = listed("Add alerts on:\n\n1. disks\n2. memory\n")
    assert (found.title, found.details) == ("Add alerts on:", "1. disks\n2. memory")


def test_a_list_below_words_about_measures_is_one_of_measures() -> None:
    assert [item.title for item in listed("We agreed to:\n\n- add an alert\n- fix it\n")] == ["add an alert", "fix it"]
    assert [item.title for item in listed("Review actions:\n\n- add an alert\n")] == ["add an alert"]
    assert [item.title for item in listed("Work for the next weeks:\n\n- add an alert\n")] == ["add an alert"]
    assert [item.title for item in listed("Implement the following changes:\n\n- an alert\n")] == ["an alert"]
    assert [item.owner for item in listed("JG:\n- add an alert\n- fix it\n")] == ["JG", "JG"]


@pytest.mark.parametrize(
    ("text", "title", "owner", "details"),
    [
        ("Add an alert (@jane)", "Add an alert", "@jane", None),
        ("Add an alert @team-web", "Add an alert", "@team-web", None),
        ("Add an alert - @jane, @joe", "Add an alert", "@jane, @joe", None),
        ("Add an alert. Owner: @jane", "Add an alert.", "@jane", None),
        ("`@dma` Add an alert", "Add an alert", "@dma", None),
        ("@jane: add an alert", "add an alert", "@jane", None),
        ("@jane to add an alert", "@jane to add an alert", "@jane", None),
        ("Add an alert (Owner: Jane Doe)", "Add an alert", "Jane Doe", None),
        ("**Add an alert** - Assignee: Alice Smith", "Add an alert", "Alice Smith", "Assignee: Alice Smith"),
        ("Add an alert [Rick]", "Add an alert", "Rick", None),
        ("Add an alert [Jane Doe]", "Add an alert", "Jane Doe", None),
        ("**JG** Add an alert", "Add an alert", "JG", None),
        ("Ask @jane", "Ask @jane", None, None),
        ("Add an alert [Optional]", "Add an alert [Optional]", None, None),
        ("Add an alert [API]", "Add an alert [API]", None, None),
        (f"Add an alert - Owner: Ann [#12]({ISSUE})", "Add an alert", "Ann", None),
        ("Add an alert (Jane)", "Add an alert (Jane)", None, None),
        ("**CI** Add a test", "CI Add a test", None, None),
        ("Add an alert (Owner: TBD)", "Add an alert (Owner: TBD)", None, None),
    ],
)
def test_the_owner_is_told_by_a_handle_a_label_or_brackets(
    text: str, title: str, owner: str | None, details: str | None
) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.owner, found.details) == (title, owner, details)


def test_initials_above_a_list_are_those_of_its_owner() -> None:
    found = listed("**JG**\n\n- Add an alert\n\n**Monitoring**\n\n- Fix it\n")
    assert [item.owner for item in found] == ["JG", None]


@pytest.mark.parametrize(
    ("text", "title", "due", "details"),
    [
        ("Add an alert (due 2024-04-01)", "Add an alert", date(2024, 4, 1), None),
        ("Add an alert - Due: 2024-04-01", "Add an alert", date(2024, 4, 1), None),
        ("Add an alert (ETA: 1 April 2024)", "Add an alert", date(2024, 4, 1), "ETA: 1 April 2024"),
        ("Add an alert by 1 April 2024", "Add an alert by 1 April 2024", date(2024, 4, 1), None),
        ("Add an alert by April", "Add an alert by April", None, None),
        ("Add an alert as on 2024-04-01", "Add an alert as on 2024-04-01", None, None),
        ("Add an alert (due 2024-02-31)", "Add an alert (due 2024-02-31)", None, None),
    ],
)
def test_a_due_day_is_one_with_its_year(text: str, title: str, due: date | None, details: str | None) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.due, found.details) == (title, due, details)


@pytest.mark.parametrize(
    ("text", "title", "status", "details"),
    [
        ("[x] Add an alert", "Add an alert", "done", None),
        ("[ ] Add an alert", "Add an alert", "open", None),
        ("~~Add an alert~~", "Add an alert", "done", None),
        ("Add an alert (done)", "Add an alert", "done", None),
        ("[done] Add an alert", "Add an alert", "done", None),
        ("Done: add an alert", "add an alert", "done", None),
        ("Add an alert #7063 DONE", "Add an alert #7063", "done", None),
        ("Get it done", "Get it done", None, None),
        ("Add an alert. (Done!)", "Add an alert.", "done", None),
        ("Add an alert ✅", "Add an alert", "done", None),
        ("Add an alert ✔️", "Add an alert", "done", None),
        ("Add an alert - DONE", "Add an alert", "done", None),
        ("Add an alert (completed)", "Add an alert", "done", "completed"),
        ("Add an alert **(Done during this incident)**", "Add an alert", "done", "Done during this incident"),
        ("Add an alert (in progress)", "Add an alert", "in-progress", None),
        ("Add an alert (not done)", "Add an alert (not done)", None, None),
        ("Add an alert", "Add an alert", None, None),
    ],
)
def test_the_status_is_told_only_where_it_is_said(
    text: str, title: str, status: str | None, details: str | None
) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.status, found.details) == (title, status, details)


def test_a_task_of_confluence_has_whom_it_mentions_first_and_the_day_it_ends_with() -> None:
    found = the("- [ ] [@Tom Ray](https://example.org/people/1) alert on waits 15 Jul 2026\n")
    assert (found.title, found.owner, found.due, found.status) == (
        "alert on waits", "@Tom Ray", date(2026, 7, 15), "open",
    )  # fmt: skip
    assert found.details == "[@Tom Ray](https://example.org/people/1) · 15 Jul 2026"
    assert the("- [@Tom](https://example.org/1) released it on 15 Jul 2026\n").owner is None
    assert the("- [ ] [@Tom](https://example.org/1) will alert on waits\n").owner is None


def test_a_day_of_completion_is_taken_only_when_stated() -> None:
    assert the("- Add an alert (completed on 2024-04-02)\n").completed == date(2024, 4, 2)
    assert the("- Add an alert (done)\n").completed is None


@pytest.mark.parametrize(
    ("text", "title", "tracker", "details"),
    [
        (f"Add an alert ([#12]({ISSUE}))", "Add an alert", ISSUE, None),
        (f"Add an alert {ISSUE}", "Add an alert", ISSUE, None),
        (f"[Add an alert]({ISSUE})", "Add an alert", ISSUE, None),
        ("Add it. [PR](https://github.com/a/b/pull/3)", "Add it.", "https://github.com/a/b/pull/3", None),
        (f"Add an alert [issue]({ISSUE}).", "Add an alert", ISSUE, None),
        (f"Add an alert [GitHub issue]({ISSUE})", "Add an alert", ISSUE, None),
        (f"Add an alert. Ticket [#12]({ISSUE})", "Add an alert. Ticket #12", ISSUE, None),
        (f"Add an alert ([link]({ISSUE}))", "Add an alert", ISSUE, f"[link]({ISSUE})"),
        (f"[#12]: Add an alert\n\n[#12]: {ISSUE}", "#12: Add an alert", ISSUE, None),
        (f"Add an alert ([#12][a])\n\n[a]: {ISSUE}", "Add an alert", ISSUE, None),
        ("Use (for example <https://github.com/a/b>)", "Use (for example https://github.com/a/b)", None, None),
        ("See the [guide](https://example.org/guide)", "See the guide", None, "[guide](https://example.org/guide)"),
        (f"Do [a]({ISSUE}) and [b]({ISSUE}3)", "Do a and b", None, f"[a]({ISSUE}), [b]({ISSUE}3)"),
    ],
)
def test_the_tracker_is_the_only_ticket(text: str, title: str, tracker: str | None, details: str | None) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.tracker) == (title, tracker)
    assert found.details == details


@pytest.mark.parametrize(
    ("text", "title", "priority", "kind"),
    [
        ("P1: add an alert", "add an alert", "P1", None),
        ("Add an alert [P0]", "Add an alert", "P0", None),
        ("Add an alert (Priority: P2)", "Add an alert", "P2", None),
        ("Add an alert [Priority: High]", "Add an alert [Priority: High]", None, None),
        ("Add an alert [detect]", "Add an alert", None, "detect"),
        ("Prevention: add an alert", "Prevention: add an alert", None, "prevent"),
    ],
)
def test_priorities_and_types_are_words_of_the_schema(
    text: str, title: str, priority: str | None, kind: str | None
) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.priority, found.type) == (title, priority, kind)


def test_a_heading_or_a_label_may_say_the_type() -> None:
    assert [item.type for item in listed("### Detection\n\n- Add an alert\n")] == ["detect"]
    assert [item.type for item in listed("- Preventative:\n  - Add an alert\n")] == ["prevent"]


def test_rows_are_read_by_their_columns() -> None:
    text = (
        "| # | Action | Type | Owner | Due | Status | Ticket | Effort |\n|---|---|---|---|---|---|---|---|\n"
        f"| 1 | Add an **alert** | detect | @jane | 2024-04-01 | Done | [#12]({ISSUE}) | small |\n"
        "| 2 | Fix it | Prevention | TBD | Q2 2024 | To do | - | |\n"
        "| 3 | TBD | | | | | | |\n"
    )
    first, second = listed(text)
    assert first == Action(
        "Add an alert", 4, 5, "Effort: small", "@jane", date(2024, 4, 1), None, ISSUE, None, "detect", "done"
    )
    assert (second.title, second.type, second.owner, second.due, second.status) == (
        "Fix it",
        "prevent",
        None,
        None,
        "open",
    )
    assert second.details == "Type: Prevention · Owner: TBD · Due: Q2 2024 · Status: To do"


def test_a_cell_of_several_lines_keeps_them() -> None:
    found = the("| Action item | Owner |\n|---|---|\n| Add an alert<br>a \\| b | Jane<br>Joe |\n")
    assert found.title == "Add an alert a | b"
    assert found.owner == "Jane Joe"


def test_a_table_of_something_else_is_none_of_actions() -> None:
    assert listed("| Metric | Before | After |\n|---|---|---|\n| p99 | 5 | 3 |\n") == []


def test_a_front_matter_has_room_for_so_many_and_the_others_stay() -> None:
    found = listed("- Add an alert\n\n  " + "word " * 900 + "\n" + "- Add an alert\n" * 5000)
    assert 500 < len(found) < 2000


_WORD = re.compile(r"[^\W_]+")


def lost(source: str, found: Action) -> Counter[str]:
    """The words of an action's lines that occur neither in its texts nor in its keys and values."""
    kept = [found.title, found.details or "", found.owner or "", found.tracker or "", found.priority or ""]
    kept += ["status", found.status] if found.status else []
    kept += ["type", found.type] if found.type else []
    kept += ["due", found.due.isoformat()] if found.due else []
    kept += ["completed", found.completed.isoformat()] if found.completed else []
    kept += [name for name in ("owner", "priority") if getattr(found, name)]
    told = source.replace("<br>", " ")
    told = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s)?", "", told)
    told = re.sub(r"&\w+;", " ", told)
    missing = Counter(_WORD.findall(told.casefold()))
    missing.subtract(Counter(_WORD.findall(" ".join(kept).casefold())))
    missing = +missing
    everything = "".join(_WORD.findall(" ".join(kept).casefold()))
    return Counter({word: count for word, count in missing.items() if word not in everything})


PIECES = [
    "Add an alert", "**Add two alerts**: because", "(@jane)", "@joe", "[Rick]", "- Owner: Ann", "Assignee: Bob;",
    "(due 2024-04-01)", "by 1 April 2024", "[P1]", "(done)", "✅", "DONE:", "~~old~~", f"[#12]({ISSUE})",
    f"([x y]({ISSUE}))", ISSUE, "[detect]", "Prevention:", "`a_b`", "see [the guide](g.md)", "and more. Then",
    "(completed on 2024-04-02)", "**JG**", "P2:", "- done: it was",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.sampled_from(["", "[x] ", "[ ] "]))
def test_every_word_of_an_item_is_kept(pieces: list[str], box: str) -> None:
    line = f"- {box}{' '.join(pieces)}"
    for found in listed(line + "\n"):
        assert not lost(line, found)


@given(
    st.lists(
        st.sampled_from(["", "-", "Done", "TBD", "2024-04-01", "April 1, 2024", "Jane", "@jane", *PIECES]),
        min_size=5,
        max_size=5,
    )
)
def test_every_word_of_a_row_is_kept(cells: list[str]) -> None:
    row = "| " + " | ".join(cells) + " |"
    for found in listed(f"| Action | Owner | Due | Status | Ticket |\n|---|---|---|---|---|\n{row}\n"):
        assert not lost(row, found)


def test_every_word_of_real_reports_is_kept(corpora: Path) -> None:
    count = 0
    for path in sorted(corpora.rglob("*")):
        if not path.is_file() or path.name == "LICENSE":
            continue
        page = forms.read(path.name, path.read_bytes())
        shape = outline(page.text)
        for found in actions(Reading(page, shape, (), Calendar(), ())):
            count += 1
            assert not lost("\n".join(shape.lines[found.first : found.last]), found), path.name
            assert len(found.title) <= 300
    assert count > 100


@given(st.text(alphabet="ab -*[]()|~`@:.\n#x1✅", max_size=150))
def test_any_text_is_read_and_actions_are_lines_apart_from_each_other(text: str) -> None:
    found = listed(text)
    lines = (HEADING + text).split("\n")
    for item in found:
        assert 0 < item.first < item.last <= len(lines)
        assert item.title.strip()
        assert len(item.title) <= 300
        assert len(item.details or "") <= 5000
    assert all(first.last <= second.first for first, second in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "- a\n",
        "- [a](",
        "- (",
        "**a** ",
        "| a | b |\n",
        "@a ",
        "- a - ",
        "- a:\n  - b\n",
        "[a]: b\n",
        "https://a/",
        "~~",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    reading = reading_of(HEADING + piece * (40_000 // len(piece)))
    start = time.perf_counter()
    untold(reading, actions(reading))
    assert time.perf_counter() - start < 4


HEADED = """# Report

## Action items

### 1) Fewer workers `@ann`

The number of workers on `web1` is now 12.

```sh
echo 12
```

### 2) Better alerts `@bob`

An alert on every host.

## Notes

The rest.
"""


def test_numbered_headings_below_one_of_actions_are_actions() -> None:
    found = actions(reading_of(HEADED))
    assert [(item.title, item.owner, item.details) for item in found] == [
        ("Fewer workers", "@ann", "The number of workers on `web1` is now 12.\n\n```sh\necho 12\n```"),
        ("Better alerts", "@bob", "An alert on every host."),
    ]
    assert [(item.first, item.last) for item in found] == [(4, 11), (12, 15)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("### 2)", "### 3)"),
        ("### 2) Better", "### Better"),
        ("An alert on every host.", "![A graph](graph.png)"),
        ("## Action items\n", "## Action items\n\nWe agreed:\n"),
        ("The rest.", "See [the first](#1-fewer-workers)."),
    ],
)
def test_headings_that_may_be_something_else_stay(old: str, new: str) -> None:
    assert not actions(reading_of(HEADED.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("**Paul**\n\n- Add a graph\n- Read the logs\n", ["Paul", "Paul"]),
        ("**Gareth E**\n- Add a graph\n\n**Team**\n- Read the logs\n", ["Gareth E", None]),
        ("**Monitoring**\n\n- Add a graph\n", [None]),
        ("Jamie:\n\n- Add a graph\n", ["Jamie"]),
        ("- [dustin] Add a graph\n- [infra] Read the logs\n", ["dustin", None]),
        ("- Add a graph [dustin]\n", ["dustin"]),
        ("- (web team) Add a graph\n- (web, data teams) Read the logs\n", ["web team", "web, data teams"]),
        ("- (ask the web team) Add a graph\n- (team) Read the logs\n", [None, None]),
        ("- **Robert** Turn it off\n- **Helm** Update it\n", ["Robert", None]),
    ],
)
def test_a_given_name_is_an_owner(text: str, owners: list[str | None]) -> None:
    assert [item.owner for item in listed(text)] == owners
