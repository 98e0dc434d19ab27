"""The same done for each of many, here or in several processes: the same results, told one by one."""

from __future__ import annotations

import os

import pytest

from afterword.migration.spread import in_processes, one_by_one


def double(number: int) -> int:
    return 2 * number


def process_of(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 99, 260])
def test_several_kinds_of_work_one_after_the_other(workers: int, count: int) -> None:
    told: list[tuple[int, int]] = []
    with in_processes(lambda done, all_of_them: told.append((done, all_of_them)), workers) as spread:
        for _ in range(2):
            assert spread(double, range(count)) == one_by_one(double, range(count))
    assert told == [(done, count) for done in range(1, count + 1)] * 2


def test_few_items_start_no_process() -> None:
    with in_processes(workers=2) as spread:
        assert set(spread(process_of, range(99))) == {os.getpid()}
