"""Findings as JUnit XML, which Jenkins, GitLab and others show beside the tests: each file is a test.

It keeps to the schema by which Jenkins' xUnit plugin refuses what it does not know
(https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC
from html import escape

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.terminal import printable

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as an escape."""


def render(report: Report, files: Collection[str], *, fail_on: Level = Level.ERROR, prefix: str = "") -> str:
    """The report as XML. ``files`` are those that were looked at; one fails by a finding of ``fail_on`` or above.

    A file has one failure that tells all its findings, because several readers show only the first. ``prefix`` makes
    the library's paths paths of the repository: ``docs/`` or nothing.
    """
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.path].append(finding)
    paths = sorted({*files, *found})
    cases = [_case(path, found[path], fail_on, prefix) for path in paths]
    failures = sum(any(finding.level.at_least(fail_on) for finding in found[path]) for path in paths)
    time = report.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    counts = f'name="afterword check" tests="{len(paths)}" failures="{failures}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {counts}>",
        f'  <testsuite {counts} skipped="0" timestamp="{time}">',
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(path: str, findings: list[Finding], fail_on: Level, prefix: str) -> str:
    name = _escaped(prefix + path)
    start = f'    <testcase classname="afterword" name="{name}" time="0"'
    if not findings:
        return f"{start}/>"
    heavy = [finding for finding in findings if finding.level.at_least(fail_on)]
    light = [finding for finding in findings if not finding.level.at_least(fail_on)]
    lines = [f"{start}>"]
    if heavy:
        message = f"{heavy[0].code} {heavy[0].message}"
        if len(heavy) > 1:
            message += f", and {len(heavy) - 1} more"
        lines.append(
            f'      <failure type="{heavy[0].level}" message="{_escaped(message)}">{_told(heavy, prefix)}</failure>'
        )
    if light:
        lines.append(f"      <system-out>{_told(light, prefix)}</system-out>")
    return "\n".join([*lines, "    </testcase>"])


def _told(findings: list[Finding], prefix: str) -> str:
    blocks = []
    for finding in findings:
        place = f"{prefix}{finding.path}:{finding.span.line}:{finding.span.column}"
        blocks.append(_escaped(f"{place}: {finding.level} {finding.code} {finding.message}"))
        if finding.hint:
            blocks.append(f"  {_escaped(finding.hint)}")
    return "\n".join(blocks)


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", printable(text)))
