"""Library: all postmortems of a folder, accepted and rejected. Loaded in parallel, from the cache where it holds."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from afterword import cache, source
from afterword.model import Kind, Origin, Postmortem, Status, id_of, teams_of
from afterword.record import Examine, Record, read, unread
from afterword.settings import Settings
from afterword.timing import Moment

INCIDENTS = "postmortems/incidents"
_NOT_INCIDENTS = {"index.md", "readme.md"}
_WORTH_A_POOL = 150
"""Fewer files are read sooner than a second process has started."""
_WORTH_A_SAVE = 60
"""The cache of so many files is written while one is read: a few changed ones are read again next time instead."""

Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which postmortems: every field that is not ``None`` must fit. Days are days of ``started``.

    Whatever is asked of days, one without ``started`` is not meant.
    """

    severity: str | None = None
    service: str | None = None
    team: str | None = None
    category: str | None = None
    kind: Kind | None = None
    origin: Origin | None = None
    status: Status | None = None
    since: Moment | None = None
    until: Moment | None = None

    def fits(self, postmortem: Postmortem, settings: Settings) -> bool:
        """Whether a postmortem is meant."""
        return (
            self.severity in (None, postmortem.severity)
            and (self.service is None or self.service in postmortem.services)
            and (self.team is None or self.team in teams_of(postmortem, settings))
            and self.category in (None, postmortem.root_cause)
            and self.kind in (None, postmortem.kind)
            and self.origin in (None, postmortem.origin)
            and self.status in (None, postmortem.status)
            and self._spans(postmortem, settings)
        )

    def _spans(self, postmortem: Postmortem, settings: Settings) -> bool:
        if self.since is None and self.until is None:
            return True
        if postmortem.started is None:
            return False
        day = postmortem.started.day_in(settings.zone)
        return (self.since is None or day >= self.since.day_in(settings.zone)) and (
            self.until is None or day <= self.until.day_in(settings.zone)
        )


@dataclass(frozen=True)
class Library:
    """All files of a library, in the order of their paths, and what they say."""

    root: Path
    settings: Settings
    records: tuple[Record, ...]

    @cached_property
    def postmortems(self) -> tuple[Postmortem, ...]:
        """The accepted ones, the newest first, and last those that do not say when it was."""
        return newest_first(record.postmortem for record in self.records if record.postmortem)

    @cached_property
    def rejected(self) -> tuple[Record, ...]:
        """Files that could not be made a postmortem; their findings say why."""
        return tuple(record for record in self.records if not record.accepted)

    @cached_property
    def by_id(self) -> dict[str, Postmortem]:
        """All by id and by former ids; the first in the order of paths wins, a real id before a former one."""
        return {name: item for name, record in self._by_id.items() if (item := record.postmortem)}

    def find(self, name: str) -> Postmortem | None:
        """One by id or former id."""
        record = self.record(name)
        return record.postmortem if record else None

    def record(self, name: str) -> Record | None:
        """The record of an accepted file by id or former id."""
        return self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        accepted = [record for record in self.records if record.accepted]
        for record in accepted:
            found.setdefault(id_of(record.path), record)
        for record in accepted:
            for alias in record.aliases:
                found.setdefault(alias, record)
        return found

    @cached_property
    def paths(self) -> frozenset[str]:
        """All paths, also of rejected files."""
        return frozenset(record.path for record in self.records)

    def select(self, query: Query) -> tuple[Postmortem, ...]:
        """The postmortems that a query means, the newest first."""
        return tuple(item for item in self.postmortems if query.fits(item, self.settings))


def newest_first(postmortems: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """The order of lists: those without ``started`` come last, by id."""
    dated, undated = _parted(postmortems)
    return (*sorted(dated, key=_when, reverse=True), *undated)


def oldest_first(postmortems: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
    """The order of stories; here too those without ``started`` come last, by id."""
    dated, undated = _parted(postmortems)
    return (*sorted(dated, key=_when), *undated)


def _parted(postmortems: Iterable[Postmortem]) -> tuple[list[Postmortem], list[Postmortem]]:
    items = list(postmortems)
    undated = sorted((item for item in items if item.started is None), key=lambda item: item.id)
    return [item for item in items if item.started is not None], undated


def _when(item: Postmortem) -> tuple[datetime | None, str]:
    return item.started.sort_key if item.started else None, item.id


def load(
    root: Path,
    settings: Settings,
    *,
    use_cache: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
    examine: Examine | None = None,
) -> Library:
    """Reads the library at ``root``. ``workers`` = 1 reads serially; the result is the same.

    ``examine`` looks at each file once, when it is read; workers have to be able to import it.
    """
    cache_key = cache.key(settings.digest)
    known = cache.load(root, cache_key) if use_cache else {}
    records: dict[str, Record] = {}
    missing: list[str] = []
    for path in find(root):
        record = known.get(path)
        if record and (record.examined or not examine) and record.digest == _digest(root, path):
            records[path] = record
        else:
            missing.append(path)
    for record in _read_all(partial(_read, root, settings, examine), missing, workers, progress):
        records[record.path] = record
    changed = len(missing) + len(known.keys() - records.keys())
    if use_cache and changed * _WORTH_A_SAVE > len(records):
        cache.save(root, cache_key, (record for record in records.values() if record.digest))
    return Library(root, settings, tuple(records[path] for path in sorted(records)))


def find(root: Path) -> list[str]:
    """The paths of all postmortems, sorted, relative to the library, with ``/``."""
    found: list[str] = []
    for folder, folders, names in os.walk(root / INCIDENTS):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        relative = Path(folder).relative_to(root).as_posix()
        found.extend(
            f"{relative}/{name}"
            for name in names
            if name.endswith(".md") and not name.startswith(".") and name.lower() not in _NOT_INCIDENTS
        )
    return sorted(found)


def content(root: Path, path: str) -> bytes:
    """The bytes of a file. Raises ``OSError``.

    A link could bring a file of the machine into the site, so none is followed; a pipe would be waited for.
    """
    where = f"{root}{os.sep}{path}"  # thousands of these are asked for
    mode = os.lstat(where).st_mode
    if stat.S_ISLNK(mode):
        raise OSError(None, "it is a symbolic link")
    if not stat.S_ISREG(mode):
        raise OSError(None, "it is no ordinary file")
    with open(where, "rb") as stream:  # noqa: PTH123  # as above
        return stream.read(source.MAX_BYTES + 1)


def _digest(root: Path, path: str) -> str | None:
    try:
        return source.digest(content(root, path))
    except OSError:
        return None


def _read(root: Path, settings: Settings, examine: Examine | None, path: str) -> Record:
    try:
        data = content(root, path)
    except OSError as error:
        return unread(path, [source.unreadable(path, error)])
    return read(path, data, settings, examine)


Reader = Callable[[str], Record]


def _read_all(reader: Reader, missing: list[str], workers: int | None, progress: Progress | None) -> Iterator[Record]:
    count = workers if workers is not None else min(os.cpu_count() or 1, 8)
    records: Iterable[Record] = map(reader, missing)
    if count > 1 and len(missing) >= _WORTH_A_POOL:
        from afterword.pool import in_pool  # noqa: PLC0415  # a run from a warm cache starts no process

        records = in_pool(reader, missing, count, "afterword.record")
    for done, record in enumerate(records, 1):
        if progress:
            progress(done, len(missing))
        yield record
