"""Spread: the same done for each of many, here or in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WORTH_A_POOL = 100
"""Fewer pages are read sooner than a second process has started."""


class Spread(Protocol):
    """Does work for each item; the results keep the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
        """All results."""


def one_by_one(work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
    """In this process."""
    return [work(item) for item in items]


def in_processes(tell: Callable[[int, int], None] | None = None, workers: int | None = None) -> Spread:
    """In as many processes as there are processors, up to eight; in this one when the items are few.

    ``tell`` is told how many of how many items are done, of each kind of work anew.
    """
    count = workers if workers is not None else min(os.cpu_count() or 1, 8)

    def spread(work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
        results: Iterable[R] = map(work, items)
        if count > 1 and len(items) >= _WORTH_A_POOL:
            from afterword.pool import in_pool  # noqa: PLC0415  # fewer pages start no process

            results = in_pool(work, items, count, "afterword.migration.plan")
        found: list[R] = []
        for result in results:
            found.append(result)
            if tell:
                tell(len(found), len(items))
        return found

    return spread
