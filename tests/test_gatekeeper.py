"""The gate as a program: whatever happens to it, it leaves with a code that it meant."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from afterword.budgets.gate import audit
from afterword.gatekeeper import judges
from tests.budgets.fakeserver import Answer, Asked, Fake
from tests.gating import environment, library, program

STATES = {"checkout-errors": "NORMAL", "orders-errors": "FREEZE"}
POSIX = pytest.mark.skipif(os.name == "nt", reason="as POSIX has it")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="as Linux has it")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library."""
    return library(tmp_path_factory.mktemp("shop"), STATES)


def test_it_knows_a_gate_by_its_words() -> None:
    for line in (
        "gate --all", "--no-color gate", "--library x gate", "--as-of 2026-01-01 --library=y gate audit",
        "budget status", "budget --library x status --json", "--no-cache budget status",
    ):  # fmt: skip
        assert judges(line.split()), line
    for line in ("", "check gate", "budget", "budget snapshot status", "--library gate check", "budget render",
                 "list --service gate", "--library gate --no-cache list", "--version", "--help"):  # fmt: skip
        assert not judges(line.split()), line


@pytest.mark.parametrize(
    "line",
    [
        "--library gate --all", "--as-of gate --service checkout", "--library gate", "--nonsense gate --all",
        "--library budget status", "--as-of budget status --json",
    ],
)  # fmt: skip
def test_a_gate_whose_name_an_empty_variable_swallowed_is_one(shop: Path, line: str) -> None:
    assert judges(line.split())
    assert program(shop, *line.split()).returncode == 99


def test_no_option_of_the_gate_passes_because_its_log_is_whole(shop: Path) -> None:
    done = program(shop, "gate", "--all", "audit")
    assert done.returncode == 99
    assert "do not go with" in done.stderr
    assert program(shop, "gate", "audit").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("gate", "--service", "checkout"), 0), (("gate", "--all"), 2), (("--no-color", "gate", "--all"), 2),
        (("budget", "status"), 2), (("gate", "--all", "--nonsense"), 99), (("budget", "status", "--nonsense"), 99),
        (("gate",), 99), (("gate", "--help"), 0), (("gate", "audit"), 0), (("gate", "nothing"), 99),
        (("--version", "gate"), 99),
    ],
)  # fmt: skip
def test_a_program_leaves_with_the_code_of_the_gate(shop: Path, arguments: tuple[str, ...], code: int) -> None:
    assert program(shop, *arguments).returncode == code


def test_without_a_library_it_is_99(tmp_path: Path) -> None:
    assert program(tmp_path, "gate", "--all").returncode == 99


@POSIX
@pytest.mark.parametrize("redirect", [">&-", ">&- 2>&-", ">&- <&-"])
def test_a_closed_output_is_99(shop: Path, redirect: str) -> None:
    command = f'"{sys.executable}" -m afterword gate --service checkout {redirect}'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=shop, env=environment(), check=False, capture_output=True)
    assert done.returncode == 99


@POSIX
def test_closed_errors_or_input_change_nothing(shop: Path) -> None:
    command = f'"{sys.executable}" -m afterword gate --service checkout <&- 2>&-'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=shop, env=environment(), check=False, capture_output=True)
    assert done.returncode == 0


@LINUX
def test_a_full_output_is_99(shop: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        assert program(shop, "gate", "--service", "checkout", stdout=full).returncode == 99
        assert program(shop, "gate", "--service", "checkout", "--json", stdout=full).returncode == 99
        assert program(shop, "gate", "--service", "checkout", stderr=full).returncode == 0


@POSIX
def test_a_reader_that_has_gone_is_99(shop: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert program(shop, "gate", "--service", "checkout", stdout=writer).returncode == 99
    finally:
        os.close(writer)


@pytest.mark.parametrize(
    "more",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONOPTIMIZE": "2"},
        {"PYTHONWARNINGS": "error"}, {"HOME": "/nonexistent"}, {"TZ": "Pacific/Kiritimati"}, {"COLUMNS": "1"},
        {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}, {"FORCE_COLOR": "1", "TERM": "dumb"},
        {"https_proxy": "http://127.0.0.1:9", "ALL_PROXY": "socks5://127.0.0.1:9"},
    ],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_the_environment_changes_no_verdict(shop: Path, more: dict[str, str]) -> None:
    env = environment(**more)
    for service, code in (("checkout", 0), ("orders", 2)):
        done = program(shop, "gate", "--service", service, env=env)
        assert done.returncode == code, done.stdout + done.stderr


def test_a_shell_that_asks_for_completions_gets_no_verdict(shop: Path) -> None:
    assert program(shop, "gate", "--service", "checkout", _AFTERWORD_COMPLETE="bash_source").returncode == 99


@pytest.mark.parametrize("fault", ["raise MemoryError", "raise RecursionError", "raise SystemExit(0)", "raise KeyboardInterrupt", "1 / 0", "import nothing_of_that_name"])  # fmt: skip  # noqa: E501
def test_whatever_fails_while_it_is_imported_is_99(shop: Path, tmp_path: Path, fault: str) -> None:
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text(f"{fault}\n", encoding="utf-8")
    done = program(shop, "gate", "--service", "checkout", PYTHONPATH=str(tmp_path))
    assert done.returncode == 99
    assert "the gate could not judge" in done.stderr
    assert "Traceback" not in done.stderr


@LINUX
def test_little_memory_never_opens_the_gate(shop: Path) -> None:
    import resource  # noqa: PLC0415  # not on Windows

    for megabytes in (40, 80, 120, 200):
        limit = megabytes * 1024 * 1024
        code = program(
            shop, "gate", "--service", "orders",
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        ).returncode  # fmt: skip
        assert code != 0


def _slow(_: Asked) -> Answer:
    time.sleep(3)
    return Answer(b"")


@POSIX
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1"])
def test_a_signal_while_a_server_is_asked_is_99(shop: Path, name: str) -> None:
    with Fake(_slow) as server:
        command = [sys.executable, "-m", "afterword", "gate", "--service", "checkout", "--url", server.url]
        process = subprocess.Popen(command, cwd=shop, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while not server.asked and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=20)
    assert process.returncode == 99


@POSIX
def test_a_signal_at_any_moment_never_passes(shop: Path) -> None:
    chance = random.Random(1)  # noqa: S311  # the moments, the same at every run
    codes = set()
    for number in range(10):
        command = [sys.executable, "-m", "afterword", "gate", "--service", "orders"]
        process = subprocess.Popen(command, cwd=shop, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(chance.random() * 0.4)
        process.send_signal((signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[number % 3])
        process.communicate(timeout=20)
        codes.add(process.returncode)
    # before the program has begun, a signal ends Python itself: by the signal, or Ctrl-C by 130 or 1
    assert codes <= {99, 2, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, 130, 1}


@POSIX
def test_to_watch_ends_with_99(shop: Path) -> None:
    command = [sys.executable, "-m", "afterword", "gate", "--service", "checkout", "--watch", "--interval", "1"]
    process = subprocess.Popen(command, cwd=shop, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    first = process.stdout.readline()
    lines = [process.stdout.readline() for _ in range(12)]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert b"passes" in first
    assert any(b"passes" in line for line in lines)
    assert process.returncode == 99


@POSIX
def test_to_watch_outlives_what_goes_wrong(tmp_path: Path) -> None:
    root = library(tmp_path / "shop", STATES)
    policy = root / "budgets" / "policy.yml"
    before = policy.read_bytes()
    policy.write_bytes(b"schema: [\n")
    command = [sys.executable, "-u", "-m", "afterword", "gate", "--service", "checkout", "--watch", "--interval", "1"]
    process = subprocess.Popen(command, cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert b"blocked" in process.stdout.readline()
    policy.write_bytes(before)
    said = b"".join(process.stdout.readline() for _ in range(12))
    process.terminate()
    process.communicate(timeout=20)
    assert b"passes" in said


@POSIX
def test_a_library_that_nobody_may_write_into_is_judged(tmp_path: Path) -> None:
    root = library(tmp_path / "shop", STATES)
    for path in (root, root / "budgets"):
        path.chmod(0o555)
    try:
        assert program(root, "gate", "--service", "checkout").returncode == 0
        assert program(root, "gate", "--service", "orders").returncode == 2
    finally:
        for path in (root, root / "budgets"):
            path.chmod(0o755)


def test_eight_gates_at_once_write_eight_whole_records(shop: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(shop, tmp_path / "own"))
    (root / "budgets" / "policy.yml").write_text('schema: 1\noverrides: {approvers: ["@lead"]}\n', encoding="utf-8")
    env = environment(OVERRIDE_DEPLOY_FREEZE="1", OVERRIDE_REASON="All at once", OVERRIDE_APPROVED_BY="@lead")
    command = [sys.executable, "-m", "afterword", "gate", "--service", "orders"]
    running = [subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE) for _ in range(8)]
    for process in running:
        process.communicate(timeout=60)
    assert [process.returncode for process in running] == [0] * 8
    log = audit.read(root / audit.FOLDER)
    assert not log.faults
    assert len(log.records) == 8


@POSIX
def test_an_override_that_passed_is_in_the_log_whenever_its_gate_was_killed(shop: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(shop, tmp_path / "own"))
    chance = random.Random(2)  # noqa: S311  # the moments of death, the same at every run
    env = environment(OVERRIDE_DEPLOY_FREEZE="1", OVERRIDE_REASON="Killed", OVERRIDE_APPROVED_BY="@lead")
    command = [sys.executable, "-m", "afterword", "gate", "--service", "orders"]
    passed = 0
    for _ in range(12):
        process = subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.2 + chance.random() * 0.3)
        process.kill()
        process.communicate(timeout=20)
        passed += process.returncode == 0
        log = audit.read(root / audit.FOLDER)
        assert not log.faults
        assert len(log.records) >= passed
