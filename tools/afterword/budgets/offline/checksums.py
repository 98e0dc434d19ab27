"""Checksums: whether the files of a TSDB block are as they were written.

A server checks each part that it reads; pypdu checks none, so that one flipped bit would be a wrong figure. The
parts and where their sums stand: Prometheus' ``tsdb/docs/format``. All are CRC-32 by Castagnoli (RFC 3720, B.4).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, reduce
from operator import xor
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from afterword.budgets.offline.blocks import SourceError

Words: TypeAlias = npt.NDArray[np.uint32]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Places: TypeAlias = npt.NDArray[np.int64]
Part: TypeAlias = tuple[int, int]
"""Where a part begins, and how many bytes it has; its sum follows it."""

_CHUNKS, _INDEX = b"\x85\xbd\x40\xdd\x01", b"\xba\xaa\xd7\x00\x02"
_HEADER = 8
_CONTENTS = 52
"""Bytes of the index's table of contents: six offsets and a sum."""
_SHORT = 8192
"""Bytes of a part that is summed beside the others; a longer one would keep them waiting, and is cut into lanes."""
_LANE = 1024
_ONES = 0xFFFFFFFF


def check(block: Path) -> None:
    """Raises ``SourceError`` for a block whose index or chunks are not what was written; ``OSError``."""
    try:
        _check_index((block / "index").read_bytes())
        for path in sorted((block / "chunks").iterdir()):
            _check_chunks(path.read_bytes())
    except (IndexError, struct.error, _DamageError):
        raise SourceError(
            f"the block {block.name} is damaged: its checksums do not fit its data",
            "Copy the snapshot again, or take a new one.",
        ) from None


class _DamageError(Exception):
    """Something is not as it was written."""


def _check_chunks(data: bytes) -> None:
    if data[: len(_CHUNKS)] != _CHUNKS:
        raise _DamageError
    parts = []
    at = _HEADER
    while at < len(data):
        length, at = _varint(data, at)
        if not length and not any(data[at:]):
            break  # a server makes room ahead, and cuts it off when the file is full
        parts.append((at, length + 1))  # the encoding stands before the samples
        at += length + 5
    _check(data, parts)


def _check_index(data: bytes) -> None:
    contents = len(data) - _CONTENTS
    if contents < len(_INDEX) or data[: len(_INDEX)] != _INDEX:
        raise _DamageError
    symbols, series, label_lists, label_table, postings, postings_table = struct.unpack_from(">6Q", data, contents)
    starts = sorted({symbols, series, label_lists, label_table, postings, postings_table, contents} - {0})
    parts = [(contents, _CONTENTS - 4)]
    for start in starts[:-1]:
        if start == series:
            parts += _series(data, start, _next(starts, start))
        elif start in (label_lists, postings):
            parts += _lists(data, start, _next(starts, start))
        else:
            parts.append((start + 4, *struct.unpack_from(">I", data, start)))
    _check(data, parts)


def _next(starts: list[int], start: int) -> int:
    return starts[bisect_right(starts, start)]


def _series(data: bytes, start: int, end: int) -> Iterator[Part]:
    """Entries at multiples of 16, each after its length."""
    at = start
    while (at := -(-at // 16) * 16) < end:
        length, at = _varint(data, at)
        yield at, length
        at += length + 4


def _lists(data: bytes, start: int, end: int) -> Iterator[Part]:
    """Entries at multiples of 4, each after its length in four bytes."""
    at = start
    while (at := -(-at // 4) * 4) < end:
        (length,) = struct.unpack_from(">I", data, at)
        yield at + 4, length
        at += length + 8


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
        if shift > 63:
            raise _DamageError


def _check(data: bytes, parts: list[Part]) -> None:
    if any(start + length + 4 > len(data) for start, length in parts):
        raise _DamageError
    raw = np.frombuffer(data, np.uint8)
    short = np.array([part for part in parts if part[1] <= _SHORT], np.int64).reshape(-1, 2)
    if len(short) and (sums(raw, short[:, 0], short[:, 1]) != _wanted(raw, short.sum(axis=1))).any():
        raise _DamageError
    for start, length in parts:
        if length > _SHORT and long_sum(data[start : start + length]) != _wanted(raw, np.array([start + length]))[0]:
            raise _DamageError


def _wanted(raw: Bytes, ends: Places) -> Words:
    """The sums that stand after the parts that end there."""
    found = np.zeros(len(ends), np.uint32)
    for index in range(4):
        found = found << np.uint32(8) | raw[ends + index]
    return found


def _table() -> Words:
    """What one byte makes of a sum."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(0x82F63B78), table >> 1)
    return table


_BYTE = _table()


def _zeros(sums: Words, count: int) -> Words:
    """What so many zero bytes make of sums."""
    for _ in range(count):
        sums = _BYTE[sums & 255] ^ sums >> 8
    return sums


_HIGH = _zeros(np.arange(1 << 16, dtype=np.uint32), 2)
"""What two bytes make of a sum; four bytes are two look-ups, of which the first lies two bytes further back."""
_LOW = _zeros(_HIGH, 2)


def sums(raw: Bytes, starts: Places, lengths: Places) -> Words:
    """The sums of many parts of ``raw``, which has four bytes at least; those of a few kilobytes each at most."""
    return _sums(raw, starts, lengths, _ONES) ^ np.uint32(_ONES)


def _sums(raw: Bytes, starts: Places, lengths: Places, first: int) -> Words:
    """The sums of many parts at once, four bytes a step; ``first`` is what each begins with. Not inverted."""
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    # each byte with the three after it, as one number
    words = np.lib.stride_tricks.as_strided(raw[:4].view("<u4"), (len(raw) - 3,), (1,))
    found = np.full(len(starts), first, np.uint32)
    steps = np.arange(4, int(lengths[0]) + 1, 4)
    for index, count in enumerate((len(lengths) - np.searchsorted(lengths[::-1], steps, "left")).tolist()):
        mixed = found[:count] ^ words[starts[:count] + 4 * index]
        found[:count] = _LOW[mixed & 0xFFFF] ^ _HIGH[mixed >> 16]
    for rest in (3, 2, 1):
        some = np.flatnonzero(lengths % 4 >= rest)
        last = raw[starts[some] + lengths[some] - rest]
        found[some] = _BYTE[(found[some] ^ last) & 255] ^ found[some] >> 8
    result = np.empty_like(found)
    result[order] = found
    return result


@cache
def _moved() -> tuple[list[int], ...]:
    """What a lane of zeros makes of a sum, by each of its four bytes: sums add up by “exclusive or”."""
    ways = (np.arange(256, dtype=np.uint32) << np.uint32(shift) for shift in (0, 8, 16, 24))
    return tuple(_zeros(way, _LANE).tolist() for way in ways)


def long_sum(data: bytes) -> int:
    """The sum of one long part, of four bytes at least: of equal lanes at once, which are then put together."""
    count = -(-len(data) // _LANE)
    # ones at the beginning are the same as the first four bytes inverted, and zeros before those change nothing
    inverted = bytes(byte ^ 255 for byte in data[:4])
    raw = np.frombuffer(bytes(count * _LANE - len(data)) + inverted + data[4:], np.uint8)
    lanes = _sums(raw, np.arange(count) * _LANE, np.full(count, _LANE), 0).tolist()
    found = 0
    for lane in lanes:
        before = (table[found >> 8 * place & 255] for place, table in enumerate(_moved()))
        found = reduce(xor, before, lane)
    return int(found) ^ _ONES
