"""Checksums of blocks: the sums are the standard's, whatever a part's length, and no flipped bit goes unseen."""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.offline import checksums, promtool
from afterword.budgets.offline.blocks import SourceError
from tests import servers

ONES = 0xFFFFFFFF


def plain(data: bytes) -> int:
    """Bit by bit, as RFC 3720 has it."""
    found = ONES
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = found >> 1 ^ (0x82F63B78 if found & 1 else 0)
    return found ^ ONES


def together(parts: list[bytes]) -> list[int]:
    lengths = np.array([len(part) for part in parts])
    found = checksums.sums(np.frombuffer(b"".join(parts) + bytes(4), np.uint8), lengths.cumsum() - lengths, lengths)
    return [int(one) for one in found]


def test_the_sum_is_that_of_the_standard() -> None:
    assert together([b"123456789"]) == [plain(b"123456789")] == [0xE3069283]


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=12))
def test_parts_of_any_length_are_summed_together(parts: list[bytes]) -> None:
    assert together(parts) == [plain(part) for part in parts]


@pytest.mark.parametrize("length", [4, 1023, 1024, 1025, 5000])
def test_a_long_part_is_summed_in_lanes(length: int) -> None:
    data = random.Random(length).randbytes(length)  # noqa: S311  # the same data at every run
    assert checksums.long_sum(data) == plain(data)


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not promtool.find("promtool", os.environ):
        pytest.skip("no promtool: run make servers")
    folder = tmp_path_factory.mktemp("block")
    text = folder / "a.om"
    lines = (
        f'a_total{{pod="{pod}"}} {time * pod} {1_700_000_000 + time * 60}' for time in range(300) for pod in (1, 2)
    )
    text.write_text("\n".join([*lines, "# EOF\n"]), encoding="utf-8")
    (found,) = servers.backfill(text, folder / "data").glob("*/")
    return found


@pytest.mark.server
@pytest.mark.parametrize("name", ["index", "chunks/000001"])
def test_no_flipped_bit_of_what_counts_goes_unseen(block: Path, name: str) -> None:
    path = block / name
    whole = path.read_bytes()
    checksums.check(block)
    path.chmod(0o644)
    try:
        # some zeros fill up to the next part, and mean nothing
        for position in (place for place in range(0, len(whole), 7) if whole[place]):
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 16]) + whole[position + 1 :])
            with pytest.raises(SourceError, match="damaged"):
                checksums.check(block)
        for size in (0, 4, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:size])
            with pytest.raises(SourceError, match="damaged"):
                checksums.check(block)
    finally:
        path.write_bytes(whole)
    checksums.check(block)
