"""Progress: a bar on a terminal for work that takes longer than a second. Nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

PATIENCE = 1.0
"""Seconds before a bar shows: most work is done by then, and a bar that flashes up disturbs."""


class _Bar(Protocol):
    def update(self, done: int, total: int) -> None:
        """Show how far it is; ``total`` is 0 while nobody knows it."""

    def stop(self) -> None:
        """Take it away."""


class _Rich:
    def __init__(self, title: str) -> None:
        from rich.console import Console  # noqa: PLC0415  # 60 ms that only slow work pays
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(title, total=None)
        self._progress.start()

    def update(self, done: int, total: int) -> None:
        self._progress.update(self._task, completed=done, total=total or None)

    def stop(self) -> None:
        self._progress.stop()


@contextmanager
def progress(
    title: str,
    *,
    terminal: bool | None = None,
    clock: Callable[[], float] = time.monotonic,
    bar: Callable[[str], _Bar] = _Rich,
) -> Iterator[Callable[[int, int], None] | None]:
    """Hands out a function to be told (done, total), total 0 while it is unknown, or ``None`` when nobody watches."""
    if not (sys.stderr.isatty() if terminal is None else terminal):
        yield None
        return
    begun = clock()
    shown: list[_Bar] = []

    def tell(done: int, total: int) -> None:
        if not shown and clock() - begun >= PATIENCE and (done < total or not total):
            shown.append(bar(title))
        for item in shown:
            item.update(done, total)

    try:
        yield tell
    finally:
        for item in shown:
            item.stop()
