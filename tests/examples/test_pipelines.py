"""The gate in pipelines: the action's scripts block whenever something goes wrong, and the examples are up to date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword.budgets.budget import Thresholds
from afterword.budgets.outputs import dashboard

ROOT = Path(__file__).resolve().parents[2]
ACTION = ROOT / ".github" / "actions" / "gate"
WORKFLOWS = ROOT / ".github" / "workflows"
DEPLOY = WORKFLOWS / "deploy-with-error-budget.yml"

needs_bash = pytest.mark.skipif(os.name == "nt", reason="the action runs in bash")


def gate(tmp_path: Path, program: str, **variables: str) -> tuple[int, dict[str, str], str]:
    """Runs the action's script with a program in place of the gate: exit code, outputs, summary."""
    code, outputs, summary, _ = told(tmp_path, program, **variables)
    return code, outputs, summary


def told(tmp_path: Path, program: str, **variables: str) -> tuple[int, dict[str, str], str, str]:
    """The same, and the log beside."""
    home = tmp_path / "afterword" / "bin"
    home.mkdir(parents=True)
    (home / "python").symlink_to(sys.executable)
    (home / "afterword").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (home / "afterword").chmod(0o755)
    bash = shutil.which("bash")
    assert bash
    inputs = dict.fromkeys(("SERVICE", "CHANGE", "SNAPSHOT", "POLICY", "URL", "MAX_AGE", "FAIL"), "")
    known = {
        f"GATE_{name}": value for name, value in (inputs | {"CHANGE": "feature", "FAIL": "true"} | variables).items()
    }
    known |= {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(ACTION)}
    known |= {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = subprocess.run(
        [bash, str(ACTION / "gate.sh")],
        env=known,
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    lines = (tmp_path / "GITHUB_OUTPUT").read_text(encoding="utf-8").splitlines()
    summary = (tmp_path / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    return done.returncode, dict(line.split("=", 1) for line in lines), summary, done.stdout


def verdict(passed: str, state: str, code: int) -> str:
    facts = f'{{"can_deploy": {passed}, "state": "{state}", "remaining": 0.4521}}'
    return f"echo '{facts}' >\"$OUTPUT_FILE\"; echo '{state} $*'; exit {code}"


@needs_bash
def test_a_change_that_passes_may_be_deployed(tmp_path: Path) -> None:
    code, outputs, summary = gate(tmp_path, verdict("true", "CAUTION", 0))
    assert code == 0
    assert outputs["can_deploy"] == "true"
    assert (outputs["budget_status"], outputs["budget_remaining"]) == ("CAUTION", "45.21")
    assert "CAUTION" in summary


@needs_bash
def test_a_blocked_change_fails_with_the_gates_code_unless_only_outputs_were_asked_for(tmp_path: Path) -> None:
    code, outputs, _ = gate(tmp_path / "a", verdict("false", "FREEZE", 2))
    assert (code, outputs["can_deploy"], outputs["budget_status"]) == (2, "false", "FREEZE")
    code, outputs, _ = gate(tmp_path / "b", verdict("false", "FREEZE", 2), FAIL="false")
    assert (code, outputs["can_deploy"]) == (0, "false")


@needs_bash
@pytest.mark.parametrize(
    "program",
    [
        "exit 99",
        "exit 0",
        "kill -9 $$",
        'echo "{" >"$OUTPUT_FILE"; exit 0',
        verdict("true", "NORMAL", 1),
        verdict('"true"', "NORMAL", 0),
    ],
    ids=["no report", "no report but 0", "killed", "half a report", "report against code", "a word for a truth"],
)
def test_whatever_goes_wrong_blocks(tmp_path: Path, program: str) -> None:
    code, outputs, _ = gate(tmp_path, program)
    assert code != 0
    assert outputs["can_deploy"] == "false"
    assert Path(outputs["report"]).is_file()


@needs_bash
def test_what_could_not_be_checked_has_no_remainder(tmp_path: Path) -> None:
    code, outputs, _ = gate(tmp_path, verdict("false", "UNCHECKED", 99))
    assert (code, outputs["budget_status"], outputs["budget_remaining"]) == (99, "UNCHECKED", "")


@needs_bash
def test_the_runner_reads_no_command_in_what_the_gate_says(tmp_path: Path) -> None:
    code, _, _, log = told(tmp_path, "echo '  ::set-output name=can_deploy::true'; exit 2")
    first, *between, last = log.splitlines()
    assert code == 2
    assert first.startswith("::stop-commands::")
    assert between == ["  ::set-output name=can_deploy::true"]
    assert last == f"::{first.removeprefix('::stop-commands::')}::"
    assert len(last) > 20, "nobody can guess how it ends"


@needs_bash
def test_inputs_are_words_and_never_shell(tmp_path: Path) -> None:
    service = '$(touch pwned) "; exit 0'
    program = 'for word; do printf "[%s]" "$word"; done; exit 99'
    code, _, summary = gate(tmp_path, program, SERVICE=service, SNAPSHOT="a b", MAX_AGE="5")
    assert code == 99
    assert f"[gate][--change][feature][--service][{service}][--snapshot][a b][--max-age][5]" in summary


def test_the_workflow_fills_no_input_into_a_shell() -> None:
    loaded: dict[str, Any] = yaml.safe_load(DEPLOY.read_text(encoding="utf-8"))
    steps = [step for job in loaded["jobs"].values() for step in job["steps"]]
    assert all("${{" not in step.get("run", "") for step in steps)


def test_only_an_approved_override_or_none_gets_to_the_gate() -> None:
    """A job that ran into its time limit is neither failed nor approved."""
    check = yaml.safe_load(DEPLOY.read_text(encoding="utf-8"))["jobs"]["check"]["if"]
    assert "result == 'success' || needs.approve-override.result == 'skipped'" in check


def test_the_workflow_has_the_jobs_and_outputs_that_were_agreed_on() -> None:
    loaded: dict[Any, Any] = yaml.safe_load(DEPLOY.read_text(encoding="utf-8"))
    assert {"check", "build", "deploy", "notify-blocked"} <= set(loaded["jobs"])
    assert set(loaded["jobs"]["check"]["outputs"]) == {"can_deploy", "budget_status", "budget_remaining"}
    assert set(loaded[True]) == {"workflow_call", "workflow_dispatch"}, "it must not start by itself"


def test_the_dashboard_among_the_examples_is_the_one_that_is_written() -> None:
    folder = ROOT / "examples" / "grafana"
    assert (folder / "error-budgets.json").read_text(encoding="utf-8") == dashboard.dumps(Thresholds())
    written = dashboard.provisioning("/var/lib/grafana/dashboards")
    assert (folder / "error-budgets.yml").read_text(encoding="utf-8") == written
