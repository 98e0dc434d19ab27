"""Twice as much text takes twice as long, whatever the text is: for all that is done with a file.

Sizes differ with the shape: what is quick is tried with more text, for little of it would show nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest

from tests.fuzz.shapes import BLOCKS, SHAPES
from tests.fuzz.whole import Stages, everything

SMALL, LARGE = 4_000, 24_000
QUICK, SLOW = 0.02, 0.05
RATIO = 2.6
"""Twice as much may take a little more than twice as long: memory is slower when there is more of it."""
LIMIT = 4.0
"""Seconds for the small size. A hundredth of it is usual; tables that leave out most of their cells take the most."""


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """It looks at all that is kept whenever there is a third more of it, which is linear in the end and not at once."""
    gc.disable()
    yield
    gc.enable()


def seconds(data: bytes) -> dict[str, float]:
    """How long each stage takes."""
    stages = Stages()
    everything(data, stages)
    return stages.seconds


def grows_faster(shape: Callable[[int], str], size: int) -> str | None:
    """The stage whose time more than doubles with the text, three times in a row; ``None`` when there is none."""
    told = None
    for _ in range(3):
        one, two = seconds(shape(size).encode()), seconds(shape(2 * size).encode())
        worst = max(one, key=lambda name: two[name] - RATIO * one[name])
        if two[worst] <= SLOW or two[worst] <= RATIO * one[worst]:
            return None
        told = f"{worst}: {one[worst]:.2f} s for {size:,} characters, {two[worst]:.2f} s for twice as many"
    return told


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_as_the_text_does(name: str) -> None:
    first = sum(seconds(SHAPES[name](SMALL).encode()).values())
    assert first < LIMIT
    bounded = "short rows" in name  # dear until the bound is met, and that needs more text
    told = grows_faster(SHAPES[name], LARGE if bounded or first < QUICK else SMALL)
    assert told is None, told


@pytest.mark.parametrize("name", ["nested quotes", "nested lists", "quotes and lists", "headings"])
def test_what_nests_a_thousand_deep_or_comes_in_thousands_is_judged(name: str) -> None:
    assert sum(seconds(f"---\n---\n{BLOCKS[name](200_000)}".encode()).values()) < 10
