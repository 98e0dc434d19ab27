"""What goes wrong between the gate and a real server: each time 99, one clear line, and no traceback."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.budgets.snapshots import store
from tests import servers
from tests.budgets import fleet

pytestmark = pytest.mark.server
MEMBER = fleet.Member("shop", 600, 0.0002, instances=1)
UNCHECKED = 99


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prometheus with a service that is well, until a while after now."""
    folder = tmp_path_factory.mktemp("faults")
    until = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=2)
    made = fleet.write(folder, until, [MEMBER])
    (folder / "work").mkdir()
    with servers.prometheus(servers.backfill(made.openmetrics, folder / "blocks"), folder / "work") as url:
        yield url


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one objective."""
    return fleet.library(tmp_path_factory.mktemp("library"), {MEMBER.name: fleet.queries(MEMBER.name)})


def asked(library: Path, url: str, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command that asks a live server answers."""
    return subprocess.run(
        [sys.executable, "-m", "afterword", *command, "--live"],
        cwd=library,
        env={**os.environ, "NO_COLOR": "1", "PROMETHEUS_URL": url, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


COMMANDS = [("gate", "--service", MEMBER.name), ("budget", "status")]


def unjudged(done: subprocess.CompletedProcess[str]) -> str:
    """Holds an answer to be 99 without a traceback; gives the lines that say why."""
    said = done.stdout + done.stderr
    assert done.returncode == UNCHECKED, said
    assert "Traceback" not in said
    assert said.strip()
    return said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_without_a_fault_it_passes(command: tuple[str, ...], server: str, library: Path) -> None:
    done = asked(library, server, *command)
    assert done.returncode == 0, done.stdout + done.stderr


FAULTS = {
    "reset": ("reset", "closed", "broke"),
    "half": ("cut off", "ended", "incomplete", "half"),
    "500": ("500",),
    "503": ("503",),
    "html": ("JSON", "HTML"),
    "not-json": ("JSON",),
    "error": ("query timed out",),
    "nan": ("NaN", "number", "no data"),
    "empty": ("no data", "nothing", "empty"),
    "wrong-type": ("type", "string", "vector"),
    "skew": ("clock", "time"),
    "huge": ("large", "MB", "no data"),
}
"""By fault, words of which one has to be in the answer."""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_answer_cannot_be_judged(
    fault: str, command: tuple[str, ...], server: str, library: Path
) -> None:
    with servers.FaultyProxy(server, fault) as proxy:
        said = unjudged(asked(library, proxy.url, *command))
    assert any(word.lower() in said.lower() for word in FAULTS[fault]), said


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_an_answer_that_takes_too_long_is_given_up(fault: str, server: str, library: Path) -> None:
    with servers.FaultyProxy(server, fault) as proxy:
        began = time.monotonic()
        said = unjudged(asked(library, proxy.url, *COMMANDS[0], AFTERWORD_TIMEOUT="2"))
    assert time.monotonic() - began < 60
    assert any(word in said for word in ("seconds", " s", "time")), said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_listens(command: tuple[str, ...], library: Path) -> None:
    said = unjudged(asked(library, f"http://127.0.0.1:{servers.free_port()}", *command))
    assert "refused" in said.lower(), said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_certificate_that_has_expired(command: tuple[str, ...], library: Path, tmp_path: Path) -> None:
    with servers.expired_tls(tmp_path) as (url, certificate):
        said = unjudged(asked(library, url, *command, SSL_CERT_FILE=str(certificate)))
    assert "certificate" in said.lower(), said


def test_a_warning_of_the_server_marks_the_figure_as_partial(server: str, library: Path) -> None:
    with servers.FaultyProxy(server, "warnings") as proxy:
        done = asked(library, proxy.url, *COMMANDS[1])
    assert "PARTIAL" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_capture_that_is_killed_leaves_a_whole_snapshot_or_none(server: str, library: Path) -> None:
    chance = random.Random(11)  # noqa: S311  # the moments of death, the same at every run
    command = [sys.executable, "-m", "afterword", "budget", "snapshot", "--url", server, "--force"]
    whole = 0
    for _ in range(8):
        process = subprocess.Popen(command, cwd=library, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.2 + chance.random() * 0.8)
        process.kill()
        process.wait()
        whole = len(store.all(library))
    assert subprocess.run(command, cwd=library, capture_output=True, check=False).returncode == 0
    assert len(store.all(library)) in (whole, whole + 1)


@pytest.mark.parametrize("fault", ["reset", "half", "html", "wrong-type"])
def test_a_capture_with_a_fault_says_so_in_plain_words_and_writes_nothing(
    fault: str, server: str, library: Path
) -> None:
    with servers.FaultyProxy(server, fault) as proxy:
        done = subprocess.run(
            [sys.executable, "-m", "afterword", "budget", "snapshot", "--url", proxy.url, "--out", "taken.json.gz"],
            cwd=library,
            env={**os.environ, "NO_COLOR": "1", "AFTERWORD_TIMEOUT": "2"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(("Error: ", "Warning: "))
    assert not (library / "taken.json.gz").exists()
