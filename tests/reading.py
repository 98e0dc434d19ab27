"""A postmortem without a fault, to spoil, and a way to read it."""

from __future__ import annotations

from afterword.findings import Finding
from afterword.record import Record, read
from afterword.required import MINOR
from afterword.settings import Settings, Severity

PATH = "postmortems/incidents/2026/2026-03-04-checkout-down.md"

SETTINGS = Settings({key: Severity(key, key) for key in MINOR}, {})

FRONT = """\
schema: 1
title: Checkout answered 503
summary: Payments failed for 32 minutes.
kind: incident
status: published
severity: SEV3
services: [checkout]
started: 2026-03-04T09:12:00Z
detected: 2026-03-04T09:16:00Z
mitigated: 2026-03-04T09:44:00Z
resolved: 2026-03-04T09:50:00Z
published: 2026-03-09
detection: alert
root_cause: capacity
origin: internal
actions:
  - id: A1
    title: Alert when the pool is over 80 % for 5 minutes
    owner: "@team-payments"
    created: 2026-03-09
    due: 2026-03-11
    status: done
    completed: 2026-03-11
    priority: P1
"""

BODY = """\
## Executive summary

Payments failed.

## Timeline

| Time (UTC) | Event | Action |
| --- | --- | --- |
| 09:12 | Errors rise | |
| 09:44 | Errors end | Pool raised |

## Root cause

The pool was smaller than the load.

## Lessons learned

The alert came before the first ticket.
"""


def page(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n\n{body}"


def record(content: str | bytes, path: str = PATH) -> Record:
    return read(path, content.encode() if isinstance(content, str) else content, SETTINGS)


def found(content: str | bytes) -> list[Finding]:
    return list(record(content).findings)


def places(content: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    return [(item.code, item.span.line, item.span.column) for item in found(content)]
