"""Every fault of a file is a finding at the true line and column, and nothing else ever comes out."""

from __future__ import annotations

import json
import time
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.findings import Level
from afterword.source import Source
from afterword.yamltree import parse, plain
from tests.reading import BODY, FRONT, found, page, places, record


def test_a_valid_postmortem_has_no_findings() -> None:
    read = record(page())
    assert read.findings == ()
    assert read.postmortem is not None
    assert read.postmortem.id == "2026-03-04-checkout-down"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", ("AW001", 1, 1), id="empty file"),
        pytest.param(b" \n\n", ("AW001", 1, 1), id="blank file"),
        pytest.param(page().encode().replace(b"503", b"5\xff3"), ("AW001", 3, 27), id="bad UTF-8"),
        pytest.param(page().replace("alert", "al\0ert"), ("AW001", 14, 14), id="NUL"),
        pytest.param("# Title\n\ntext\n", ("AW002", 1, 1), id="no front matter"),
        pytest.param("---\ntitle: x\n\n## Timeline\n", ("AW002", 1, 1), id="unterminated"),
        pytest.param("---\ntitle: x\n----\ntext\n", ("AW002", 1, 1), id="four dashes do not close"),
        pytest.param("---\n---\ntext\n", ("AW002", 1, 1), id="empty front matter"),
        pytest.param("---\n- a\n- b\n---\n", ("AW002", 2, 1), id="a list"),
        pytest.param("---\nonly words\n---\n", ("AW002", 2, 1), id="plain text"),
        pytest.param("---\ntitle: x\n\tkind: incident\n---\n", ("AW003", 3, 1), id="tab"),
        pytest.param("---\ntitle: a: b\n---\n", ("AW003", 2, 9), id="second colon"),
        pytest.param("---\ntitle: [a\n---\n", ("AW003", 3, 1), id="open bracket"),
        pytest.param("---\na: &x [1]\nb: *x\n---\n", ("AW003", 2, 4), id="anchor"),
        pytest.param("---\na: &x [*x]\n---\n", ("AW003", 2, 4), id="cycle"),
        pytest.param("---\na: !!python/object:os.system x\n---\n", ("AW003", 2, 4), id="tag"),
        pytest.param("---\n? [a]\n: b\n---\n", ("AW003", 2, 3), id="key that is a list"),
        pytest.param("---\na: \x07\n---\n", ("AW003", 2, 4), id="control character"),
    ],
)
def test_what_cannot_be_read_is_one_finding_at_its_place(content: str | bytes, expected: tuple[str, int, int]) -> None:
    assert places(content) == [expected]
    assert record(content).postmortem is None


def test_a_key_that_stands_twice_is_found_at_the_second() -> None:
    front = FRONT.replace("kind: incident\n", "kind: incident\ntitle: Again\n")
    assert ("AW004", 6, 1) in places(page(front))


def test_a_key_missing_in_an_action_is_found_at_the_action() -> None:
    front = FRONT.replace("    status: done\n", "")
    assert ("AW102", 18, 5) in places(page(front))


def test_a_wrong_value_in_an_action_is_found_at_the_value() -> None:
    front = FRONT.replace("due: 2026-03-11", "due: 2026-02-30")
    (finding,) = found(page(front))
    assert (finding.code, finding.span.line, finding.span.column, finding.span.end_column) == ("AW101", 22, 10, 20)
    assert finding.message == "actions 1, due is “2026-02-30”, not a date that exists"


def test_a_key_without_a_value_is_found_at_the_key() -> None:
    (finding,) = found(page(FRONT.replace("detection: alert", "detection:")))
    assert (finding.code, finding.level, finding.span.line, finding.span.column) == ("AW102", Level.ERROR, 14, 1)
    assert finding.message == "“detection” is empty"


def test_a_draft_may_have_keys_that_wait_for_a_value() -> None:
    front = FRONT.replace("status: published", "status: draft").replace("due: 2026-03-11", "due:")
    read = record(page(front))
    assert [(item.code, item.level, item.span.line) for item in read.findings] == [("AW102", Level.WARNING, 22)]
    assert read.postmortem is not None
    assert read.postmortem.actions[0].due is None


def test_an_unknown_key_is_not_excused_by_being_empty() -> None:
    assert places(page(FRONT + "resovled:\n")) == [("AW103", 26, 1)]


def test_an_unknown_key_says_what_was_meant() -> None:
    (finding,) = found(page(FRONT.replace("resolved:", "resovled:")))
    assert (finding.code, finding.span.line, finding.span.column) == ("AW103", 12, 1)
    assert finding.hint == "Did you mean `resolved`?"
    assert record(page(FRONT.replace("resolved:", "resovled:"))).postmortem is not None


def test_a_missing_field_is_found_at_the_opening_fence() -> None:
    assert places(page(FRONT.replace("root_cause: capacity\n", ""))) == [("AW102", 1, 1)]


@pytest.mark.parametrize("wrong", ["2026-03-04T09:12:00", "2026-03-04 09:12", "yesterday", "2026-02-30"])
def test_a_milestone_must_be_a_time_with_offset_or_a_date(wrong: str) -> None:
    (finding,) = found(page(FRONT.replace("2026-03-04T09:12:00Z", wrong)))
    assert (finding.code, finding.span.line, finding.span.column) == ("AW101", 9, 10)
    assert "a time with offset (RFC 3339) or a date that exists" in finding.message


def test_a_milestone_listed_as_unknown_is_not_missing() -> None:
    without = FRONT.replace("detected: 2026-03-04T09:16:00Z\n", "")
    assert [item.message for item in found(page(without))] == ["“detected” is missing"]
    assert found(page(without.replace("published: ", "unknown: [detected]\npublished: "))) == []


def test_a_byte_order_mark_is_a_hint_and_moves_no_position() -> None:
    content = b"\xef\xbb\xbf" + page(FRONT.replace("alert", "alarm")).encode()
    assert [(item.code, item.level) for item in found(content)] == [("AW005", Level.HINT), ("AW101", Level.ERROR)]
    assert places(content)[1] == ("AW101", 14, 12)


def test_windows_line_ends_move_no_position() -> None:
    wrong = page(FRONT.replace("alert", "alarm"))
    assert places(wrong.replace("\n", "\r\n").encode()) == places(wrong)
    assert places(wrong.replace("\n", "\r").encode()) == places(wrong)


def test_a_line_separator_does_not_count_as_a_line() -> None:
    front = FRONT.replace("Payments failed", "Payments\u2028failed\u0085").replace("alert", "alarm")
    assert places(page(front)) == [("AW101", 14, 12)]


def test_columns_count_code_points() -> None:
    front = FRONT.replace("services: [checkout]", "services: [🛒, 🛒]")
    (finding,) = found(page(front))
    assert (finding.span.column, finding.span.end_column) == (11, 17)


def test_words_of_yaml_1_1_stay_words() -> None:
    front = FRONT + "updates: [{on: 2026-03-20, note: no}]\n"
    read = record(page(front)).postmortem
    assert read is not None
    assert read.updates[0].note == "no"


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("a: " + "[" * 50_000, id="brackets"),
        pytest.param("a: " + "{a: " * 20_000, id="braces"),
        pytest.param("- " * 50_000, id="dashes"),
        pytest.param("a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(1000)), id="alias bomb"),
        pytest.param("a: " + "x" * 300_000, id="a long value"),
        pytest.param("".join(f"k{i}: {i}\n" for i in range(60_000)), id="many keys"),
        pytest.param("a: " + "9" * 100_000, id="a long number"),
        pytest.param("services: [" + ",".join(f"{at},a{at}" for at in range(2_500)) + "]", id="a list of many kinds"),
    ],
)
def test_a_bomb_is_refused_at_once(front: str) -> None:
    start = time.process_time()
    assert record(f"---\n{front}\n---\n").postmortem is None
    assert time.process_time() - start < 1.0


def test_a_draft_may_have_gaps_but_says_so() -> None:
    front = "title: Search is slow\nkind: incident\nstarted: 2026-03-04\nseverity: SEV3\n"
    read = record(page(front))
    assert read.postmortem is not None
    assert {finding.level for finding in read.findings} == {Level.WARNING}
    wanted = "schema, summary, services, detection, root_cause, actions, detected, mitigated"
    assert [finding.message for finding in read.findings] == [f"8 keys are missing before review: {wanted}"]


def test_a_bad_file_hides_no_fault_behind_the_first() -> None:
    front = FRONT.replace("alert", "alarm").replace("kind: incident", "kind: accident").replace("done", "doned")
    assert [code for code, _, _ in places(page(front))] == ["AW101", "AW101", "AW101"]


def test_a_mark_inside_the_front_matter_moves_no_position() -> None:
    assert places(page("\ufeff" + FRONT)) == [("AW003", 2, 1)]


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\x07", "\\x7f", "\\x9b"])
def test_a_control_character_cannot_come_in_by_an_escape(escape: str) -> None:
    assert places(page(FRONT.replace("Checkout answered 503", f'"a{escape}b"'))) == [("AW003", 3, 8)]


@pytest.mark.parametrize("blank", ['" "', '"\\n"', '"\\u00a0"'])
def test_a_title_of_blanks_is_no_title(blank: str) -> None:
    (finding,) = found(page(FRONT.replace("Checkout answered 503", blank)))
    assert (finding.code, finding.message, finding.span.line) == ("AW101", "title is empty", 3)


@pytest.mark.parametrize("key", ["²", "5", "", "a/b", "x#key", "|", "\\u2028", "external_ids/a"])
def test_a_value_under_any_key_is_found_at_the_value(key: str) -> None:
    front = FRONT + f'"": {{external_ids: {{a: 1}}}}\nexternal_ids:\n  a: 1\n  "{key}":\n    [1]\n'
    assert ("AW101", 30, 5) in places(page(front))


def test_only_the_places_of_a_list_are_counted() -> None:
    (finding,) = found(page(FRONT + "external_ids: {5: []}\n"))
    assert finding.message == "external_ids, 5 is a list, not text or a whole number"


def test_users_are_whole() -> None:
    read = record(page(FRONT + "impact: {users: 500.0}\n")).postmortem
    assert read is not None
    assert read.impact is not None
    assert isinstance(read.impact.users, int)


@pytest.mark.parametrize("impact", ["downtime_minutes: 1e308", "revenue: {amount: 1e308, currency: EUR}"])
def test_a_number_beyond_all_reason_is_refused(impact: str) -> None:
    assert [code for code, _, _ in places(page(FRONT + f"impact: {{{impact}}}\n"))] == ["AW101"]


def test_a_drill_needs_its_facts() -> None:
    front = FRONT.replace("kind: incident", "kind: drill")
    assert "“drill” is missing" in [item.message for item in found(page(front + "drill: null\n"))]
    assert found(page(front + "drill: {hypothesis: a, fault: b, outcome: c}\n")) == []


fitting: dict[str, object] = {
    **cast("dict[str, object]", plain(parse(Source("", FRONT))[0])),
    "schema": 1,
    "updates": [{"on": "2026-03-20", "note": "More"}],
    "impact": {"users": 5, "users_share": 0.1, "data_loss": False, "revenue": {"amount": 1, "currency": "EUR"}},
    "budgets": [{"slo": "a", "consumed": 0.1}],
    "drill": {"hypothesis": "a", "fault": "b", "outcome": "c"},
    "people": {"author": "@a", "reviewers": ["@b"]},
    "approvals": [{"role": "lead", "by": "@a", "on": "2026-03-10"}],
    "links": [{"title": "a", "url": "https://example.org"}],
    "external_ids": {"pagerduty": "Q1"},
    "unknown": ["acknowledged"],
    "recurrence_of": ["2026-01-01-a"],
}


def steps(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = [(str(key), below) for key, below in value.items()]
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [found for key, below in inner for found in ((*path, key), *steps(below, (*path, key)))]


def written(value: object, path: tuple[str | int, ...], other: object) -> str:
    """As JSON, a line before and after the one value that is replaced."""
    if not path:
        return f"\n  {json.dumps(other)}\n "
    if isinstance(value, dict):
        return "{" + ", ".join(
            f"{json.dumps(key)}: {written(below, path[1:], other) if key == path[0] else json.dumps(below)}"
            for key, below in value.items()
        ) + "}"  # fmt: skip
    assert isinstance(value, list)
    return "[" + ", ".join(
        written(below, path[1:], other) if at == path[0] else json.dumps(below) for at, below in enumerate(value)
    ) + "]"  # fmt: skip


def test_what_fits_has_no_findings() -> None:
    assert found(page(f"{json.dumps(fitting)}\n")) == []


keys = st.sampled_from(["title", "kind", "started", "actions", "status", "unknown", "impact", "drill", "services"])
values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2026-03-04"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@given(st.binary(max_size=400))
@example(b"---\n\xef\xbb\xbf---\n")
def test_any_bytes_give_findings_only(data: bytes) -> None:
    assert record(data).findings or record(data).postmortem


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,?\n\t ~0.e\u2028\x85é"), max_size=200))
def test_any_yaml_gives_findings_only(text: str) -> None:
    read = record(f"---\n{text}\n---\n{BODY}")
    lines = f"---\n{text}\n---\n{BODY}".count("\n") + 1
    assert all(1 <= item.span.line <= lines and item.span.column >= 1 for item in read.findings)


@given(st.dictionaries(keys, values, max_size=6))
def test_any_values_give_findings_only(front: dict[str, object]) -> None:
    read = record(f"---\n{json.dumps(front)}\n---\n{BODY}")  # JSON is YAML: every structure can be written
    assert read.findings
    assert all(item.message and item.span.line in (1, 2) for item in read.findings)


@given(st.sampled_from(steps(fitting)), values)
def test_one_value_of_any_kind_gives_findings_at_that_value_only(path: tuple[str | int, ...], other: object) -> None:
    text = f"---\n{written(fitting, path, other)}\n---\n{BODY}"
    read = record(text)
    assert read.postmortem or read.findings
    wrong = [item for item in read.findings if item.code == "AW101"]
    assert all(item.span.line == 3 and item.span.column >= 3 for item in wrong)


@given(st.text(alphabet=st.sampled_from("#|-*_`[]()!<>&:= \n\tab1é0<!--afterword ignore-->"), max_size=300))
def test_any_markdown_gives_findings_only(body: str) -> None:
    read = record(page(body=body))
    assert read.postmortem is not None
    lines = page(body=body).count("\n") + 1
    facts = read.postmortem.body
    spans = [item.span for item in facts.sections] + [item.span for item in facts.rows]
    spans += [item.span for item in facts.links] + [item.span for item in facts.leftovers]
    spans += [item.span for item in facts.stated]
    assert all(1 <= span.line <= lines for span in spans)
