"""``afterword check --watch``: it checks again after a change, outlives a faulty edit, and ends with Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.cli.watching import state
from tests.cli.conftest import POOL

PATIENCE = 20
"""Seconds: a machine that runs other tests may be slow."""


class Watcher:
    """The program, and what it says line by line."""

    def __init__(self, library: Path, *arguments: str) -> None:
        known = {key: value for key, value in os.environ.items() if not key.startswith("AFTERWORD_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "afterword", "check", "--watch", *arguments],
            cwd=library,
            env={**known, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)

    def until_waiting(self) -> str:
        """What one check says."""
        told = ""
        end = time.monotonic() + PATIENCE
        while "Waiting for changes" not in told:
            told += self._lines.get(timeout=max(0.1, end - time.monotonic()))
        return told

    def is_quiet(self, seconds: float) -> bool:
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def watchers() -> Iterator[list[Watcher]]:
    started: list[Watcher] = []
    yield started
    for watcher in started:
        watcher.close()


def test_it_checks_again_after_each_change_and_outlives_faulty_settings(library: Path, watchers: list[Watcher]) -> None:
    watcher = Watcher(library)
    watchers.append(watcher)
    first = watcher.until_waiting()
    assert "overdue by 31 days" in first
    assert "\x1b" not in first  # nothing is cleared in a pipe

    path = library / POOL
    path.write_text(path.read_text(encoding="utf-8").replace("2026-10-01", "2026-10-02"), encoding="utf-8")
    assert "overdue by 30 days" in watcher.until_waiting()

    settings = library / "afterword.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}nonsense: [\n", encoding="utf-8")
    assert "Error: afterword.yml" in watcher.until_waiting()
    settings.write_text(text.replace("2026-11-01", "2026-11-03"), encoding="utf-8")
    assert "overdue by 32 days" in watcher.until_waiting()

    path.unlink()
    assert "2 files, " in watcher.until_waiting()


def test_what_it_writes_itself_is_no_change(library: Path, watchers: list[Watcher]) -> None:
    watcher = Watcher(library, "--output", "json=postmortems/report.json", "--output", "postmortems/report.txt")
    watchers.append(watcher)
    watcher.until_waiting()
    assert watcher.is_quiet(2)
    assert (library / "postmortems" / "report.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to the whole console")
@pytest.mark.parametrize("pause", [0.0, 1.0])
def test_ctrl_c_ends_it_without_a_traceback(library: Path, watchers: list[Watcher], pause: float) -> None:
    watcher = Watcher(library)
    watchers.append(watcher)
    watcher.until_waiting()
    time.sleep(pause)
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(PATIENCE) == 0
    assert "Traceback" not in "".join(iter(lambda: watcher._lines.get(timeout=1), "Stopped.\n"))


def test_wrong_use_ends_it_at_once(library: Path, watchers: list[Watcher]) -> None:
    watcher = Watcher(library, "--as-of", "someday")
    watchers.append(watcher)
    assert watcher.process.wait(PATIENCE) == 2


def test_only_files_of_the_library_count(library: Path) -> None:
    before = state(library)
    for name in ("notes.txt", ".hidden", "postmortems/.swap.tmp", ".git/index"):
        (library / name).parent.mkdir(exist_ok=True)
        (library / name).write_text("x", encoding="utf-8")
    assert state(library) == before
    (library / "postmortems" / "picture.png").write_text("x", encoding="utf-8")
    assert state(library) != before
    assert state(library, frozenset({str(library / "postmortems" / "picture.png")})) == before
    assert {item[1:] for item in state(library / "nowhere")} == {(0, 0)}


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
def test_links_that_lead_nowhere_or_back_hide_no_other_file(library: Path) -> None:
    (library / "postmortems" / "back").symlink_to(library / "postmortems")
    (library / "postmortems" / "nowhere").symlink_to(library / "gone")
    assert str(library / POOL) in {item[0] for item in state(library)}
