"""Pool: the same work for many items, in several processes where that is quicker."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Self, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_Given: TypeAlias = tuple[Sequence[T], "Future[list[R]] | None"]
"""Some of the items, and the process that has them, if one could be had."""

_AT_ONCE = 10
"""Items that a process takes at a time. With more, one process waits long for the last that another has."""
_TURN = 0.0005
"""Seconds after which this process lets its own threads have a turn: these feed the others, which would wait for the
usual five milliseconds at each step."""


def warm(preload: str) -> None:
    """Begins to start what the processes of a ``Pool`` come from, so that they are there when there is work."""
    if _context(preload).get_start_method() == "forkserver":
        from multiprocessing import forkserver  # noqa: PLC0415  # there is none on Windows

        forkserver.ensure_running()


def _context(preload: str) -> BaseContext:
    """How processes are started here."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


class Pool:
    """Processes that share work with this one, for as long as they are needed: ``with Pool(…) as pool``.

    ``processes``: how many work, this one included, two at least. ``preload``: the module that the others need,
    imported once for all of them. They start when there is work; until they can begin, this process has begun.
    """

    def __init__(self, processes: int, preload: str) -> None:
        self._executor = ProcessPoolExecutor(max(processes - 1, 1), mp_context=_context(preload))

    def __enter__(self) -> Self:
        self._before = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)
        sys.setswitchinterval(self._before)

    def results(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """The results in the order of the items. This process takes items from the end.

        ``work`` and the items have to be such that another process can be given them. What a process that died had is
        done here. Items should be small, such as paths: when all of them die, as in a script whose main module they
        cannot import, a pool hangs on a pipe that is full (before Python 3.12).
        """
        return _results(work, deque(_submitted(self._executor, work, items)))


def in_pool(work: Callable[[T], R], items: Sequence[T], processes: int, preload: str) -> Iterator[R]:
    """The results of one piece of work alone; see ``Pool``."""
    with Pool(processes, preload) as pool:
        yield from pool.results(work, items)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[T], R], items: Sequence[T]) -> Iterator[_Given[T, R]]:
    for at in range(0, len(items), _AT_ONCE):
        job = items[at : at + _AT_ONCE]
        try:
            yield job, pool.submit(_job, work, job)
        except (BrokenProcessPool, OSError):  # no more processes are to be had
            yield job, None


def _results(work: Callable[[T], R], given: deque[_Given[T, R]]) -> Iterator[R]:
    mine: deque[list[R]] = deque()
    while given:
        first, last = given[0][1], given[-1][1]
        if (first and first.done()) or not (last is None or last.cancel()):
            yield from _fetched(work, *given.popleft())
        else:
            mine.appendleft(_job(work, given.pop()[0]))
    for results in mine:
        yield from results


def _fetched(work: Callable[[T], R], job: Sequence[T], future: Future[list[R]] | None) -> list[R]:
    with suppress(BrokenProcessPool, OSError):
        if future:
            return future.result()
    return _job(work, job)


def _job(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    return [work(item) for item in items]
