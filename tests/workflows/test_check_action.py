"""The action: its script turns inputs into words of a command line, and says in outputs what came of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the action runs in bash")

SUMMARY = '{"summary": {"files": 2, "errors": 1, "warnings": 3, "hints": 0, "suppressed": 0}}'


@dataclass(frozen=True)
class Run:
    code: int
    outputs: dict[str, str]
    log: str
    summary: str


def reports(code: int, said: str = "") -> str:
    """A program that writes what it is asked for: it finds the files behind json=, sarif= and markdown=."""
    return (
        'for word; do case $word in json=*|sarif=*) printf %s \'' + SUMMARY + '\' >"${word#*=}";; '
        'markdown=*) echo "The scorecard" >"${word#*=}";; esac; done; ' + f"{said}\nexit {code}"
    )  # fmt: skip


def run(tmp_path: Path, program: str, **inputs: str) -> Run:
    home = tmp_path / "runner temp" / "afterword" / "bin"
    home.mkdir(parents=True)
    (home / "python").symlink_to(sys.executable)
    (home / "afterword").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (home / "afterword").chmod(0o755)
    given = {"PATHS": "", "CHANGED_SINCE": "", "FORMAT": "github", "FAIL_ON": "error", "SUMMARY": "true"} | inputs
    known = {f"CHECK_{name}": value for name, value in given.items()}
    known |= {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(home.parents[1]), "GITHUB_ACTION_PATH": str(ROOT)}
    known |= {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        (tmp_path / name).touch()
    bash = shutil.which("bash")
    assert bash
    script = ROOT / ".github" / "actions" / "check" / "check.sh"
    done = subprocess.run([bash, str(script)], env=known, capture_output=True, text=True, check=False, timeout=30)
    lines = (tmp_path / "GITHUB_OUTPUT").read_text(encoding="utf-8").splitlines()
    summary = (tmp_path / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    return Run(done.returncode, dict(line.split("=", 1) for line in lines), done.stdout, summary)


def test_findings_fail_the_step_and_stand_in_the_outputs(tmp_path: Path) -> None:
    done = run(tmp_path, reports(1, "echo '::error file=a.md::no'"))
    assert done.code == 1
    counts = {name: done.outputs[name] for name in ("exit-code", "files", "errors", "warnings", "hints")}
    assert counts == {"exit-code": "1", "files": "2", "errors": "1", "warnings": "3", "hints": "0"}
    for name in ("report", "sarif", "comment"):
        assert Path(done.outputs[name]).is_file()
    assert done.log.startswith("::error file=a.md::no\n")
    assert done.summary == "The scorecard\n"


def test_with_never_findings_only_stand_in_the_outputs(tmp_path: Path) -> None:
    done = run(tmp_path, reports(1), FAIL_ON="never", SUMMARY="false")
    assert (done.code, done.outputs["exit-code"], done.summary) == (0, "1", "")


@pytest.mark.parametrize("code", [2, 99, 137])
def test_what_could_not_be_judged_fails_even_with_never_and_has_no_reports(tmp_path: Path, code: int) -> None:
    done = run(tmp_path, f"echo '::error::forged'; exit {code}", FAIL_ON="never")
    assert done.code == 2
    assert set(done.outputs.values()) == {"2", ""}
    first, *between, last = done.log.splitlines()
    assert between == ["::error::forged"]
    assert last == f"::{first.removeprefix('::stop-commands::')}::"


def test_no_report_is_no_pass(tmp_path: Path) -> None:
    assert run(tmp_path, "exit 0").code == 2


def test_only_annotations_are_read_by_the_runner(tmp_path: Path) -> None:
    done = run(tmp_path, reports(0, "echo '::add-mask::x'; echo '::set-env::y' >&2"), FORMAT="text")
    first, *between, last = done.log.splitlines()
    assert sorted(between) == ["::add-mask::x", "::set-env::y"]
    assert last == f"::{first.removeprefix('::stop-commands::')}::"
    assert len(last) > 20, "nobody can guess how it ends"


def test_inputs_are_words_and_never_shell(tmp_path: Path) -> None:
    paths = "a b.md\r\n\n--output=stolen\n$(touch pwned)"
    program = f'for word; do printf "[%s]" "$word" >>"{tmp_path}/words"; done; exit 2'
    run(tmp_path, program, PATHS=paths, CHANGED_SINCE="origin/main; exit", FAIL_ON="hint", FORMAT="text")
    words = (tmp_path / "words").read_text(encoding="utf-8")
    assert words.startswith("[check][--format][text][--fail-on][hint][--output][json=")
    assert words.endswith("[--changed-since][origin/main; exit][--][a b.md][--output=stolen][$(touch pwned)]")


def test_the_action_fills_no_input_into_a_shell_and_names_every_output() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert all("${{" not in step["run"] for step in action["runs"]["steps"])
    script = (ROOT / ".github" / "actions" / "check" / "outputs.py").read_text(encoding="utf-8")
    for name, output in action["outputs"].items():
        assert output["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert f'"{name}"' in script or f"{name}=" in script
    assert set(action["inputs"]) >= {"paths", "format", "fail-on", "changed-since"}


def test_the_command_line_has_every_option_that_the_action_uses(tmp_path: Path) -> None:
    program = f'"{sys.executable}" -m afterword --library "{ROOT}" "$@"'
    done = run(tmp_path, program, PATHS=str(ROOT / "postmortems" / "incidents" / "2026"))
    assert done.code in (0, 1), done.log
    assert int(done.outputs["files"]) > 0
    assert json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert Path(done.outputs["comment"]).read_text(encoding="utf-8").startswith("<!-- afterword")


def test_no_module_of_the_library_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python looks for modules in its own folder first, and that one may hold what a pull request put there."""
    library = tmp_path / "library"
    library.mkdir()
    for name in ("secrets", "json", "pathlib"):
        (library / f"{name}.py").write_text("open('run', 'w').close()\nraise SystemExit(0)\n", encoding="utf-8")
    monkeypatch.chdir(library)
    assert run(tmp_path, reports(0)).code == 0
    assert not (library / "run").exists()


@pytest.mark.parametrize("script", sorted((ROOT / ".github").rglob("*.sh")), ids=lambda path: path.name)
def test_every_python_of_the_actions_is_isolated(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    calls = re.findall(r"(?:/python\"|\bpython3) +(\S+)", text)
    assert calls
    assert set(calls) == {"-I"}
