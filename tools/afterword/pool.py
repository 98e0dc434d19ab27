"""Pool: the same work for many items, in several processes where that is quicker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 25
"""Items that a worker takes at a time."""


def in_pool(work: Callable[[T], R], items: Sequence[T], workers: int, preload: str) -> Iterator[R]:
    """The results of the first items, in their order; of all of them, unless no more processes are to be had.

    ``preload``: the module that workers need, imported once for all of them. ``work`` and the items have to be such
    that another process can be given them. Items should be small, such as paths: when all workers die, as in a script
    whose main module they cannot import, a pool hangs on a pipe that is full (before Python 3.12).
    """
    # imported late: a run from a warm cache starts no process
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_all_start_methods, get_context  # noqa: PLC0415

    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([preload])
    jobs = [items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE)]
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            for results in pool.map(partial(_job, work), jobs):
                yield from results
    except (BrokenProcessPool, OSError):
        return


def _job(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """In the worker."""
    return [work(item) for item in items]
