"""Spread: the same done for each of many, here or in several processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """Does work for each item; the results keep the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
        """All results."""


def one_by_one(work: Callable[[T], R], items: Sequence[T], /) -> list[R]:
    """In this process."""
    return [work(item) for item in items]
