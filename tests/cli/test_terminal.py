"""On a terminal: `new` asks for what is missing and for nothing else, and slow work shows a bar."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.cli.progress import progress
from tests.cli.conftest import POOL

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "afterword", *arguments],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONUTF8": "1"},
            close_fds=True,
        )
        os.close(slave)
        self.seen = ""

    def answer(self, question: str, text: str) -> None:
        """Waits for a question, then types."""
        asked = len(self.seen)
        self._read_until(question, asked)
        os.write(self._master, f"{text}\r".encode())

    def interrupt(self, question: str) -> None:
        """Ctrl-C at a question, and once more where nothing happens.

        Between writing the prompt and waiting for keys, Python's line editing notes an interrupt and waits all the
        same; it answers to the next one.
        """
        self._read_until(question, len(self.seen))
        for _ in range(10):
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=1)
                return

    def end(self) -> int:
        """Waits for the end and returns the exit code."""
        self._read_until("\0never\0", len(self.seen))
        return self.process.wait(timeout=30)

    def close(self) -> None:
        """Leaves nothing running."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _read_until(self, text: str, start: int) -> None:
        until = time.monotonic() + 30
        while text not in self.seen[start:] and time.monotonic() < until:
            ready, _, _ = select.select([self._master], [], [], 0.2)
            if not ready:
                if self.process.poll() is not None:
                    return
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:  # Linux says so when the other side has gone
                return
            if not data:
                return
            self.seen += data.decode("utf-8", "replace")


@pytest.fixture
def terminal() -> Iterator[list[Terminal]]:
    """Terminals that are closed afterwards."""
    opened: list[Terminal] = []
    yield opened
    for item in opened:
        item.close()


def test_new_asks_for_what_is_missing_and_again_after_a_mistake(library: Path, terminal: list[Terminal]) -> None:
    screen = Terminal(library, "new")
    terminal.append(screen)
    screen.answer("Title", "Orders vanished.")
    screen.answer("Kind", "party")
    screen.answer("Kind", "")
    screen.answer("Origin", "")
    screen.answer("Started", "yesterday")
    screen.answer("Started", "2026-10-20 8:00")
    screen.answer("Severity", "SEV3")
    screen.answer("Services", "order")
    screen.answer("Services", "orders, checkout")
    assert screen.end() == 0, screen.seen
    text = (library / "postmortems/incidents/2026/2026-10-20-orders-vanished.md").read_text(encoding="utf-8")
    assert "\nseverity: SEV3\nservices: [orders, checkout]\nstarted: 2026-10-20T08:00:00Z\n" in text
    assert "Did you mean “orders”?" in screen.seen


def test_what_was_given_is_not_asked_for(library: Path, terminal: list[Terminal]) -> None:
    screen = Terminal(
        library, "new", "Orders vanished", "--kind", "drill", "--started", "2026-10-20", "--service", "orders"
    )
    terminal.append(screen)
    assert screen.end() == 0, screen.seen
    assert "Kind" not in screen.seen


def test_ctrl_c_at_a_question_writes_nothing(library: Path, terminal: list[Terminal]) -> None:
    screen = Terminal(library, "new")
    terminal.append(screen)
    before = sorted(library.rglob("*.md"))
    screen.answer("Title", "Half a")
    screen.answer("Kind", "party")
    screen.interrupt("Kind")
    assert screen.end() == 130, screen.seen
    assert "Stopped." in screen.seen
    assert sorted(library.rglob("*.md")) == before


def test_an_action_is_asked_for(library: Path, terminal: list[Terminal]) -> None:
    screen = Terminal(library, "action", "add", "2026-03-04")
    terminal.append(screen)
    screen.answer("Title", "Page on a full pool")
    screen.answer("Type", "detect")
    screen.answer("Horizon", "short")
    screen.answer("Owner", "@team-payments")
    screen.answer("Due", "soon")
    screen.answer("Due", "2026-12-01")
    screen.answer("Priority", "high")
    screen.answer("Priority", "p2")
    assert screen.end() == 0, screen.seen
    text = (library / POOL).read_text(encoding="utf-8")
    assert 'title: Page on a full pool, type: detect, horizon: short, owner: "@team-payments"' in text
    assert "due: 2026-12-01, priority: P2, status: open" in text


class Bar:
    """What a bar was told."""

    made: list[Bar]

    def __init__(self, title: str) -> None:
        self.title = title
        self.told: list[tuple[int, int]] = []
        self.stopped = False
        Bar.made.append(self)

    def update(self, done: int, total: int) -> None:
        self.told.append((done, total))

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture(autouse=True)
def _no_bars() -> None:
    Bar.made = []


def _work(seconds: list[float], *, terminal: bool) -> None:
    clock = iter([0.0, *seconds])
    with progress("Reading", terminal=terminal, clock=lambda: next(clock), bar=Bar) as tell:
        for done in range(1, len(seconds) + 1):
            if tell:
                tell(done, len(seconds))


def test_a_bar_shows_after_a_second_and_goes_away() -> None:
    _work([0.4, 0.9, 1.1, 1.5], terminal=True)
    [bar] = Bar.made
    assert bar.told == [(3, 4), (4, 4)]
    assert bar.stopped


def test_quick_work_and_work_that_nobody_watches_show_none() -> None:
    _work([0.1, 0.9], terminal=True)
    _work([5.0, 9.0, 10.0], terminal=False)
    assert Bar.made == []
