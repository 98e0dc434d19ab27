"""References between postmortems, and from them to files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.findings import Finding
from tests.rules.whole import FOLDER, MILESTONES, PATH, judge, page

OTHER = "2025/2025-11-02-pool-exhausted.md"
OTHER_ID = "2025-11-02-pool-exhausted"
EARLIER = page(
    "title: Pool exhausted\nstarted: 2025-11-02\nunknown: [detected, mitigated, resolved]\npublished: 2025-11-05",
    without=MILESTONES,
)


def found(lines: str = "", piece: str = "", exists: tuple[str, ...] = ()) -> list[Finding]:
    report = judge({PATH: page(lines, piece), OTHER: EARLIER}, exists=lambda path: path in exists)
    return [finding for finding in report.findings if finding.path == FOLDER + PATH]


def link(target: str, *exists: str) -> list[str]:
    return [finding.message for finding in found(piece=f"## Notes\n\nSee [this]({target}).\n", exists=exists)]


def test_the_address_of_another_page_as_the_site_shows_it_leads_there() -> None:
    assert link("../../guide/process/", "postmortems/guide/process.md") == []
    assert link("../../guide/process", "postmortems/guide/process.md") != []


def test_an_id_and_a_former_id_can_be_referred_to() -> None:
    assert found(f"recurrence_of: [{OTHER_ID}]") == []
    renamed = EARLIER.replace("---\n", "---\naliases: [2025-11-02-old]\n", 1)
    report = judge({PATH: page("recurrence_of: [2025-11-02-old]"), OTHER: renamed})
    assert list(report.findings) == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("recurrence_of: [2025-11-03-other]", "no postmortem has the id 2025-11-03-other"),
        ("merged_into: 2025-11-03-other", "no postmortem has the id 2025-11-03-other"),
        ("recurrence_of: [2026-03-04-checkout-answered-503]", "recurrence_of names this postmortem itself"),
        (
            f"actions:\n  - {{id: A1, title: Cap, status: moved, moved_to: '{OTHER_ID}#A9'}}",
            f"{OTHER_ID} has no action A9",
        ),
    ],
)
def test_a_reference_to_nothing_is_an_error(lines: str, message: str) -> None:
    assert [(finding.code, str(finding.level), finding.message) for finding in found(lines)] == [
        ("AW603", "error", message)
    ]


@pytest.mark.parametrize(
    ("lines", "text", "hint"),
    [
        (
            "recurrence_of: [2026-03-04-checkout-answered-503]",
            "2026-03-04-checkout-answered-503",
            "Name the other one.",
        ),
        ("merged_into: 2025-11-03-other", "2025-11-03-other", "The id is the file's name without .md."),
        (f"recurrence_of: [2025/{OTHER_ID}.md]", f"2025/{OTHER_ID}.md", f"Did you mean `{OTHER_ID}`?"),
        (
            "actions:\n  - {id: A1, title: Cap, status: moved, moved_to: 2025-11-03-other#A1}",
            "2025-11-03-other#A1",
            "The id is the file's name without .md.",
        ),
    ],
)
def test_a_reference_to_nothing_is_told_at_its_place_with_what_to_write(lines: str, text: str, hint: str) -> None:
    (finding,) = [item for item in found(lines) if item.code == "AW603"]
    line = page(lines).split("\n")[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == text
    assert finding.hint == hint


def test_of_more_than_fifty_ids_of_one_day_none_is_suggested() -> None:
    def hint(count: int, name: str, path: str = "{}") -> str | None:
        ids = [f"2025-11-02-{'abcdefgh'[at // 8]}{'abcdefgh'[at % 8]}" for at in range(count)]
        files = {f"2025/{name}.md": EARLIER.replace("Pool", name) for name in ids}
        report = judge({PATH: page(f"recurrence_of: [{path.format(name)}]"), **files})
        return next(item.hint for item in report.findings if item.code == "AW603")

    assert str(hint(50, "2025-11-02-aaa")).startswith("Did you mean ")
    assert hint(51, "2025-11-02-aaa") == "The id is the file's name without .md."
    assert hint(51, "2025-11-02-aa", "2025/{}.md") == "Did you mean `2025-11-02-aa`?"


def test_up_to_four_ids_of_one_day_are_all_named_where_none_is_near() -> None:
    def hint(count: int) -> str | None:
        ids = [f"2025-11-02-{letter}" for letter in "abcde"[:count]]
        files = {f"2025/{name}.md": EARLIER.replace("Pool", name) for name in ids}
        report = judge({PATH: page(f"recurrence_of: [2025-11-02-{'z' * 40}]"), **files})
        return next(item.hint for item in report.findings if item.code == "AW603")

    assert hint(4) == "Known: 2025-11-02-a, 2025-11-02-b, 2025-11-02-c, 2025-11-02-d."
    assert hint(5) == "The id is the file's name without .md."


def test_a_long_id_is_told_in_short() -> None:
    moved = f"actions:\n  - {{id: A1, title: Cap, status: moved, moved_to: '{OTHER_ID}#A{'9' * 30}'}}"
    assert found(moved)[0].message == f"{OTHER_ID} has no action A{'9' * 18}…"
    assert found(f"recurrence_of: [{'x' * 100}]")[0].message == f"no postmortem has the id {'x' * 79}…"


def test_of_many_files_with_one_id_two_are_named_and_the_rest_counted() -> None:
    folders = ("2026", "a", "b", "c")
    report = judge({PATH.replace("2026/", f"{folder}/"): page(f"title: In {folder}") for folder in folders})
    first = next(item.message for item in report.findings if item.path == FOLDER + PATH)
    assert first.endswith(" and 2 more")
    pair = judge({PATH.replace("2026/", f"{folder}/"): page(f"title: In {folder}") for folder in folders[:2]})
    assert " more" not in pair.findings[0].message
    three = judge({PATH.replace("2026/", f"{folder}/"): page(f"title: In {folder}") for folder in folders[:3]})
    assert three.findings[0].message.endswith(" and 1 more")


def test_a_reference_from_a_draft_is_a_warning() -> None:
    assert [str(item.level) for item in found("recurrence_of: [nobody]\nstatus: draft") if item.code == "AW603"] == [
        "warning"
    ]


def test_a_near_id_of_the_same_day_is_suggested() -> None:
    assert found("recurrence_of: [2025-11-02-pool-exausted]")[0].hint == f"Did you mean `{OTHER_ID}`?"


def test_a_file_that_was_rejected_is_still_there_to_refer_to() -> None:
    lines = f"actions:\n  - {{id: A1, title: Cap, status: moved, moved_to: '{OTHER_ID}#A1'}}"
    report = judge({PATH: page(f"recurrence_of: [{OTHER_ID}]\n{lines}"), OTHER: "---\ntitle: [\n---\n"})
    assert [finding.code for finding in report.findings if finding.path == FOLDER + PATH] == []


def test_one_id_in_two_folders_is_told_in_both_files() -> None:
    report = judge({PATH: page(), PATH.replace("2026/", "checkout/"): page("title: Other")})
    assert [(finding.code, str(finding.level)) for finding in report.findings] == [("AW601", "error")] * 2


def test_an_alias_that_somebody_else_has_is_told_at_the_alias() -> None:
    first = found(f"aliases: [old, {OTHER_ID}]")
    assert [(finding.code, finding.span.column) for finding in first] == [("AW601", 16)]


def test_the_later_of_two_equal_titles_is_told() -> None:
    assert [(finding.code, str(finding.level)) for finding in found("title: POOL exhausted")] == [("AW602", "hint")]
    assert found(f"title: Pool exhausted\nrecurrence_of: [{OTHER_ID}]") == []


@pytest.mark.parametrize(
    "target",
    [
        "../2025/2025-11-02-pool-exhausted.md",
        "../2025/2025-11-02-pool-exhausted.md#timeline",
        "../2025/2025-11-02-pool-exhausted/",
        "#timeline",
        "https://example.org/nowhere",
        "mailto:team@example.org",
        "/absolute/of-the-site",
        "//example.org/x",
        "../../actions.md",
        "../../index.md",
        "../../services/checkout.md",
        "?page=2",
    ],
)
def test_links_that_lead_somewhere_or_cannot_be_judged_are_left_alone(target: str) -> None:
    assert link(target) == []


def test_a_file_on_the_disk_is_found_also_with_blanks_in_its_name() -> None:
    assert link("img/pool%20usage.png?x=1", f"{FOLDER}2026/img/pool usage.png") == []
    assert link("<img/pool usage.png>", f"{FOLDER}2026/img/pool usage.png") == []


@pytest.mark.parametrize("target", ["2025-11-02-pool-exhausted.md", "img/none.png", "../2025/none/", "%00", "a" * 5000])
def test_a_link_to_no_file_is_a_warning(target: str) -> None:
    assert len(link(target)) == 1


def test_a_link_out_of_the_site_is_a_warning_even_to_a_file() -> None:
    assert link("../../../README.md", "README.md") == [
        "the link to ../../../README.md leads out of postmortems/, so the site does not have it"
    ]
    assert len(link("../../../../../../etc/passwd")) == 1


def test_a_file_that_moved_is_named() -> None:
    hint = found(piece="## Notes\n\n[Before](2025-11-02-pool-exhausted.md)\n")[0].hint
    assert hint == f"It is now {FOLDER}{OTHER}."


def test_a_file_that_moved_is_named_whatever_folders_the_link_has() -> None:
    for target in (
        "2025-11-02-pool-exhausted.md",
        "a/2025-11-02-pool-exhausted.md",
        "a/b/2025-11-02-pool-exhausted.md",
    ):
        assert found(piece=f"## Notes\n\n[Before]({target})\n")[0].hint == f"It is now {FOLDER}{OTHER}."


def test_a_link_that_leads_somewhere_does_not_hide_the_next_one() -> None:
    piece = (
        "## Notes\n\n[a](#timeline) [b](../2025/2025-11-02-pool-exhausted.md) [c](https://example.org) [d](none.md)\n"
    )
    assert [item.message for item in found(piece=piece)] == ["the link to none.md leads nowhere"]


def test_an_image_is_called_an_image() -> None:
    assert found(piece="## Notes\n\n![Pool](none.png)\n")[0].message == "the image to none.png leads nowhere"


def test_links_in_code_are_not_links() -> None:
    assert found(piece="## Notes\n\n`[a](b.md)`\n\n```\n[a](b.md)\n```\n") == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n\u2028\x0b\x0c\x85"), max_size=40))
def test_no_target_breaks_the_rule(target: str) -> None:
    known = ("the link to", "looks left over", "is no rule", "there is no heading")
    for message in link(target):
        assert any(words in message for words in known)


@pytest.mark.parametrize(
    ("definition", "places"),
    [
        ("[it]: none.md", [(1, 7)]),
        ("[it]: <no ne.md> 'A title'", [(1, 8)]),
        ("> [it]:\n> none.md", [(2, 3)]),
        ("[it]: https://example.org/none.md", []),
        ("[^it]: none.md", []),
    ],
)
def test_a_link_by_reference_is_looked_at_where_it_is_defined(definition: str, places: list[tuple[int, int]]) -> None:
    text = page(piece=f"## Notes\n\nSee [this][it].\n\n{definition}\n")
    first = text[: text.index(definition)].count("\n")
    report = judge({PATH: text})
    assert [(item.span.line - first, item.span.column) for item in report.findings if item.code == "AW604"] == places
