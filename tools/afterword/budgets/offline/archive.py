"""Archive: a tar file from elsewhere, unpacked so that it can do no harm.

Only plain files and folders, only beneath the folder, no name twice, and only so many of them. ``tarfile`` has a
filter of its own only from Python 3.11.4 on, and none for size.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from afterword.errors import AfterwordError

GZIP = b"\x1f\x8b"
_PIECE = 1 << 20
_HEADER = 8 << 20
"""No header of an archive is longer; ``tarfile`` would read it as a whole."""


class ArchiveError(AfterwordError):
    """An archive that cannot be unpacked, or should not be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold when it is unpacked: bytes, entries, and folders within folders."""

    size: int = 20 << 30
    entries: int = 100_000
    depth: int = 16


LIMITS = Limits()


def is_archive(path: Path) -> bool:
    """Whether the name says so: ``.tar``, ``.tar.gz`` or ``.tgz``."""
    return path.name.lower().endswith((".tar", ".tar.gz", ".tgz"))


def unpack(path: Path, folder: Path, limits: Limits = LIMITS) -> None:
    """Unpacks ``path`` into ``folder``, which is there and empty.

    Raises ``ArchiveError`` for an archive that is broken, too large, or holds anything but plain files and folders
    beneath its own root. What was unpacked until then is left: the caller's folder is a temporary one.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as stream:
                _unpack(_Bounded(stream, limits, path.name), folder, limits, path.name)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ArchiveError(
            f"{path.name} is no whole tar archive: {_plain(error)}",
            "It may have been cut off on its way: copy it again, and compare its size or checksum.",
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"{path.name} cannot be unpacked: {error.strerror or error}",
            "Unpack it by hand where there is room, and give the folder instead.",
        ) from error


class _Bounded(io.RawIOBase):
    """A stream that ends in an error rather than in a full disk or memory."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, limits: Limits, name: str) -> None:
        self._stream, self._name = stream, name
        # headers and padding come on top of what the files hold
        self._most = limits.size + limits.entries * 4096 + _PIECE

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes, as ``tarfile`` asks for them."""
        if not 0 <= size <= _HEADER:
            raise ArchiveError(f"{self._name}: a header in the archive is too long", "Pack the folder anew with tar.")
        data = self._stream.read(size)
        if self._stream.tell() > self._most:
            raise _too_large(self._name)
        return data

    def seekable(self) -> bool:
        """Forward at least, which is all that is needed."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Moves; an offset beyond the limit is refused before anything is read."""
        if offset > self._most:
            raise _too_large(self._name)
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Where the stream is, unpacked."""
        return self._stream.tell()


def _too_large(name: str) -> ArchiveError:
    return ArchiveError(
        f"{name} holds more than is unpacked here",
        "Unpack it by hand where there is room, and give the folder instead.",
    )


def _unpack(stream: _Bounded, folder: Path, limits: Limits, name: str) -> None:
    size = entries = 0
    with tarfile.open(fileobj=stream, mode="r:") as archive:
        for member in archive:
            entries += 1
            size += max(member.size, 0)
            if entries > limits.entries or size > limits.size:
                raise _too_large(name)
            target = _target(member, folder, limits, name)
            if member.isdir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(archive, member, target, name)
        stream.seek(archive.offset)
    # tarfile takes an archive that was cut off between two entries for a whole one; this also checks gzip's sum
    if stream.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise tarfile.ReadError("unexpected end of data")
    while stream.read(_PIECE):
        pass


def _target(member: tarfile.TarInfo, folder: Path, limits: Limits, name: str) -> Path:
    """Where an entry goes. Raises ``ArchiveError`` for what is no plain file or folder beneath the root."""
    shown = member.name if len(member.name) <= 80 else member.name[:79] + "…"
    parts = PurePosixPath(member.name).parts
    if not (member.isreg() or member.isdir()) or member.issparse():
        raise _refused(name, shown, "is neither a plain file nor a folder")
    if (
        member.name.startswith("/")
        or ".." in parts
        or not member.name.isprintable()
        or set(member.name) & set('\\:*?"<>|')
    ):
        raise _refused(name, shown, "would be written outside the folder, or has a name that not all systems allow")
    if len(parts) > limits.depth:
        raise _refused(name, shown, "lies too deep in folders")
    return folder.joinpath(*parts)


def _refused(name: str, shown: str, why: str) -> ArchiveError:
    return ArchiveError(
        f"{name}: the entry “{shown}” {why}",
        "Pack only the folder of the TSDB snapshot: tar -czf snapshot.tgz -C FOLDER NAME.",
    )


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, name: str) -> None:
    source = archive.extractfile(member)
    if source is None:
        raise _refused(name, member.name, "cannot be read")
    left = member.size
    try:
        handle = target.open("xb")
    except (FileExistsError, IsADirectoryError):
        raise _refused(name, member.name, "is there twice") from None
    with source, handle:
        while piece := source.read(min(_PIECE, left)) if left else b"":
            handle.write(piece)
            left -= len(piece)
    if left:
        raise tarfile.ReadError("unexpected end of data")


def _plain(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text[:1].lower() + text[1:].rstrip(".")
