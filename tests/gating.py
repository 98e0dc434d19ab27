"""A library with objectives in any state, and the gate as a program of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from afterword.budgets import catalog, specs
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot, Source
from afterword.budgets.snapshots import store
from afterword.gatekeeper import run

AT = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
"""Half an hour before the fixed clock of the library."""
BAD = {"NORMAL": 100.0, "CAUTION": 400.0, "WARNING": 700.0, "FREEZE": 900.0, "EXHAUSTED": 1100.0}
"""Bad events of a million, with 99.9 %: the budget is a thousand."""
CODES = {"NORMAL": 0, "CAUTION": 0, "WARNING": 1, "FREEZE": 2, "EXHAUSTED": 3, "UNCHECKED": 99}
FOREIGN = ("AFTERWORD_", "OVERRIDE_", "PROMETHEUS_", "GITHUB_", "CI_", "GITLAB_")
NAMES = ("NO_COLOR", "SLO_TARGET", "TIME_WINDOW", "SAVE_JSON", "OUTPUT_FILE", "FREEZE_THRESHOLD", "WARNING_THRESHOLD",
         "CAUTION_THRESHOLD")  # fmt: skip
SETTINGS = """\
schema: 1
name: Gates
as_of: 2026-11-01
severities:
  SEV1: {title: Critical, critical: true}
categories:
  capacity: {title: Capacity}
services:
  checkout: {title: Checkout}
  orders: {title: Orders}
  quiet: {title: Quiet}
"""
POLICY = """\
schema: 1
states:
  WARNING: {passes: [fix]}
overrides: {approvers: ["@lead"]}
"""
SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata: {{name: {name}, annotations: {{afterword/required: "{required}"}}}}
spec:
  service: {service}
  indicator:
    metadata: {{name: {name}}}
    spec:
      ratioMetric:
        counter: true
        bad: {{metricSource: {{type: Prometheus, spec: {{query: bad_total}}}}}}
        total: {{metricSource: {{type: Prometheus, spec: {{query: all_total}}}}}}
  timeWindow:
    - {{duration: 30d, isRolling: true}}
  budgetingMethod: Occurrences
  objectives:
    - {{target: 0.999}}
"""


def library(root: Path, states: Mapping[str, str], *, policy: str = POLICY, optional: tuple[str, ...] = ()) -> Path:
    """A library with an objective for each name, such as ``checkout-errors``, and a snapshot that gives it a state."""
    (root / "postmortems" / "incidents").mkdir(parents=True)
    (root / "budgets" / "slos").mkdir(parents=True)
    (root / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "budgets" / "policy.yml").write_text(policy, encoding="utf-8")
    for name in states:
        required = "false" if name in optional else "true"
        text = SLO.format(name=name, service=name.split("-")[0], required=required)
        (root / "budgets" / "slos" / f"{name}.yaml").write_text(text, encoding="utf-8")
    store.save(root, snapshot(root, states))
    return root


def snapshot(root: Path, states: Mapping[str, str], at: datetime = AT, **more: Any) -> Snapshot:
    """What a server would have said of the library's objectives."""
    found = catalog.objectives(root, {})
    assert not found.findings, found.findings
    measured = tuple(
        Measurement(item, own=Count(BAD[states[item.id]], 1_000_000.0) if states[item.id] in BAD else None)
        for item in found.objectives
    )
    given = {"specs": specs.digest(root)} | more
    start = at - timedelta(seconds=at.timestamp() % STEP)
    return Snapshot(at, at, start, 0, Source("live"), measured, **given)


def environment(**more: str) -> dict[str, str]:
    """The environment without what a gate would read of it, and with more."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN) and key not in NAMES}
    return {**known, "PYTHONUTF8": "1", **more}


@dataclass(frozen=True, slots=True)
class Done:
    """What a gate said and left with."""

    returncode: int
    stdout: str
    stderr: str


def gate(cwd: Path, *arguments: str, command: Sequence[str] = ("gate",), **more: Any) -> Done:
    """Runs the gate in this process; ``more`` goes into its environment."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd),
        patch.dict(os.environ, environment(**more), clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run([*command, *arguments])
    return Done(code, out.getvalue(), err.getvalue())


def program(cwd: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Runs the program itself. ``more`` in capitals goes into its environment, the rest to ``subprocess.run``."""
    variables = {key: value for key, value in more.items() if key.isupper()}
    given = {key: value for key, value in more.items() if not key.isupper()}
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    streams |= {"env": environment(**variables)}
    return subprocess.run(  # noqa: PLW1510  # its code is what is looked at
        [sys.executable, "-m", "afterword", *arguments],
        cwd=cwd,
        encoding="utf-8",
        timeout=60,
        **streams | given,
    )
