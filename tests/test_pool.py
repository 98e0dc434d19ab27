"""The same work in several processes: in the order of the items, and done whatever becomes of a process."""

from __future__ import annotations

import os
import sys
import time
from itertools import islice
from multiprocessing import parent_process

import pytest

from afterword.pool import Pool, in_pool

ITEMS = range(410)


def square(number: int) -> int:
    return number * number


def square_slowly(number: int) -> int:
    time.sleep(0.001)
    return number * number


def square_or_die(number: int) -> int:
    if parent_process() is not None:
        os._exit(1)
    return number * number


def square_or_fail(number: int) -> int:
    if number == 77:
        raise ValueError(number)
    return number * number


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 25, 26, 410])
def test_results_come_in_the_order_of_the_items(processes: int, count: int) -> None:
    expected = [number * number for number in range(count)]
    assert list(in_pool(square, range(count), processes, "afterword.pool")) == expected


def test_several_processes_share_the_work() -> None:
    assert list(in_pool(square_slowly, ITEMS, 2, "afterword.pool")) == [number * number for number in ITEMS]


def test_what_a_process_that_died_had_is_done_here() -> None:
    assert list(in_pool(square_or_die, ITEMS, 2, "afterword.pool")) == [number * number for number in ITEMS]


def test_a_fault_of_the_work_is_raised() -> None:
    with pytest.raises(ValueError, match="77"):
        list(in_pool(square_or_fail, ITEMS, 2, "afterword.pool"))


def test_threads_take_turns_as_before_when_the_work_is_done() -> None:
    before = sys.getswitchinterval()
    with Pool(2, "afterword.pool") as pool:
        assert list(pool.results(square, ITEMS)) == [number * number for number in ITEMS]
    assert sys.getswitchinterval() == before


def test_whoever_has_enough_may_stop() -> None:
    assert list(islice(in_pool(square, ITEMS, 2, "afterword.pool"), 3)) == [0, 1, 4]
