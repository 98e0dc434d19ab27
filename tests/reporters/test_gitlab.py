"""GitLab's Code Quality report: the keys that it reads, and no finding hidden behind another."""

from __future__ import annotations

import json

from afterword.checking import Report
from afterword.reporters import gitlab
from tests.reporters.report import CLOCK, REPORT, line, many

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def test_every_issue_has_what_gitlab_asks_for() -> None:
    issues = json.loads(gitlab.render(REPORT, line, prefix="docs/"))
    assert len(issues) == len(REPORT.findings)
    for finding, issue in zip(REPORT.findings, issues, strict=True):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["description"].startswith(f"{finding.code} ")
        assert issue["severity"] in SEVERITIES
        assert issue["location"]["path"] == f"docs/{finding.path}"
        assert issue["location"]["lines"] == {"begin": finding.span.line, "end": finding.span.end_line}


def test_levels_are_major_minor_and_info() -> None:
    issues = json.loads(gitlab.render(REPORT, line))
    pairs = {(str(finding.level), issue["severity"]) for finding, issue in zip(REPORT.findings, issues, strict=True)}
    assert pairs == {("error", "major"), ("warning", "minor"), ("hint", "info")}


def test_no_fingerprint_is_used_twice() -> None:
    for report in (REPORT, many(1000)):
        issues = json.loads(gitlab.render(report, lambda _path, _line: "the same"))
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_a_report_without_findings_is_an_empty_list() -> None:
    assert gitlab.render(Report(CLOCK, (), 3), line) == "[]\n"
