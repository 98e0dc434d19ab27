"""Findings as a Code Quality report of GitLab, shown in the merge request.

The format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.reporters import Line
from afterword.reporters.fingerprint import fingerprints
from afterword.terminal import escaped, printable

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.HINT: "info"}
"""“critical” and “blocker” are left to what breaks a service."""


def render(report: Report, line: Line, *, prefix: str = "") -> str:
    """The report as JSON. ``prefix`` makes the library's paths paths of the repository: ``docs/`` or nothing."""
    names = fingerprints(report.findings, line, prefix)
    data = [_issue(finding, name, prefix) for finding, name in zip(report.findings, names, strict=True)]
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _issue(finding: Finding, fingerprint: str, prefix: str) -> dict[str, Any]:
    message = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    return {
        "description": f"{finding.code} {printable(message)}",
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": prefix + finding.path,
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
