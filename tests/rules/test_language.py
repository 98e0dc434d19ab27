"""Blameless language in postmortems: which texts are read, and where a finding stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from afterword import checking, settings
from afterword.language import Category, find_all
from afterword.parts import PARTS
from afterword.rules.language import RULES, base, blame
from afterword.rules.language.base import Measured
from tests.rules.whole import AS_OF, PATH, SETTINGS, findings, judge, page, said

CODES = tuple(rule.code for rule in RULES)


def found(piece: str, lines: str = "") -> list[str]:
    return [finding.code for finding in findings(lines, piece) if finding.code in CODES]


def test_a_finding_stands_on_its_words_and_says_what_to_write_instead() -> None:
    text = page(piece="## Root cause\n\nAt night\nthe engineer forgot *it*.")
    report = judge({PATH: text}, select=CODES)
    (finding,) = report.findings
    line = text.split("\n")[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == "engineer forgot"
    assert finding.message == "“engineer forgot” judges people"
    assert finding.hint is not None
    assert finding.hint.startswith("Ask what made it easy")


@pytest.mark.parametrize(
    "piece",
    [
        "## Communication\n\nThe engineer forgot to post.",
        "## Sensitive information\n\nThe engineer forgot to post.",
        "## Root cause\n\n> The engineer forgot to post.",
        "## Root cause\n\nSupport wrote “the engineer forgot to post”.",
        "## Root cause\n\nThe log says `the engineer forgot`.",
        "## Root cause\n\n```\nthe engineer forgot\n```",
        "## Root cause\n\nSee [the engineer forgot](https://example.com/a).",
        "## Root cause\n\n<!-- the engineer forgot -->\nA default.",
    ],
)
def test_what_others_said_and_what_is_no_prose_is_not_read(piece: str) -> None:
    assert found(piece) == []


@pytest.mark.parametrize(
    "piece",
    [
        "## Root cause\n\n- The engineer forgot to post.",
        "## Root cause\n\n1. Why? The engineer forgot to post.",
        "## Root cause\n\n### The engineer forgot to post\n\nSo it was.",
        "## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 09:12 | The engineer forgot to post |\n",
    ],
)
def test_items_cells_and_headings_of_the_author_are_read(piece: str) -> None:
    assert found(piece) == ["AW401"]


def test_a_remark_in_the_heading_of_a_part_is_read() -> None:
    assert found("## Root cause (human error)\n\nA default.") == ["AW402"]


def test_no_heading_of_a_part_is_found_by_its_own_name() -> None:
    names = tuple(name for part in PARTS for name in (part.title, *part.names))
    assert list(find_all(names)) == []


def test_title_and_summary_are_read() -> None:
    assert found("## Notes\n\nNone.", "title: The engineer forgot a flag\nsummary: It was human error.") == [
        "AW401",
        "AW402",
    ]


def test_a_promise_of_care_in_the_title_of_an_action_is_left_to_vague_verb() -> None:
    action = (
        "actions:\n  - id: A1\n    title: Be more careful with limits\n    owner: '@team-payments'\n"
        "    due: 2026-12-11\n    priority: P1\n    status: open"
    )
    codes = [finding.code for finding in findings(action)]
    assert "AW504" in codes
    assert "AW406" not in codes


@pytest.mark.parametrize("handle", ["@team-payments", "@oncall-payments", "@payments", "@sre-squad"])
def test_the_handle_of_a_group_is_no_person(handle: str) -> None:
    known = replace(SETTINGS, teams={**SETTINGS.teams, "payments": "Payments"})
    text = page(piece=f"## Root cause\n\n{handle} forgot the limit.")
    assert list(judge({PATH: text}, select=["AW404"], settings=known).findings) == []


def test_the_handle_of_a_person_is_found() -> None:
    assert said(findings("", "## Root cause\n\n@alice forgot the limit.")) == [("AW404", "hint")]


def test_a_finding_can_be_silenced_with_a_reason() -> None:
    silenced = "<!-- afterword: ignore AW401 the title of a ticket -->\n\n"
    assert found(f"## Root cause\n\n{silenced}The engineer forgot to post.") == []


def test_the_library_of_this_project_blames_nobody(root: Path) -> None:
    loaded = checking.load(root, settings.load(root), use_cache=False, workers=1)
    assert len(loaded.postmortems) > 30
    assert list(checking.check(loaded, AS_OF, select=CODES).findings) == []


def test_the_guide_is_of_one_mind_with_the_rules(root: Path) -> None:
    text = (root / "postmortems/guide/blameless.md").read_text(encoding="utf-8")
    table = text.split("| Before | After |\n| --- | --- |\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]
    assert len(rows) > 5
    for before, after in rows:
        assert found(f"## Root cause\n\n{before}"), before
        assert not found(f"## Root cause\n\n{after}"), after


@pytest.mark.parametrize(
    ("count", "right", "level"),
    [(20, 20, "warning"), (20, 18, "warning"), (20, 17, "hint"), (19, 19, "hint"), (40, 36, "warning")],
)
def test_a_list_warns_from_twenty_findings_on_of_which_nine_in_ten_were_right(
    count: int, right: int, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = Measured("en", count + 30, right + 30, firm=count, firm_right=right)  # mild ones prove nothing of others
    monkeypatch.setitem(base.MEASURED, Category.BLAME, (Measured("pt", 1, 0), measured))
    assert base.level_of(Category.BLAME) == level
    told = {row.where: (row.found, row.right) for row in base.judged(Category.BLAME)}
    assert told == {"English": (count + 30, right + 30), "Portuguese": (1, 0), "Vietnamese": (0, 0)}
    monkeypatch.setattr(blame, "RULE", replace(blame.RULE, level=base.level_of(Category.BLAME)))
    assert said(findings("", "## Root cause\n\nThe engineer forgot the limit.")) == [("AW401", level)]
    assert said(findings("", "## Root cause\n\nWe forgot the limit.")) == [("AW401", "hint")]  # mild
    assert said(findings("", "## Root cause\n\nO operador esqueceu o limite.")) == [("AW401", "hint")]  # not proven


def test_reports_that_were_read_afterwards_have_a_row_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(base.MEASURED, Category.BLAME, (Measured("en", 9, 8, 3, 2),))
    assert [(row.where, row.found, row.right) for row in base.judged(Category.BLAME)] == [
        ("English, reports at hand", 6, 6),
        ("English, reports read afterwards", 3, 2),
        ("Portuguese", 0, 0),
        ("Vietnamese", 0, 0),
    ]


def test_a_sentence_about_us_is_told_more_gently() -> None:
    ours, theirs = findings("", "## Root cause\n\nWe forgot the limit. The engineer forgot it too.")
    assert ours.message == "“We forgot” ends at people"
    assert theirs.message == "“engineer forgot” judges people"


def test_emphasis_within_a_phrase_is_not_told() -> None:
    (found,) = findings("", "## Root cause\n\n**The engineer** *forgot* the limit.")
    assert found.message == "“engineer forgot” judges people"
    assert (found.span.column, found.span.end_column) == (7, 25)


def test_what_was_never_measured_hints() -> None:
    assert base.MEASURED.get(Category.NAMED) is None
    assert base.level_of(Category.NAMED) == "hint"
    assert {(row.found, row.right) for row in base.judged(Category.NAMED)} == {(0, 0)}


def test_a_person_after_a_group_is_still_found() -> None:
    assert found("## Root cause\n\n@team-payments forgot the limit. Then @alice forgot it.") == ["AW404"]
