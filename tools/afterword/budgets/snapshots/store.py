"""Store: snapshots as files, JSON in one canonical text with a checksum, packed. The same snapshot, the same bytes.

A snapshot decides about deploys, so that nothing is read from one which is not exactly what was written.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from afterword import files
from afterword.budgets.snapshot import Snapshot
from afterword.budgets.snapshots import snapshot_json
from afterword.budgets.snapshots.snapshot_json import MalformedError
from afterword.errors import AfterwordError, ConflictError

FOLDER = "budgets/snapshots"
SUFFIX = ".json.gz"
PACKED_LIMIT = 64 * 1024 * 1024
"""Bytes of a file: some two hundred objectives over a year."""
PLAIN_LIMIT = 512 * 1024 * 1024
"""Bytes of the JSON in it: a small file may hold far more than a machine has memory for."""
# no name, no time, no word about the level, unknown system: what a packer writes here differs between machines
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6}Z)\.json\.gz\Z", re.ASCII)
_STAMP = "%Y-%m-%dT%H%M%SZ"
_AGAIN = "Take it again with `afterword budget snapshot`, or get it back from git."


class SnapshotError(AfterwordError):
    """A file is no snapshot that can be relied on; the message names it and what is wrong with it."""


def dumps(snapshot: Snapshot) -> bytes:
    """A snapshot as the bytes of its file."""
    plain = snapshot_json.write(snapshot)
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    body = packer.compress(plain) + packer.flush()
    return _HEADER + body + struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)


def loads(data: bytes, name: str) -> Snapshot:
    """The snapshot of a file's bytes. ``name`` is for the message. Raises ``SnapshotError``."""
    try:
        return snapshot_json.read(_unpacked(data))
    except MalformedError as error:
        raise SnapshotError(f"{name}: {error.message}", error.hint or _AGAIN) from error


def received(data: bytes, name: str) -> Snapshot:
    """The snapshot of what a server sent. Raises ``SnapshotError``.

    Some unpack a file that ends in ``.gz`` on its way, or say that its packing is that of the transfer. The checksum
    is of the JSON, so that nothing is trusted that would not be otherwise.
    """
    if not data.startswith(b"{"):
        return loads(data, name)
    try:
        return snapshot_json.read(data)
    except MalformedError as error:
        raise SnapshotError(f"{name}: {error.message}", error.hint or _AGAIN) from error


def _unpacked(data: bytes) -> bytes:
    if len(data) > PACKED_LIMIT:
        raise MalformedError(f"is larger than {PACKED_LIMIT >> 20} MB, so it is not read")
    if not data:
        raise MalformedError("is empty")
    if data[: len(_HEADER)] != _HEADER:
        raise MalformedError("is no snapshot of ours: the file begins in another way")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, PLAIN_LIMIT)
    except zlib.error:
        raise MalformedError("is damaged: it cannot be unpacked") from None
    if unpacker.unconsumed_tail:
        raise MalformedError(f"holds more than {PLAIN_LIMIT >> 20} MB, so it is not read")
    if not unpacker.eof:
        raise MalformedError("is cut off: its end is missing")
    if unpacker.unused_data:
        raise MalformedError("was changed: something follows its end")
    return plain


def load(path: Path) -> Snapshot:
    """Reads a snapshot. Raises ``SnapshotError`` also where there is no such file."""
    return loads(_read(path), str(path))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(PACKED_LIMIT + 1)
    except OSError as error:
        raise SnapshotError(f"{path}: {error.strerror or error}", _AGAIN) from error


def folder(root: Path) -> Path:
    """Where the snapshots of a library lie."""
    return root.joinpath(*FOLDER.split("/"))


def name_of(at: datetime) -> str:
    """The file name of a snapshot of that instant."""
    return at.astimezone(UTC).strftime(_STAMP) + SUFFIX


def instant_of(name: str) -> datetime | None:
    """The instant that a file name tells; ``None`` for other files."""
    found = _NAME.match(name)
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def names(root: Path) -> tuple[str, ...]:
    """The file names of a library's snapshots, the oldest first."""
    place = folder(root)
    if not place.is_dir():
        return ()
    return tuple(sorted(item.name for item in place.iterdir() if instant_of(item.name)))


def latest(root: Path) -> Snapshot | None:
    """The snapshot with the latest instant; ``None`` without any. Raises ``SnapshotError``."""
    found = names(root)
    return load(folder(root) / found[-1]) if found else None


def all(root: Path) -> tuple[Snapshot, ...]:  # noqa: A001  # reads as store.all(root)
    """Every snapshot of a library, the oldest first. Raises ``SnapshotError``."""
    return tuple(load(folder(root) / name) for name in names(root))


def save(root: Path, snapshot: Snapshot, *, force: bool = False) -> Path:
    """Writes a snapshot into its library. Raises ``ConflictError`` or ``OSError``."""
    path = folder(root) / name_of(snapshot.at)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, snapshot, force=force)
    return path


def write(path: Path, snapshot: Snapshot, *, force: bool = False) -> None:
    """Writes a snapshot to a file, in one step.

    One that is there and says the same, but for the moment it was taken, stays as it is. Raises ``ConflictError`` for
    one that says something else, unless ``force``; ``OSError`` when it cannot be written.
    """
    data = dumps(snapshot)
    if force:
        files.write_atomically(path, data)
        return
    try:
        files.create(path, data)
    except ConflictError:
        with suppress(SnapshotError):
            if replace(load(path), captured_at=snapshot.captured_at) == snapshot_json.read(
                snapshot_json.write(snapshot)
            ):
                return
        raise ConflictError(
            f"{path} exists already and says something else", "Look at it, then give --force to replace it."
        ) from None


def surplus(root: Path, keep: int) -> tuple[Path, ...]:
    """The snapshots that are neither the latest nor the last one of one of the ``keep`` latest months, in UTC."""
    found = names(root)
    last_of = {name[:7]: name for name in found}
    months = sorted(last_of)[-keep:] if keep > 0 else []
    kept = {last_of[month] for month in months} | set(found[-1:])
    return tuple(folder(root) / name for name in found if name not in kept)


def thin(root: Path, keep: int) -> tuple[Path, ...]:
    """Removes the surplus and tells what it removed. Raises ``OSError``."""
    return tuple(_removed(surplus(root, keep)))


def _removed(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        path.unlink(missing_ok=True)
        yield path
