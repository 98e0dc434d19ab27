"""Fingerprint: a finding's name that stays when lines move, so that a known one is not reported as new."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from afterword.findings import START, Finding
from afterword.reporters import Line

NEAR = 250
"""So many letters before and after a finding tell it from others in a line that never ends."""

_NUMBER = re.compile(r"\d+")


def fingerprints(findings: Iterable[Finding], line: Line, prefix: str = "") -> list[str]:
    """One for each finding, in order; 32 hex digits, each only once.

    Made of the code, the path, the text of the line with its spaces made one, and the message without its numbers:
    “overdue by 31 days” is the same finding a day later. Equal ones are numbered from the top of the file.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        text = "" if finding.span == START else _around(line(finding.path, finding.span.line), finding.span.column)
        parts = finding.code, prefix + finding.path, text, _NUMBER.sub("0", finding.message)
        key = "\0".join(parts)
        found.append(_digest(f"{key}\0{seen[key]}"))
        seen[key] += 1
    return found


def _around(text: str, column: int) -> str:
    """A line with its spaces made one; of a very long one only what stands around the column."""
    if len(text) > NEAR * 4:
        text = text[max(0, column - NEAR) : column + NEAR]
    return " ".join(text.split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
