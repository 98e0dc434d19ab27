"""Findings as JSON, as ``schemas/findings.schema.json`` describes it: version 1."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.terminal import escaped


def render(report: Report) -> str:
    """The report as indented JSON with a newline at the end; the same bytes for the same report."""
    data = {
        "version": 1,
        "as_of": report.as_of.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "summary": {
            "files": report.files,
            "errors": report.count(Level.ERROR),
            "warnings": report.count(Level.WARNING),
            "hints": report.count(Level.HINT),
        },
        "findings": [_finding(finding) for finding in report.findings],
    }
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "level": str(finding.level),
        "message": finding.message,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "hint": finding.hint,
    }
