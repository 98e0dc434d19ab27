"""A small library, and two ways to run the command line: in this process, and as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner, Result

from afterword.cli.group import cli

Invoke: TypeAlias = "Callable[..., Result]"
Run: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"

SETTINGS = """\
schema: 1
name: Test library
as_of: 2026-11-01
severities:
  SEV1: {title: Critical, critical: true}
  SEV3: {title: Minor}
categories:
  capacity: {title: Capacity}
  deploy: {title: Deploy}
teams:
  team-payments: {title: Payments}
services:
  checkout: {title: Checkout, team: team-payments}
  orders: {title: Orders}
"""
POOL = "postmortems/incidents/2026/2026-03-04-pool-exhausted.md"
SLOW = "postmortems/incidents/2026/2026-05-06-orders-slow.md"
PUBLIC = "postmortems/incidents/2025/2025-10-20-cloud-names-lost.md"
BODY = """
## Executive summary

Orders waited for ten minutes.

## Timeline

| Time (UTC) | Event | Action |
| --- | --- | --- |
| 2026-05-06 10:00 | Latency rises | |

## Root cause

A queue without a limit.

## Action items

None beyond the list.

## Lessons learned

Queues need limits.
"""
FILES = {
    "afterword.yml": SETTINGS,
    POOL: """\
---
schema: 1
title: Checkout answered 503
kind: incident
status: draft
severity: SEV1   # was SEV3 for an hour
services: [checkout]
started: 2026-03-04T09:12:00Z
mitigated: 2026-03-04T09:44:00Z
resolved: 2026-03-04T09:50:00Z
root_cause: capacity
actions:
  # agreed in the meeting
  - id: A1
    title: Alert when the pool is over 80 %
    owner: "@team-payments"
    due: 2026-10-01
    priority: P1
    status: open   # until Friday
  - {id: A2, title: Cap the pool, status: done, completed: 2026-03-11}
---

## Executive summary

Nobody could pay.
""",
    SLOW: f"""\
---
schema: 1
title: Orders were slow
summary: Orders waited ten minutes.
kind: incident
status: in-review
severity: SEV3
services: [orders]
started: 2026-05-06T10:00:00Z
detected: 2026-05-06T10:02:00Z
mitigated: 2026-05-06T10:10:00Z
resolved: 2026-05-06T10:20:00Z
detection: alert
root_cause: deploy
actions:
  - {{id: A1, title: Limit the queue to 100, type: prevent, horizon: short, owner: "@team", created: 2026-05-07,
     due: 2027-01-01, priority: P2, status: open}}
---
{BODY}""",
    PUBLIC: """\
---
schema: 1
title: "=Names of a cloud were lost"
summary: Names did not resolve for a day.
kind: incident
origin: public
organization: Example Cloud
source: https://example.org/postmortem
status: published
started: 2025-10-20
published: 2025-10-23
root_cause: unknown
---

## Executive summary

A record vanished.

## Timeline

| Time | Event | Action |
| --- | --- | --- |
| 2025-10-20 | It began | |

## Root cause

A race.

## Lessons learned

Races are found by chance.
""",
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with a draft, one in review and a public one."""
    root = tmp_path / "library"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def invoke(library: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs a command in the library, in this process."""
    monkeypatch.chdir(library)
    for name in ("AFTERWORD_AS_OF", "AFTERWORD_NO_CACHE", "AFTERWORD_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(arguments), input=stdin, prog_name="afterword")

    return call


@pytest.fixture
def run(library: Path) -> Run:
    """Runs the program itself, in the library unless told otherwise."""

    def call(
        *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None, python: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("AFTERWORD_", "NO_COLOR"))}
        return subprocess.run(
            [sys.executable, *python, "-m", "afterword", *arguments],
            cwd=cwd or library,
            env={**known, "PYTHONUTF8": "1", **(env or {})},
            check=False,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )

    return call


@pytest.fixture
def repository(library: Path) -> Path:
    """The library in git, with one commit."""
    for arguments in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["config", "user.email", "test@example.org"],
        ["config", "user.name", "Test"],
        ["config", "core.autocrlf", "false"],
        ["add", "."],
        ["commit", "--quiet", "--message", "Start"],
    ):
        git(library, *arguments)
    return library


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607  # whichever git is there
