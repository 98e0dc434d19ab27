"""The program: exit codes, streams, and what a user sees when something goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from afterword.cli.group import COMMANDS, cli
from afterword.cli.options import Command
from tests.cli.conftest import POOL

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run


def test_help_imports_neither_the_engine_nor_any_command(tmp_path: Path) -> None:
    code = (
        "import sys; from afterword.cli.run import run; run(['--help']); "
        "heavy = {'rich', 'mkdocs', 'jsonschema', 'yaml', 'markdown_it', 'asyncio', 'multiprocessing'}; "
        "print(sorted(heavy & set(sys.modules)), [name for name in sys.modules if name.startswith('afterword')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == (
        "[] ['afterword', 'afterword.cli', 'afterword.errors', 'afterword.cli.failure', 'afterword.cli.world', "
        "'afterword.cli.options', 'afterword.cli.group', 'afterword.cli.run']"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_in_the_help_is_its_own_first_sentence(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command
    assert command.get_short_help_str(200) == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_it_understands(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    commands = command.commands.values() if isinstance(command, click.Group) else [command]
    for item in commands:
        assert isinstance(item, Command)
        assert item.examples
        assert all(example.removeprefix('eval "$(').startswith("afterword ") for example in item.examples)


def test_without_a_library_the_exit_code_is_2_and_the_hint_says_what_to_do(run: Run, tmp_path: Path) -> None:
    for command in ("check", "list", "stats", "build", "serve", "new"):
        done = run(command, cwd=tmp_path)
        assert done.returncode == 2, command
        assert done.stdout == ""
        assert "no afterword.yml in" in done.stderr, command
        assert "afterword init" in done.stderr


def test_broken_settings_are_named_with_their_place_and_give_2(run: Run, library: Path) -> None:
    (library / "afterword.yml").write_text("schema: 1\nseverities: {}\n", encoding="utf-8")
    done = run("list")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: afterword.yml:")


def test_wrong_use_gives_2(run: Run) -> None:
    for arguments in (["nonsense"], ["check", "--nonsense"], ["list", "--kind", "party"], ["rules", "--format", "xml"]):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        assert "Error:" in done.stderr


def test_a_mistyped_command_is_answered_with_the_nearest_one(run: Run) -> None:
    assert "Did you mean “check”?" in run("chek").stderr


def test_check_gives_0_1_and_2(run: Run, library: Path) -> None:
    assert run("check").returncode == 0
    assert run("check", "--fail-on", "warning").returncode == 1
    assert run("check", "--select", "AW999").returncode == 2
    (library / "postmortems/incidents/2026/2026-06-01-empty.md").write_bytes(b"\xff")
    assert run("check").returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot stand where a file should be written")
def test_a_failure_of_the_system_is_a_sentence(run: Run, library: Path) -> None:
    done = run("check", "--output", str(library / "no" / "such" / "folder.txt"))
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_an_unexpected_error_is_one_line_that_says_how_to_report_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import afterword.library\ndef load(*a, **k): raise RuntimeError('it broke')\nafterword.library.load = load\n",
        encoding="utf-8",
    )
    done = run("check", env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "afterword itself failed: RuntimeError (sitecustomize.py:2): it broke" in done.stderr
    assert "AFTERWORD_DEBUG=1" in done.stderr
    assert "Traceback" not in done.stderr
    done = run("list", env={"PYTHONPATH": str(tmp_path), "AFTERWORD_DEBUG": "1"})
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
def test_ctrl_c_gives_130_without_a_traceback(library: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import afterword.library, time, pathlib\n"
        "def load(*a, **k):\n    pathlib.Path('ready').touch()\n    time.sleep(60)\nafterword.library.load = load\n",
        encoding="utf-8",
    )
    started = subprocess.Popen(
        [sys.executable, "-m", "afterword", "check"],
        cwd=library,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    for _ in range(600):
        if (library / "ready").exists():
            break
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=30)
    assert started.returncode == 130
    assert errors.decode().strip() == "Stopped."


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another matter there")
@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["rules"], ["check", "--help"]])
def test_a_reader_that_has_gone_is_no_error(library: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "afterword", *arguments],
            cwd=library,
            check=False,
            stdout=writer,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


def test_shared_options_stand_before_or_after_the_command(invoke: Invoke) -> None:
    before = invoke("--as-of", "2026-10-02", "action", "list", "--overdue")
    after = invoke("action", "list", "--overdue", "--as-of", "2026-10-02")
    assert before.output == after.output
    assert "1 d overdue" in after.output


def test_a_flag_comes_before_the_environment_and_the_environment_before_the_settings(invoke: Invoke) -> None:
    assert "31 d overdue" in invoke("action", "list", "--overdue").output
    result = invoke("--as-of", "2026-10-03", "action", "list", "--overdue")
    assert "2 d overdue" in result.output


def test_the_environment_is_weaker_than_a_flag(run: Run) -> None:
    clock = {"AFTERWORD_AS_OF": "2026-10-05"}
    assert "4 d overdue" in run("action", "list", env=clock).stdout
    assert "1 d overdue" in run("--as-of", "2026-10-02", "action", "list", env=clock).stdout
    assert "1 d overdue" in run("action", "list", "--as-of", "2026-10-02", env=clock).stdout


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-03-04T09:12:00"])
@pytest.mark.parametrize("command", ["check", "list"])
def test_a_clock_that_cannot_be_read_is_wrong_use(invoke: Invoke, command: str, text: str) -> None:
    result = invoke(command, "--as-of", text)
    assert result.exit_code == 2
    assert f"“{text}”" in result.output


def test_the_library_is_found_upwards_and_by_option(
    invoke: Invoke, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = library / "postmortems" / "incidents" / "2026"
    monkeypatch.chdir(below)
    assert "3 postmortems" in invoke("list").output
    monkeypatch.chdir(library.parent)
    assert "3 postmortems" in invoke("list", "--library", str(below)).output


def test_colour_is_for_terminals_and_for_those_who_ask(run: Run) -> None:
    assert "\x1b[" not in run("check").stdout
    assert "\x1b[" in run("check", "--color").stdout
    assert "\x1b[" in run("--color", "check", env={"NO_COLOR": "1"}).stdout


def test_no_cache_writes_none(run: Run, library: Path) -> None:
    run("list", "--no-cache")
    assert not (library / ".cache").exists()
    run("list")
    assert (library / ".cache").exists()


def test_a_name_that_is_no_unicode_is_shown_as_an_escape(run: Run, library: Path) -> None:
    name = os.fsdecode(b"2026-07-01-\xff.md")
    try:
        (library / "postmortems" / "incidents" / "2026" / name).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system keeps names in Unicode")
    done = run("check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell without a standard output is a Unix matter")
def test_a_closed_standard_output_is_no_fault_of_ours(library: Path) -> None:
    command = ["sh", "-c", f'exec "{sys.executable}" -m afterword list >&-']
    done = subprocess.run(command, cwd=library, check=False, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert done.returncode == 0


def test_json_is_json_in_an_encoding_that_lacks_the_letters(run: Run, library: Path) -> None:
    path = library / POOL
    path.write_text(path.read_text(encoding="utf-8").replace("Checkout answered", "Tính 🔥"), encoding="utf-8")
    listed = json.loads(run("list", "--format", "json", env={"PYTHONIOENCODING": "ascii"}).stdout)
    assert "Tính 🔥 503" in [item["title"] for item in listed["postmortems"]]


def test_an_error_cannot_control_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("--color", "check", "no\x1b[31mthing").stderr
