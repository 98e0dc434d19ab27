"""Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import afterword
from afterword.checking import Report
from afterword.findings import START, Finding, Level
from afterword.reporters import Line
from afterword.reporters.fingerprint import fingerprints
from afterword.reporters.rulehelp import as_markdown, as_text
from afterword.rules import RULES
from afterword.rules.base import Rule
from afterword.terminal import printable

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "afterwordFinding/v1"
"""Not ``primaryLocationLineHash``: GitHub's upload computes that one itself and complains about any other."""

_BASE = "%SRCROOT%"
_INDENT = "      "
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def render(
    report: Report,
    line: Line,
    rules: Mapping[str, Rule] = RULES,
    *,
    prefix: str = "",
    page: Callable[[str], str] | None = None,
) -> str:
    """The report as JSON, one result a line; the same bytes for the same report.

    ``prefix`` makes the library's paths paths of the repository: ``docs/`` or nothing. ``page`` gives the address of
    a rule's page by its code.
    """
    codes = sorted({finding.code for finding in report.findings})
    names = {finding.code: finding.name for finding in report.findings}
    index = {code: number for number, code in enumerate(codes)}
    marks = fingerprints(report.findings, line, prefix)
    driver = {
        "name": "afterword",
        "version": afterword.__version__,
        "rules": [_rule(rules.get(code), code, names[code], page) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
        "results": [],
    }
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    results = [
        json.dumps(_result(finding, index[finding.code], mark, prefix), ensure_ascii=False)
        for finding, mark in zip(report.findings, marks, strict=True)
    ]
    if results:  # a line for each: quicker by far than to indent them, and small enough for an upload
        before, _, after = text.rpartition("[]")
        text = f"{before}[\n{_INDENT}  {f',{chr(10)}{_INDENT}  '.join(results)}\n{_INDENT}]{after}"
    return text + "\n"


def _rule(rule: Rule | None, code: str, name: str, page: Callable[[str], str] | None) -> dict[str, Any]:
    if rule is None:  # said by a reader of other files that has no rule of its own
        return {"id": code, "name": name}
    told: dict[str, Any] = {
        "id": code,
        "name": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.rationale},
        "help": {"text": as_text(rule), "markdown": as_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": ["postmortem"]},
    }
    if page:
        told["helpUri"] = page(code)
    return told


def _result(finding: Finding, index: int, mark: str, prefix: str) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(prefix + finding.path), "uriBaseId": _BASE},
                    "region": _region(finding),
                }
            }
        ],
        "partialFingerprints": {FINGERPRINT: mark},
    }


def _message(finding: Finding) -> str:
    """The message and what to do. ``[x](y)`` is a link in SARIF, and what an author wrote must not become one."""
    text = printable(finding.message)
    if finding.hint:
        text += f".\n{printable(finding.hint)}"
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text


def _region(finding: Finding) -> dict[str, int]:
    span = finding.span
    if span == START:  # a whole file; GitHub wants a line nevertheless
        return {"startLine": 1}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
