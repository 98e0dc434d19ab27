"""Checking: what the reader found and what the rules find, less what is silenced with a reason."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from afterword import confidentiality, silencing
from afterword import library as reading
from afterword import record as records
from afterword.confidentiality import Hit, Mask
from afterword.errors import AfterwordError
from afterword.findings import Finding, Level, Span, bounded, in_order
from afterword.library import Library, Progress
from afterword.links.outcome import Outcome
from afterword.model import Postmortem, Telemetry, id_of
from afterword.prose import Passage
from afterword.record import Examine, Record
from afterword.rules import RULES
from afterword.rules.base import Context, File, Rule
from afterword.rules.structure.suppression import RULE as SUPPRESSION
from afterword.selection import choose
from afterword.settings import Settings
from afterword.source import Source, decode, digest


@dataclass(frozen=True, slots=True)
class Report:
    """What a check has to say. ``files`` counts the files reported on, ``suppressed`` the silenced findings.

    ``masks``: by path, where text stands that no reporter may show.
    """

    as_of: datetime
    findings: tuple[Finding, ...]
    files: int
    suppressed: int = 0
    masks: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def count(self, level: Level) -> int:
        """How many findings have a level."""
        return sum(finding.level is level for finding in self.findings)

    def fails(self, at: Level = Level.ERROR) -> bool:
        """Whether a finding weighs as much as ``at`` or more."""
        return any(finding.level.at_least(at) for finding in self.findings)

    def of(self, path: str) -> tuple[Finding, ...]:
        """The findings of one file."""
        return tuple(finding for finding in self.findings if finding.path == path)


def load(
    root: Path,
    settings: Settings,
    *,
    use_cache: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Library:
    """A library that can be checked: each file is looked at by the rules that need no other when it is read."""
    return reading.load(
        root, settings, use_cache=use_cache, workers=workers, progress=progress, examine=examiner(settings)
    )


def read(path: str, data: bytes, settings: Settings) -> Record:
    """The record of a file's bytes that can be checked."""
    return records.read(path, data, settings, examiner(settings))


def errors(path: str, data: bytes, settings: Settings) -> tuple[Finding, ...]:
    """The errors of one file by itself, without asking the rules that never find any."""
    record = records.read(path, data, settings, partial(_examine, settings, rules=_GRAVE))
    return tuple(finding for finding in record.findings if finding.level is Level.ERROR)


def examiner(settings: Settings) -> Examine:
    """What the rules of one file find in it, for who reads the library."""
    return partial(_examine, settings)


def _examine(
    settings: Settings,
    source: Source,
    passages: tuple[Passage, ...],
    hits: tuple[Hit, ...],
    postmortem: Postmortem | None,
    rules: Collection[Rule] | None = None,
) -> list[Finding]:
    """What the rules of one file find, or some. It runs where the file is read, often in another process."""
    file = File(source, passages, hits, settings)
    found: list[Finding] = []
    for rule in _ALONE if rules is None else rules:
        if rule.scan:
            found += rule.scan(file)
        if rule.check and postmortem:
            found += rule.check(postmortem, file)
    return found


_ALONE = tuple(rule for rule in RULES.values() if rule.check or rule.scan)
_GRAVE = tuple(rule for rule in _ALONE if rule.level is Level.ERROR)


def check(  # noqa: PLR0913  # each is one thing that a caller may narrow or add, by its name
    library: Library,
    as_of: datetime,
    *,
    paths: Collection[str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    exists: Callable[[str], bool] | None = None,
    telemetry: Telemetry | None = None,
    beside: Collection[Finding] = (),
    outcomes: Mapping[str, Outcome] | None = None,
    others: Collection[str] = (),
) -> Report:
    """Judges a library as of an instant.

    ``paths`` (files or folders of the library, with ``/``) restricts the report; rules still see all files.
    ``select`` and ``ignore`` take codes, beginnings of codes (``AW5``) and names. What keeps a file from being
    judged at all is always reported. ``exists`` tells whether a path of the library is on the disk; ``telemetry`` is
    what the committed snapshots say of incidents. ``others`` are the library's other files that were read, and
    ``beside`` is what their readers found; it is silenced by the settings alone.
    ``outcomes`` is what became of addresses on the web.
    Raises ``AfterwordError`` for a code or path that is not known.
    """
    chosen = choose(select, ignore)
    silencing.refuse_unknown(library.settings)
    wanted = None if paths is None else {path.strip("/").removeprefix("./") for path in paths}
    judged = _records(library, wanted, others)
    found_in = [path for path in others if wanted is None or _within(path, wanted)]
    context = Context(library, as_of, cache(exists or _on_disk(library)), telemetry, outcomes or {})
    active = tuple(rule for code, rule in RULES.items() if code in chosen and rule.compare)
    found: list[Finding] = []
    suppressed = 0
    for record in judged:
        kept, silent = _judge(record, context, active, chosen)
        found += kept
        suppressed += silent
    kept, silent = _overall(context, [item for item in beside if wanted is None or _within(item.path, wanted)], chosen,
                            rules=wanted is None)  # fmt: skip
    found += kept
    suppressed += silent
    masks = {record.path: record.masks for record in judged if not record.is_silent and record.masks}
    return Report(as_of, tuple(in_order(found)), len(judged) + len(found_in), suppressed, masks)


def _within(path: str, wanted: Collection[str]) -> bool:
    """Whether a file is one of those that are meant, or lies in a folder that is."""
    return any(item in ("", ".", path) or path.startswith(f"{item}/") for item in wanted)


def _on_disk(library: Library) -> Callable[[str], bool]:
    # not Path.exists: before Python 3.12 that raises for a name that is too long
    return lambda path: os.path.exists(library.root / path)  # noqa: PTH110


def _records(library: Library, wanted: Collection[str] | None, others: Collection[str]) -> tuple[Record, ...]:
    if wanted is None:
        return library.records
    known = library.paths | set(others)
    for path in wanted:
        if path not in known and not any(_within(item, (path,)) for item in known):
            raise AfterwordError(
                f"{path} is no postmortem of this library, nor a folder of some",
                "Postmortems lie below postmortems/incidents/ and end in .md.",
            )
    return tuple(record for record in library.records if _within(record.path, wanted))


def _judge(
    record: Record, context: Context, active: Iterable[Rule], chosen: frozenset[str]
) -> tuple[list[Finding], int]:
    """The findings of one file that are left, and how many were silenced."""
    if not record.examined:
        raise ValueError(f"{record.path} was read without the rules: load the library with checking.load")
    own = () if record.is_silent else record.findings
    if not record.accepted:  # judged by nobody: an error says why and is never hidden
        return [item for item in own if item.code in chosen or item.level is Level.ERROR], 0
    found = [item for item in own if item.code in chosen]
    for rule in active:
        if rule.compare and record.brief and rule.concerns(record, record.brief, context) and record.postmortem:
            found += _masked(bounded(rule.compare(record.postmortem, context)), record, context)
    suppressions = () if record.is_silent else record.suppressions
    if not suppressions and not context.settings.ignored:
        return found, 0
    silencers = {code for item in suppressions if item.reason and (code := silencing.silences(item))}
    kept = [item for item in found if not silencing.is_silenced(item, silencers, context.settings)]
    count = len(found) - len(kept)
    if SUPPRESSION.code in chosen and suppressions and record.postmortem:
        kept += _masked(bounded(silencing.remarks(record.postmortem, found, chosen)), record, context)
    return kept, count


def _masked(findings: Iterable[Finding], record: Record, context: Context) -> list[Finding]:
    """Findings without confidential text of their own file, nor of those that they name."""
    found: list[Finding] = []
    for finding in findings:
        told = f"{finding.message} {finding.hint}"
        named = [context.library.record(name) for name in _NAME.findall(told)]
        named += [other for name, other in context.once(_oddly_named) if name in told]
        shown = finding
        for other in (record, *named):
            if other and not other.is_silent and other.masks:
                shown = _without(shown, other, context)
        found.append(shown)
    return found


_NAME = re.compile(r"\b\w+(?:-\w+)+")


def _oddly_named(context: Context) -> tuple[tuple[str, Record], ...]:
    """Files with something confidential whose names are not found as words with hyphens, as in drafts."""
    named = ((name, record) for record in context.library.records for name in (id_of(record.path), *record.aliases))
    return tuple((name, record) for name, record in named if not _NAME.fullmatch(name) and record.masks)


def _without(finding: Finding, record: Record, context: Context) -> Finding:
    """Without the confidential text of a file. Where that cannot be read again, with nothing that is quoted."""
    try:
        data = reading.content(context.library.root, record.path)
    except OSError:
        data = b""
    source = decode(record.path, data)[0] if digest(data) == record.digest else None
    if source is None:
        return replace(finding, message=RULES[finding.code].summary.rstrip("."), hint=None)
    return Mask.of(source, confidentiality.findings(source, context.settings)).finding(finding)


def _overall(
    context: Context, beside: Collection[Finding], chosen: frozenset[str], *, rules: bool
) -> tuple[list[Finding], int]:
    """What is found in the library as a whole and in its other files, and how much of it the settings silence."""
    active = [rule for code, rule in RULES.items() if code in chosen and rule.overall] if rules else []
    found = [finding for rule in active if rule.overall for finding in rule.overall(context)]
    found += [finding for finding in beside if finding.code in chosen or finding.code.startswith("AW0")]
    kept = [finding for finding in found if not silencing.is_silenced(finding, (), context.settings)]
    return kept, len(found) - len(kept)
