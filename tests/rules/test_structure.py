"""Structure: names, words and parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.whole import MILESTONES, PATH, SETTINGS, findings, judge, page, said

UNTIMED = "unknown: [detected, acknowledged, mitigated, resolved]"


def names(started: str, path: str, more: str = "") -> list[tuple[str, str]]:
    found = findings(f"started: {started}\n{UNTIMED}\npublished: 2026-03-09{more}", without=MILESTONES, path=path)
    return [(finding.code, str(finding.level)) for finding in found if finding.code == "AW201"]


def test_the_day_in_the_name_is_that_of_started_as_written() -> None:
    assert names("2026-03-04T23:30:00-05:00", "2026/2026-03-04-late.md") == []
    assert names("2026-03-04T23:30:00-05:00", "2026/2026-03-05-late.md") == [("AW201", "error")]
    assert names("2026-03-04", "2026/2026-03-04-late.md") == []


def test_a_draft_may_go_undated_and_is_warned_of_a_wrong_day() -> None:
    assert names("2026-03-04", "2026/late.md", "\nstatus: draft") == []
    assert names("2026-03-04", "2026/2026-03-05-late.md", "\nstatus: draft") == [("AW201", "warning")]


@pytest.mark.parametrize("name", ["2026-03-04-Late", "2026-03-04-too_late", "2026-03-04", "2026-03-04--late"])
def test_the_spelling_of_a_name_is_a_warning(name: str) -> None:
    assert names("2026-03-04", f"2026/{name}.md") == [("AW201", "warning")]


@pytest.mark.parametrize("name", ["2026-03-04-503-for-all", "2026-03-04-lỗi-thanh-toán", "2026-03-04-não"])
def test_digits_and_letters_of_other_languages_are_fine(name: str) -> None:
    assert names("2026-03-04", f"2026/{name}.md") == []


def test_only_a_folder_that_is_a_year_is_compared() -> None:
    assert names("2026-03-04", "checkout/2026-03-04-late.md") == []
    assert names("2026-03-04", "2026-03-04-late.md") == []
    assert names("2026-03-04", "2025/2026-03-04-late.md") == [("AW201", "warning")]
    assert names("2026-03-04", "checkout/2025/2026-03-04-late.md") == [("AW201", "warning")]


def test_the_hint_says_the_name_to_give() -> None:
    found = findings(f"started: 2026-03-05\n{UNTIMED}\npublished: 2026-03-09", without=MILESTONES)
    assert found[0].hint is not None
    assert "2026-03-05-checkout-answered-503.md" in found[0].hint


@pytest.mark.parametrize(
    ("name", "lines", "hint"),
    [
        (
            "2026-02-30-late",
            "",
            "Rename it with `git mv` to 2026-03-04-late.md, and list the old name under `aliases` if",
        ),
        (
            "2026-03-05",
            "",
            "Rename it with `git mv` to 2026-03-04-what-failed.md, and list the old name under `aliases` if",
        ),
        ("2026-03-05-late", "\nstatus: draft", "Rename it with `git mv` to 2026-03-04-late.md."),
    ],
)
def test_the_name_to_give_keeps_the_words_and_drops_a_day_that_is_wrong(name: str, lines: str, hint: str) -> None:
    found = findings(
        f"started: 2026-03-04\n{UNTIMED}\npublished: 2026-03-09{lines}", without=MILESTONES, path=f"2026/{name}.md"
    )
    told = next(finding.hint for finding in found if finding.hint and finding.hint.startswith("Rename"))
    assert told.startswith(hint)
    assert ("aliases" in told) is ("aliases" in hint)


def test_a_name_that_is_only_a_date_is_told_so() -> None:
    found = findings(f"started: 2026-03-04\n{UNTIMED}\npublished: 2026-03-09", without=MILESTONES,
                     path="2026/2026-03-04.md")  # fmt: skip
    assert [finding.message for finding in found if finding.code == "AW201"] == ["the file's name is only a date"]


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        ("root_cause: capasity", "Did you mean `capacity`?"),
        ("services: [chekout]", "Did you mean `checkout`?"),
        ("severity_at_declaration: SEV9", "Did you mean `SEV3`?"),
    ],
)
def test_an_unknown_word_comes_with_a_suggestion(lines: str, hint: str) -> None:
    found = findings(lines)
    assert said(found) == [("AW104", "error")]
    assert found[0].hint == hint


def test_an_unknown_word_is_told_with_its_field_at_its_place() -> None:
    (found,) = findings("severity_at_declaration: SEV9")
    assert found.message == "severity_at_declaration “SEV9” is not among the severities of afterword.yml"
    (found,) = findings("services: [checkout, nowhere]")
    assert found.message == "service “nowhere” is not among the services of afterword.yml"
    assert found.span.end_column - found.span.column == len("nowhere")


def test_an_unknown_word_in_a_draft_is_a_warning() -> None:
    found = findings("root_cause: capasity\nstatus: draft")
    assert ("AW104", "warning") in said(found)


def test_services_of_other_organisations_are_free_words() -> None:
    public = "origin: public\norganization: GitLab\nsource: https://example.org/\nservices: [gitlab.com]"
    assert "AW104" not in [finding.code for finding in findings(public)]


def test_a_library_without_services_takes_any() -> None:
    report = judge({PATH: page("services: [anything]")}, settings=replace(SETTINGS, services={}))
    assert list(report.findings) == []


def test_an_empty_part_is_an_error_at_its_heading() -> None:
    found = findings(piece="## Lessons learned\n\n<!-- later -->\n\n### What worked\n")
    assert said(found) == [("AW202", "error")]
    assert found[0].span.line == 44


@pytest.mark.parametrize(
    "text", ["None.", "- [ ] one", "![The pool is full](https://example.org/a.png)", "```\nlog\n```"]
)
def test_anything_but_comments_and_headings_fills_a_part(text: str) -> None:
    assert findings(piece=f"## Lessons learned\n\n{text}\n") == []


def test_a_timeline_with_only_the_head_of_its_table_is_empty() -> None:
    found = findings(piece="## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| | |\n")
    assert [finding.message for finding in found] == ["the part “Timeline” is empty"]


def test_action_items_need_a_heading_only_without_actions() -> None:
    drill = "kind: drill\nactions: []\ndrill: {hypothesis: It holds, fault: Full disk, outcome: It held}"
    missing = [finding.message for finding in findings(drill) if finding.code == "AW202"]
    assert missing == ["a part is missing: Action items"]
    assert "AW202" not in [finding.code for finding in findings(drill, "## Action items\n\nNone needed.")]
    assert findings(piece="## Action items\n\n<!-- drawn by the site -->") == []


def test_what_a_draft_lacks_is_one_warning_for_missing_and_one_for_empty_parts() -> None:
    text = (
        "---\ntitle: Down\nkind: near-miss\nstarted: 2026-03-04\n---\n\n## Timeline\n\n## Lessons learned\n\n<!-- -->\n"
    )
    found = [finding for finding in judge({PATH: text}).findings if finding.code == "AW202"]
    assert [(finding.message, str(finding.level)) for finding in found] == [
        ("3 parts are missing: Executive summary, Root cause, Action items", "warning"),
        ("2 parts are empty: Timeline, Lessons learned", "warning"),
    ]
    assert (found[1].span.line, found[1].hint) == (7, "Fill them in before review.")


def test_a_public_incident_needs_the_parts_that_outsiders_can_write() -> None:
    public = "origin: public\norganization: GitLab\nsource: https://example.org/"
    assert "AW202" not in [finding.code for finding in findings(public)]
    stub = page(f"{public}\nseverity: SEV1").split("\n\n## ")[0] + "\n\nSee there.\n"
    found = [finding.message for finding in judge({PATH: stub}).findings if finding.code == "AW202"]
    assert found == ["4 parts are missing: Executive summary, Timeline, Root cause, Lessons learned"]


def test_the_settings_say_which_severities_ask_for_fewer_parts() -> None:
    severe = {**SETTINGS.severities, "SEV3": replace(SETTINGS.severities["SEV3"], critical=True)}
    words = replace(SETTINGS, severities=severe)
    assert judge({PATH: page()}).findings == ()
    found = [finding.message for finding in judge({PATH: page()}, settings=words).findings if finding.code == "AW202"]
    assert [message.split(":")[0] for message in found] == ["5 parts are missing"]


def test_a_postmortem_that_was_merged_needs_no_parts() -> None:
    main = page("title: Another", "")
    stub = page("merged_into: 2026-03-04-checkout-answered-503").split("\n\n## ")[0] + "\n\nSee there.\n"
    report = judge({PATH: main, "2026/2026-03-04-copy.md": stub})
    assert "AW202" not in [finding.code for finding in report.findings]


def test_two_words_for_one_part_are_a_hint() -> None:
    found = findings(piece="## Resolution\n\nRolled back.\n\n## Recovery\n\nCarts were refilled.")
    assert said(found) == [("AW203", "hint")]


def test_headings_of_no_part_may_repeat_and_parts_after_them_are_still_counted() -> None:
    found = findings(piece="## Ours\n\nOne.\n\n## Ours\n\nTwo.\n\n## Notes\n\nOne.\n\n## Notes\n\nTwo.")
    assert [(finding.code, finding.span.line) for finding in found] == [("AW203", 59)]


@pytest.mark.parametrize(
    "text",
    ["We removed a TODO in the code.", "`TODO`", "todo o tráfego", "The TODO list grew", "```\nTODO: x\n```"],
)
def test_prose_and_code_about_todos_are_not_leftovers(text: str) -> None:
    assert findings(piece=f"## Notes\n\n{text}\n") == []


@pytest.mark.parametrize(
    "text", ["TODO", "TODO: link", "Rolled back. TODO link", "- [TODO]", "Owner: TBD", "{{ title }}"]
)
def test_what_was_left_of_a_template_is_a_warning(text: str) -> None:
    assert said(findings(piece=f"## Notes\n\n{text}\n")) == [("AW204", "warning")]


def test_a_leftover_that_comes_often_is_told_once() -> None:
    found = findings(piece="## Notes\n\nTBD\n\nTBD\n\nTBD\n")
    assert [(finding.message, finding.span.line) for finding in found] == [
        ("“TBD” looks left over from a template (3 times)", 49)
    ]
    assert findings(piece="## Notes\n\nTBD\n\nTBD\n")[0].message.endswith("(2 times)")


def test_a_part_under_a_heading_of_another_level_is_pointed_at() -> None:
    text = page().replace("## Timeline", "### Timeline (UTC), all times approximate")
    found = [item.hint for item in judge({PATH: text}).findings if item.code == "AW202"]
    assert found == [
        "“Timeline (UTC), all times approximate” stands there with another level: a part begins with `##`."
    ]


def test_a_merge_conflict_in_the_front_matter_is_told_once() -> None:
    conflict = "<<<<<<< HEAD\ntags: [a]\n=======\ntags: [b]\n>>>>>>> other"
    report = judge({PATH: page(conflict)})
    assert [item.code for item in report.findings if "conflict" in item.message] == ["AW003"]


def test_a_quotation_of_one_mark_is_no_merge_conflict() -> None:
    assert findings(piece="## Notes\n\nIt showed\n\n<<<<<<< HEAD\n\nand nothing else.") == []


CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> other\n"


def conflicts(text: str) -> list[str]:
    return [item.message for item in judge({PATH: text}).findings if item.code == "AW206"]


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        (CONFLICT, 1),
        (f"{CONFLICT}\n{CONFLICT}", 2),
        (f"{CONFLICT}\n>>>>>>> other\n", 1),
        ("<<<<<<< HEAD\nOurs.\n>>>>>>> other\n", 0),
        (f"Ours.\n=======\nTheirs.\n>>>>>>> other\n\n{CONFLICT}", 1),
        (f"```\n{CONFLICT}```\n", 0),
        (f"~~~\n{CONFLICT}~~~\n", 0),
        (f"```\ngit merge\n```\n\n{CONFLICT}", 1),
    ],
)
def test_a_merge_conflict_has_three_lines_in_order_outside_of_code(piece: str, count: int) -> None:
    assert len(conflicts(page(piece=f"## Notes\n\n{piece}"))) == count


def test_a_file_without_front_matter_is_searched_for_conflicts_from_its_first_line() -> None:
    assert len(conflicts(f"# Notes\n\n{CONFLICT}")) == 1
    assert conflicts(f"```\n{CONFLICT}```\n") == []


def undated(name: str, more: str = "") -> list[tuple[str, str, str | None]]:
    found = findings(f"status: draft\n{UNTIMED}{more}", without=("started", *MILESTONES), path=name)
    return [(str(item.level), item.message, item.hint) for item in found if item.code == "AW201"]


@pytest.mark.parametrize("name", ["undated-late.md", "2026/undated-late.md", "1998/teams/web/undated-503-für-alle.md"])
def test_a_draft_without_a_day_lies_anywhere_and_is_named_undated(name: str) -> None:
    assert undated(name) == []
    assert undated(name, "\nstarted:") == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("late", "Add `started`, or rename it with `git mv` to undated-late.md."),
        ("2026-03-04-late", "Add `started: 2026-03-04`, or rename it with `git mv` to undated-late.md."),
        ("2026-02-30-late", "Add `started`, or rename it with `git mv` to undated-late.md."),
        ("undatedly-late", "Add `started`, or rename it with `git mv` to undated-undatedly-late.md."),
    ],
)
def test_another_name_for_a_draft_without_a_day_is_an_error_that_says_both_ways_out(name: str, hint: str) -> None:
    message = "the draft has no `started`, and its name does not begin with undated-"
    assert undated(f"2026/{name}.md") == [("error", message, hint)]


@pytest.mark.parametrize("name", ["undated", "undated-", "undated-Too_Late", "undated_late--"])
def test_the_spelling_of_an_undated_name_is_a_warning(name: str) -> None:
    assert [level for level, _, _ in undated(f"{name}.md")] == ["warning"]


def test_a_name_of_no_words_is_told_so() -> None:
    assert [message for _, message, _ in undated("undated.md")] == [
        "the file's name says nothing but that it is undated"
    ]


def test_once_the_day_is_known_the_name_has_to_begin_with_it() -> None:
    assert names("2026-03-04", "undated-late.md") == [("AW201", "error")]
    assert names("2026-03-04", "undated-late.md", "\nstatus: draft") == [("AW201", "warning")]
    found = findings(f"started: 2026-03-04\nstatus: draft\n{UNTIMED}", without=MILESTONES, path="undated-late.md")
    told = next(item for item in found if item.code == "AW201")
    assert told.message == "the file is named undated, but the incident started on 2026-03-04"
    assert told.hint == "Rename it with `git mv` to 2026-03-04-late.md."


def test_without_a_day_the_name_is_left_alone_from_review_on_because_the_key_is_asked_for() -> None:
    found = findings(f"status: in-review\n{UNTIMED}", without=("started", *MILESTONES), path="undated-late.md")
    assert [(item.code, item.message) for item in found] == [("AW102", "“started” is missing")]
