"""Comparison: the scorecards of some files beside those of their former versions, judged by today's code and settings.

Former versions are judged in memory, as if they still lay in the library where they lay then.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from afterword import checking, source
from afterword.checking import Report
from afterword.library import Library
from afterword.model import Status, Telemetry
from afterword.record import Record
from afterword.scorecard.base import Scorecard
from afterword.scorecard.judge import scorecard

ROWS = 25
"""So many files get a scorecard: of more, those with the heaviest findings."""
_KEPT = 200
"""So many former versions are put back into the library; beyond, other files are judged beside today's."""


@dataclass(frozen=True, slots=True)
class Former:
    """A file as it was: its bytes, and its path then."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a commit: by today's path the former version, ``None`` for a new file; and what is gone.

    ``reference`` is the commit as the user named it. Paths are relative to the library.
    """

    reference: str
    files: Mapping[str, Former | None]
    deleted: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One file. ``card`` is ``None`` when it could not be read, ``before`` also when it is new."""

    path: str
    card: Scorecard | None
    status: Status | None = None
    before: Scorecard | None = None
    former: Former | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The files that are looked at, in the order of their paths. ``left_out`` counts those beyond ``ROWS``."""

    rows: tuple[Row, ...] = ()
    left_out: int = 0
    reference: str | None = None
    deleted: tuple[str, ...] = ()


def compare(
    library: Library,
    files: Collection[str],
    as_of: datetime,
    *,
    read: Callable[[str], bytes],
    changes: Changes | None = None,
    telemetry: Telemetry | None = None,
) -> Comparison:
    """The scorecards of ``files`` (paths of postmortems) and, with ``changes``, of what they were.

    ``read`` gives the bytes of a path of the library or raises ``OSError``. All rules count, whatever the user
    selected for the findings: a score does not rise because nobody looked.
    """
    records = {record.path: record for record in library.records if record.path in files}
    report = checking.check(library, as_of, paths=records, telemetry=telemetry)
    chosen = _heaviest(records, report)
    former = _former(library, chosen, changes, as_of, telemetry) if changes else {}
    rows = []
    for path in chosen:
        old = changes.files.get(path) if changes else None
        is_new = changes is not None and path in changes.files and old is None
        card = _card(library, records[path], report, _bytes(read, path))
        postmortem = records[path].postmortem
        status = postmortem.status if postmortem else None
        rows.append(Row(path, card, status, former.get(path), old, is_new))
    deleted = tuple(sorted(item.path for item in changes.deleted)) if changes else ()
    return Comparison(tuple(rows), len(records) - len(rows), changes.reference if changes else None, deleted)


def _heaviest(records: Mapping[str, Record], report: Report) -> list[str]:
    if len(records) <= ROWS:
        return sorted(records)
    worst = dict.fromkeys(records, 3)
    for finding in report.findings:
        worst[finding.path] = min(worst.get(finding.path, 3), finding.level.rank)
    return sorted(sorted(records, key=lambda path: (worst[path], path))[:ROWS])


def _former(
    library: Library, chosen: Collection[str], changes: Changes, as_of: datetime, telemetry: Telemetry | None
) -> dict[str, Scorecard]:
    """The cards of former versions, by today's path."""
    wanted = {path: item for path in chosen if (item := changes.files.get(path))}
    if not wanted:
        return {}
    kept = [*wanted.values(), *changes.deleted[:_KEPT]]
    old = {item.path: checking.read(item.path, item.data, library.settings) for item in kept}
    gone = old.keys() | {path for path in chosen if path in changes.files}
    rest = [record for record in library.records if record.path not in gone]
    then = replace(library, records=tuple(sorted([*rest, *old.values()], key=lambda record: record.path)))
    paths = {item.path for item in wanted.values()}
    report = checking.check(
        then,
        as_of,
        paths=paths,
        telemetry=telemetry,
        # what was renamed or deleted was there then
        exists=lambda path: path in old or os.path.exists(library.root / path),  # noqa: PTH110  # never raises
    )
    cards = {path: _card(then, old[item.path], report, item.data) for path, item in wanted.items()}
    return {path: card for path, card in cards.items() if card}


def _card(library: Library, record: Record, report: Report, data: bytes | None) -> Scorecard | None:
    postmortem = record.postmortem
    text = source.decode(record.path, data)[0] if data is not None else None
    if postmortem is None or text is None:
        return None
    return scorecard(postmortem, text, report.of(record.path), library.settings, report.as_of)


def _bytes(read: Callable[[str], bytes], path: str) -> bytes | None:
    try:
        return read(path)
    except OSError:
        return None
