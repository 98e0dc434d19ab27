"""OpenMetrics as a file: packed or not, whole or cut off, small or large. What its lines say is read elsewhere."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from afterword.budgets.offline.blocks import SourceError
from afterword.budgets.offline.openmetrics_line import FORMAT, sample

LIMIT = 64 << 20
"""Bytes of text that are read line by line, some 800,000 samples; larger files are made into blocks by promtool."""
MOST = 20 << 30
"""Bytes of text that are unpacked for promtool."""
_PIECE = 1 << 20
_END = b"# EOF"


class OpenMetricsError(SourceError):
    """A text that is not OpenMetrics, or not whole; the message carries path:line."""


def is_openmetrics(path: Path) -> bool:
    """Whether the name says so: ``.om``, ``.txt``, ``.prom`` or ``.openmetrics``, packed or not."""
    return path.name.lower().removesuffix(".gz").endswith((".om", ".txt", ".prom", ".openmetrics"))


def is_large(path: Path) -> bool:
    """Whether a file holds more text than is read here. Raises ``SourceError`` for one that cannot be unpacked."""
    return sum(map(len, pieces(path, LIMIT + 1))) > LIMIT


def unpack(path: Path, target: Path) -> int:
    """Writes the text of a file as plain text, bounded; tells how many lines of samples it has.

    Raises ``SourceError``; also where ``# EOF`` is missing.
    """
    tail, lines, comments = b"\n", 0, 0
    with target.open("xb") as stream:
        for piece in pieces(path, MOST + 1):
            stream.write(piece)
            lines += piece.count(b"\n")
            comments += (tail[-1:] + piece).count(b"\n#")
            tail = (tail + piece)[-64:]
            if stream.tell() > MOST:
                raise SourceError(f"{path.name} holds more text than is unpacked here", "Give less of it.")
    if not tail.rstrip(b"\r\n").endswith(b"\n" + _END):
        raise cut_off(path.name)
    return lines + (not tail.endswith(b"\n")) - comments


def first_fault(text: Path, name: str) -> OpenMetricsError | None:
    """The first line of a plain text that is no sample and no comment, as an error that names it."""
    with text.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            found = "" if line.startswith("#") else sample(line.rstrip("\n"))
            if found and isinstance(found, str):
                return fault(name, number, found)
    return None


def pieces(path: Path, most: int) -> Iterator[bytes]:
    """The text of a file in pieces, unpacked, until ``most`` bytes. Raises ``SourceError``."""
    left = most
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as stream:
                while left > 0 and (piece := stream.read(min(_PIECE, left))):
                    left -= len(piece)
                    yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise cut_off(path.name) from error
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be read: {error.strerror or error}", "Check the path and its rights."
        ) from error


def cut_off(name: str) -> OpenMetricsError:
    """The error of a text without its end."""
    return OpenMetricsError(
        f"{name} does not end with “# EOF”: it is cut off, or no OpenMetrics text", "Write or copy the file again."
    )


def fault(name: str, line: int, what: str, hint: str = FORMAT) -> OpenMetricsError:
    """The error of one line."""
    return OpenMetricsError(f"{name}:{line}: {what}", hint)
