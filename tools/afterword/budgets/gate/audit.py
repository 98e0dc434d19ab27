"""Audit: the log of overrides and rollbacks that went past the gate. One file each, so that no line can be lost.

A record names, by their hashes, the record that its writer wrote before and the last ones of all other writers that
lay beside it. A record that is changed, or removed after another one was written, is missed by those that name it;
and two branches that each wrote some merge without a conflict, because no file is written twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from afterword.errors import AfterwordError, ConflictError
from afterword.files import create

FOLDER = "budgets/overrides"
VERSION = 1
LOCK_SECONDS = 5.0
LARGEST = 1024 * 1024
"""Bytes of a record; a larger file is none."""
_REVIEW = ".review.json"


class AuditError(AfterwordError):
    """The log could not be written, so that nothing may stand on it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as it lies on the disk. ``facts``: what it says; ``name`` is its file's."""

    name: str
    facts: Mapping[str, Any]

    @property
    def hash(self) -> str:
        """What others call it by."""
        return str(self.facts.get("hash", ""))

    @property
    def id(self) -> str:
        """What people call it by: the beginning of its hash."""
        return self.hash[:12]


@dataclass(frozen=True, slots=True)
class Log:
    """All records in the order of their names, the reviews of them by their id, and what is broken."""

    records: tuple[Record, ...]
    reviews: Mapping[str, Mapping[str, Any]]
    faults: tuple[str, ...]

    def due(self, now: datetime, days: int) -> tuple[Record, ...]:
        """The records that nobody has reviewed within so many days."""
        return tuple(item for item in self.open if (now - instant(item)).total_seconds() > days * 86_400)

    @property
    def open(self) -> tuple[Record, ...]:
        """The records that nobody has reviewed yet. What would have passed anyway asks for no review."""
        return tuple(item for item in self.records if item.id not in self.reviews and item.facts.get("blocked", True))


def instant(record: Record) -> datetime:
    """When a record was written."""
    return datetime.fromisoformat(str(record.facts["written_at"]))


def writer_of(*parts: str) -> str:
    """A short name for who writes: the same machine, person, branch and folder give the same."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def prepared(folder: Path, facts: Mapping[str, Any], writer: str) -> dict[str, Any]:
    """A record to be: with its place in the chains and its hash."""
    known = read(folder).records
    own = [item for item in known if item.facts.get("writer") == writer]
    last = max(own, key=lambda item: (int(item.facts["sequence"]), item.hash), default=None)
    record = {
        **facts,
        "version": VERSION,
        "writer": writer,
        "sequence": int(last.facts["sequence"]) + 1 if last else 1,
        "previous": last.hash if last else None,
        "beside": sorted(item.hash for item in _heads(known) if item is not last),
        "nonce": facts.get("nonce") or secrets.token_hex(8),
    }
    return {**record, "hash": digest(record)}


def first(facts: Mapping[str, Any], writer: str) -> dict[str, Any]:
    """A record to be where there is no folder: it stands alone."""
    return prepared(Path(os.devnull), facts, writer)


def write(folder: Path, facts: Mapping[str, Any], writer: str) -> Record:
    """Adds a record and sees that it is on the disk. Raises ``AuditError`` when that cannot be done."""
    try:
        _make(folder)
        with _alone(folder):
            record = prepared(folder, facts, writer)
            name = name_of(record)
            create(folder / name, _bytes(record))
            _sync(folder)
    except (OSError, AfterwordError) as error:
        why = error.message if isinstance(error, AfterwordError) else error.strerror or error
        raise AuditError(
            f"the override could not be written down in {folder}: {why}", "Without a record it does not count."
        ) from error
    return Record(name, record)


def name_of(record: Mapping[str, Any]) -> str:
    """The name of a record's file, which follows from what it says: a copy under another name is none."""
    stamp = re.sub(r"[-:]", "", record["written_at"])
    return f"{stamp}-{record['writer']}-{record['sequence']:06d}-{record['hash'][:12]}.json"


def review(folder: Path, record: Record, facts: Mapping[str, Any]) -> Path:
    """Notes that a record was reviewed, in a file that no other branch writes. Raises ``OSError``."""
    noted = {**facts, "version": VERSION, "record": record.hash}
    noted["hash"] = digest(noted)
    path = folder / f"{record.name.removesuffix('.json')}-{noted['hash'][:8]}{_REVIEW}"
    with suppress(ConflictError):  # the same words of the same person on the same day
        create(path, _bytes(noted))
    _sync(folder)
    return path


def read(folder: Path) -> Log:
    """The log of a folder; one that is not there is empty. Never raises for what it holds."""
    records: list[Record] = []
    reviews: dict[str, Mapping[str, Any]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        if path.name.startswith("."):
            continue
        facts = _facts(path)
        if path.name.endswith(_REVIEW):
            if facts is None or not isinstance(facts.get("record"), str):
                faults.append(f"{path.name} is no whole review")
            elif digest(facts) != facts.get("hash"):
                faults.append(f"{path.name} was changed after it was written")
            else:
                reviews[facts["record"][:12]] = facts
        elif facts is None or not _is_whole(facts):
            faults.append(f"{path.name} is no whole record")
        else:
            records.append(Record(path.name, facts))
            faults += _own_faults(path.name, facts)
    return Log(tuple(records), reviews, (*faults, *_chain_faults(records, reviews)))


def digest(record: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a record without its own hash."""
    plain = {key: value for key, value in record.items() if key != "hash"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _own_faults(name: str, facts: Mapping[str, Any]) -> Iterator[str]:
    if digest(facts) != facts["hash"]:
        yield f"{name} was changed after it was written"
    elif name != name_of(facts):
        yield f"{name} was renamed, or copied"


def _chain_faults(records: Sequence[Record], reviews: Mapping[str, Any]) -> Iterator[str]:
    known = {item.hash: item for item in records}
    for item in records:
        previous = item.facts["previous"]
        before = known.get(previous) if previous else None
        if previous and before is None:
            yield f"the record before {item.name} is missing"
        elif before is not None and (before.facts["writer"], before.facts["sequence"] + 1) != (
            item.facts["writer"],
            item.facts["sequence"],
        ):
            yield f"{item.name} does not follow the record that it names"
        elif not previous and item.facts["sequence"] != 1:
            yield f"the records before {item.name} are missing"
        for name in item.facts["beside"]:
            if name not in known:
                yield f"a record that lay beside {item.name} is missing: {name[:12]}"
    ids = {item.id for item in records}
    for name in sorted(set(reviews) - ids):
        yield f"a review is of a record that is missing: {name}"


def _heads(records: Sequence[Record]) -> Iterator[Record]:
    """The records that no other one of the same writer follows."""
    followed = {item.facts["previous"] for item in records}
    return (item for item in records if item.hash not in followed)


def _is_whole(facts: Mapping[str, Any]) -> bool:
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "version": int, "writer": str, "sequence": int, "previous": (str, type(None)), "beside": list, "hash": str,
        "written_at": str,
    }  # fmt: skip
    if not all(key in facts and isinstance(facts[key], kind) for key, kind in kinds.items()):
        return False
    if not all(isinstance(item, str) for item in facts["beside"]):
        return False
    try:
        return datetime.fromisoformat(facts["written_at"]).tzinfo is not None
    except ValueError:
        return False


def _facts(path: Path) -> Mapping[str, Any] | None:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _bytes(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time where the system can see to that; elsewhere two may follow the same record, unharmed."""
    try:
        import fcntl  # noqa: PLC0415  # not on Windows
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while time.monotonic() < deadline:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:  # a file system without locks
                break
        yield
    finally:
        os.close(handle)


def _make(folder: Path) -> None:
    """The folder, and those above it that were not there, each on the disk."""
    missing = [item for item in (folder, *folder.parents) if not item.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for item in missing:
        _sync(item.parent)


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    with suppress(PermissionError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
