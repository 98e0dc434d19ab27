"""Cache: records of files that did not change. Lines of JSON in one file, written atomically; odd ones are ignored."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import afterword
from afterword import resources
from afterword.files import write_atomically

if TYPE_CHECKING:
    from afterword.record import Record

FILE = Path(".cache") / "afterword" / "library.cache"
ROOMS = ("confidentiality", "language", "links", "rules")
"""The folders of the engine, beside its own modules, that a record depends on."""
FORMAT = "afterword-cache-3"


def key(settings_digest: str) -> str:
    """Names the engine, the schema and the settings: with any other key a cache is foreign."""
    parts = (afterword.__version__, _engine(), settings_digest)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _engine() -> str:
    """The engine's own files, by size and time: an edited checkout does not trust yesterday's records."""
    package = Path(__file__).parent
    hasher = hashlib.sha256(resources.schema_bytes("postmortem"))
    for name, size, changed in sorted(_files(str(package), deep=False)):
        hasher.update(f"{name} {size} {changed}\0".encode())
    for room in ROOMS:
        for name, size, changed in sorted(_files(str(package / room), deep=True)):
            hasher.update(f"{room} {name} {size} {changed}\0".encode())
    hasher.update(_detectors().encode())
    return hasher.hexdigest()


def _detectors() -> str:
    """The installed detectors of secrets, by the size and time of the file that says their version."""
    found = importlib.util.find_spec("detect_secrets")  # without importing it: a warm run asks for none
    if found is None or found.origin is None:
        return ""
    stat = Path(found.origin).with_name("__version__.py").stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _files(folder: str, *, deep: bool) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of the files of a folder; with ``deep``, of those below as well."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            if deep and entry.name != "__pycache__":
                yield from _files(entry.path, deep=True)
        else:
            stat = entry.stat()
            yield entry.name, stat.st_size, stat.st_mtime_ns


def holds(root: Path, cache_key: str) -> bool:
    """Whether the cache is of this key. Then these settings have been judged before, and found good."""
    try:
        with (root / FILE).open("rb") as stream:
            return stream.readline(200) == _head(cache_key)
    except OSError:
        return False


def load(root: Path, cache_key: str) -> dict[str, Record]:
    """Path → record; empty when there is no cache for this key. Lines that are broken are left out."""
    try:
        data = (root / FILE).read_bytes()
    except OSError:
        return {}
    if not data.startswith(_head(cache_key)):
        return {}
    found = (_record(line) for line in data[len(_head(cache_key)) :].split(b"\n"))
    return {record.path: record for record in found if record}


def save(root: Path, cache_key: str, records: Iterable[Record]) -> None:
    """Stores records. An unwritable cache is no error: the next run is slower."""
    lines = (_line(record) for record in sorted(records, key=lambda record: record.path))
    try:
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / FILE, b"".join((_head(cache_key), *lines)), sync=False)
    except OSError:
        return


def _head(cache_key: str) -> bytes:
    return f"{FORMAT} {cache_key}\n".encode("ascii")


def _line(record: Record) -> bytes:
    """One record: a checksum, what is asked of every file as JSON, then after tabs its findings and the rest."""
    brief = record.brief.packed() if record.brief else None
    head = [record.path, record.digest, record.accepted, record.examined, record.title, record.aliases, brief]
    said = b"\t".join((json.dumps(head).encode("ascii"), record.judged.encode("ascii"), record.stored.encode("ascii")))
    return b"%08x%s\n" % (zlib.crc32(said), said)


def _record(line: bytes) -> Record | None:
    from afterword.brief import Brief  # noqa: PLC0415  # who asks for settings alone needs no readers
    from afterword.record import Record  # noqa: PLC0415

    said = line[8:]
    if line[:8] != b"%08x" % zlib.crc32(said):
        return None
    try:
        head, judged, stored = said.decode("ascii").split("\t", 2)
        path, digest, accepted, examined, title, aliases, brief = json.loads(head)
        found = Brief.unpacked(brief) if brief else None
        return Record(str(path), digest, stored, judged, accepted, examined, title, tuple(aliases), found)
    except (ValueError, TypeError, RecursionError):
        return None
