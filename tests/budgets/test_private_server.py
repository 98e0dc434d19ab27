"""The private server: on a copy, on loopback, and always stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from afterword.budgets.offline import promtool, server
from afterword.budgets.offline.promtool import ProgramError

pytestmark = pytest.mark.server
TEXT = "# TYPE a counter\na_total 5 1700000000\na_total 25 1700000600\n# EOF\n"


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not promtool.find("prometheus", os.environ):
        pytest.skip("no Prometheus: run make servers")
    folder = tmp_path_factory.mktemp("blocks")
    text = folder / "a.om"
    text.write_text(TEXT, encoding="utf-8")
    promtool.backfill(text, folder / "data", os.environ)
    return folder / "data"


def asked(url: str, query: str) -> str:
    with urllib.request.urlopen(f"{url}/api/v1/query?time=1700000600&query={urllib.parse.quote(query)}") as answer:  # noqa: S310  # our own server
        value: str = json.load(answer)["data"]["result"][0]["value"][1]
        return value


def listed(folder: Path) -> list[tuple[str, int, int]]:
    return sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*"))


def test_it_answers_about_a_copy_and_leaves_the_data_alone(blocks: Path) -> None:
    before = listed(blocks)
    with server.serving(blocks, os.environ) as url:
        assert url.startswith("http://127.0.0.1:")
        assert asked(url, "increase(a_total[10m])") == "20"
    assert listed(blocks) == before
    with pytest.raises(OSError, match="refused"):
        asked(url, "a_total")


def test_it_is_stopped_when_its_user_fails(blocks: Path) -> None:
    with pytest.raises(ZeroDivisionError), server.serving(blocks, os.environ) as url:
        raise ZeroDivisionError
    with pytest.raises(OSError, match="refused"):
        asked(url, "a_total")


HOLD = """
import os, sys, time
from pathlib import Path
from afterword.budgets.offline import server
with server.serving(Path(sys.argv[1]), os.environ) as url:
    print(url, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_it_is_stopped_when_its_user_is(blocks: Path, tmp_path: Path, number: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(blocks)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    try:
        assert holder.stdout is not None
        url = holder.stdout.readline().strip()
        assert asked(url, "a_total") == "25"
        holder.send_signal(getattr(signal, number))
        assert holder.wait(20) != 0
    finally:
        holder.kill()
        holder.communicate()
    with pytest.raises(OSError, match="refused"):
        asked(url, "a_total")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("blocks")
def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "wal").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(ProgramError, match=r"did not start: .*wal"), server.serving(tmp_path, os.environ):
        pass


def test_a_missing_program_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path)}
    with (
        pytest.raises(ProgramError, match="needs the program prometheus") as caught,
        server.serving(tmp_path, environment),
    ):
        pass
    assert "AFTERWORD_PROMETHEUS" in (caught.value.hint or "")


def test_what_promtool_says_about_a_fault_is_handed_on(tmp_path: Path) -> None:
    if not promtool.find("promtool", os.environ):
        pytest.skip("no promtool: run make servers")
    text = tmp_path / "a.om"
    text.write_text("a{ 1 2\n# EOF\n", encoding="utf-8")
    with pytest.raises(ProgramError, match="promtool failed: "):
        promtool.backfill(text, tmp_path / "data", os.environ)


def test_a_program_that_hangs_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(ProgramError, match="took longer"):
        promtool.run(sys.executable, ["-c", "import time; time.sleep(60)"], 0.5)
    assert time.monotonic() - begun < 20
