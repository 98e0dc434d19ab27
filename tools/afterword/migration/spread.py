"""Spread: the same done for each of many, here or in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from afterword.pool import Pool

T = TypeVar("T")
R = TypeVar("R")

_WORTH_A_POOL = 100
"""Fewer pages are read sooner than a second process has started."""
_PRELOAD = "afterword.migration.plan"


class Spread(Protocol):
    """Does work for each item; the results keep the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
        """All results."""


def one_by_one(work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
    """In this process."""
    return [work(item) for item in items]


def expect(count: int) -> None:
    """Lets processes begin to start, if so many pages will need them."""
    if count >= _WORTH_A_POOL and (os.cpu_count() or 1) > 1:
        from afterword import pool  # noqa: PLC0415  # fewer pages start no process

        pool.warm(_PRELOAD)


@contextmanager
def in_processes(tell: Callable[[int, int], None] | None = None, workers: int | None = None) -> Iterator[Spread]:
    """In as many processes as there are processors, up to eight; in this one when the items are few.

    ``tell`` is told how many of how many items are done, of each kind of work anew. The processes stay for the next
    kind of work: ``with in_processes() as spread``.
    """
    count = workers if workers is not None else min(os.cpu_count() or 1, 8)
    with ExitStack() as stack:

        @cache
        def pool() -> Pool:
            from afterword.pool import Pool  # noqa: PLC0415  # fewer pages start no process

            return stack.enter_context(Pool(count, _PRELOAD))

        def spread(work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
            shared = count > 1 and len(items) >= _WORTH_A_POOL
            found: list[R] = []
            for result in pool().results(work, items) if shared else map(work, items):
                found.append(result)
                if tell:
                    tell(len(found), len(items))
            return found

        yield spread
