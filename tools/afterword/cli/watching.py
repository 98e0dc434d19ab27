"""Watching: a check that runs again whenever a file of the library changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import click

from afterword.cli.failure import Failure, Unable, guarded
from afterword.cli.world import World

SETTINGS = ("afterword.yml", "mkdocs.yml")
FOLDERS = ("budgets", "postmortems")
PAUSE = 0.4
"""Seconds between two looks at the files: soon enough after a save, and nothing beside the work of an editor."""
SHARE = 5
"""A look is followed by a pause of at least so many times what it took: a large library costs no more of a machine."""

State: TypeAlias = "frozenset[tuple[str, int, int]]"


def watch(world: World, check: Callable[[World], object], written: frozenset[str] = frozenset()) -> None:
    """Calls ``check`` now and after every change, each time with a world that knows nothing; ends with Ctrl-C.

    Looks at names, sizes and times: unlike the notices of a system this works on every system, in containers and on
    network drives alike. What keeps one check from its work is told, and the next change is waited for. ``written``
    are absolute paths that the check itself writes.
    """
    try:
        while True:
            before = state(world.root, written)
            _round(world, check)
            click.echo("Waiting for changes; Ctrl-C ends it.", err=True)
            _wait(world.root, written, before)
            if sys.stdout.isatty():
                click.clear()
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)


def _round(world: World, check: Callable[[World], object]) -> None:
    """One check. In the middle of an edit settings may be wrong and files gone."""
    try:
        with guarded(Unable):
            check(replace(world))
    except Failure as failure:
        failure.show()


def _wait(root: Path, written: frozenset[str], before: State) -> None:
    """Waits for a change, and then until nothing changes any more: an editor or git writes many files at once."""
    last, now = before, before
    while now == before or now != last:
        begun = time.monotonic()
        last, now = now, state(root, written)
        time.sleep(max(PAUSE, SHARE * (time.monotonic() - begun)))


def state(root: Path, written: frozenset[str] = frozenset()) -> State:
    """Path, time of change in nanoseconds and size of every file that a check may look at, without ``written``."""
    found = {_look(str(root / name)) for name in SETTINGS}
    folders = [str(root / name) for name in FOLDERS]
    while folders:
        try:
            entries = os.scandir(folders.pop())
        except OSError:  # gone between two looks: the next one will see
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith("."):  # of editors, git and our own cache
                    continue
                if entry.is_dir(follow_symlinks=False):  # a link may lead to where we came from
                    folders.append(entry.path)
                else:
                    found.add(_look(entry.path, entry))
    return frozenset(item for item in found if item[0] not in written)


def _look(path: str, entry: os.DirEntry[str] | None = None) -> tuple[str, int, int]:
    """Zeros for what is not there, or leads nowhere."""
    try:
        about = entry.stat() if entry else os.stat(path)  # noqa: PTH116  # a Path for each costs more than the look
    except OSError:
        return path, 0, 0
    return path, about.st_mtime_ns, about.st_size
