"""JUnit XML: well-formed whatever a file holds, in the shape that readers have in common."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.reporters import junit
from tests.reporters.report import CLEAN, CLOCK, FILES, HOSTILE, ODD, REPORT

SHAPE = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "timestamp"}, {"testcase"}),
    "testcase": ({"classname", "name", "time"}, {"failure", "system-out"}),
    "failure": ({"type", "message"}, set[str]()),
    "system-out": (set[str](), set[str]()),
}
"""Attributes and children of each element, all of them known to the strict junit-10.xsd of Jenkins' xUnit plugin."""


def read(report: Report, files: tuple[str, ...] = FILES, fail_on: Level = Level.ERROR) -> ET.Element:
    return ET.fromstring(junit.render(report, files, fail_on=fail_on).encode("utf-8", "strict"))  # noqa: S314  # our own


def test_it_has_the_agreed_shape() -> None:
    for element in read(REPORT).iter():
        attributes, children = SHAPE[element.tag]
        assert set(element.attrib) == attributes
        assert {child.tag for child in element} <= children


def test_each_file_is_a_test_and_the_counts_agree() -> None:
    root = read(REPORT)
    cases = list(root.iter("testcase"))
    assert [case.attrib["name"] for case in cases] == sorted(FILES)
    for element in (root, *root.iter("testsuite")):
        assert element.attrib["tests"] == "3"
        assert element.attrib["failures"] == str(len(list(root.iter("failure"))))
    assert [len(case) for case in cases if case.attrib["name"] == CLEAN] == [0]


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [(Level.ERROR, {HOSTILE}), (Level.WARNING, {HOSTILE, ODD}), (Level.HINT, {HOSTILE, ODD})],
)
def test_findings_below_the_level_that_fails_are_told_and_fail_nothing(fail_on: Level, failing: set[str]) -> None:
    root = read(REPORT, fail_on=fail_on)
    cases = list(root.iter("testcase"))
    assert {case.attrib["name"] for case in cases if case.find("failure") is not None} == failing
    told = "\n".join(text for text in root.itertext())
    assert sum(f" {finding.code} " in told for finding in REPORT.findings) == len(REPORT.findings)
    heavy = "\n".join(element.text or "" for element in root.iter("failure"))
    assert heavy.count(": hint ") == (3 if fail_on is Level.HINT else 0)


def test_a_failure_tells_all_findings_of_its_file_and_names_the_first() -> None:
    failure = next(read(REPORT).iter("failure"))
    assert failure.attrib["message"] == "AW901 “Timeline” is missing, and 3 more"
    assert (failure.text or "").count(": error ") == 4


@example("\ufffe\uffff\x00\x0b\x1f\ud800", "]]>", "\uffff")
@given(st.text(), st.none() | st.text(), st.text(min_size=1))
def test_any_text_is_well_formed(message: str, hint: str | None, path: str) -> None:
    report = Report(CLOCK, (Finding("AW901", "made-up", Level.ERROR, message, path, hint=hint),), 1)
    assert len(list(read(report, (path,)).iter("failure"))) == 1


def test_a_file_with_a_finding_is_a_test_also_when_nobody_named_it() -> None:
    finding = Finding("AW103", "unknown-key", Level.ERROR, "x", "budgets/policy.yml")
    assert read(Report(CLOCK, (finding,), 0), ()).attrib["tests"] == "1"
