"""Catalog: all that a library's ``budgets/`` folder says beside its snapshots, and what is wrong with it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from afterword import confidentiality
from afterword.budgets import corrections, openslo, specs, waivers
from afterword.budgets.corrections import Corrections
from afterword.budgets.gate import policy
from afterword.budgets.gate.policy import Policy
from afterword.budgets.objective import Objective
from afterword.budgets.waivers import Waivers
from afterword.findings import START, Finding, Level, bounded, in_order
from afterword.source import decode


@dataclass(frozen=True, slots=True)
class Catalog:
    """Objectives in the order of their ids, and the files beside them; what is at fault is left out of each.

    ``files``: the paths that were read, with ``/``. ``findings`` name them.
    """

    objectives: tuple[Objective, ...] = ()
    policy: Policy = policy.DEFAULT
    corrections: Corrections = corrections.NONE
    waivers: Waivers = waivers.NONE
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of what cannot be used."""
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)

    @property
    def judging(self) -> tuple[Finding, ...]:
        """Those that keep budgets from being judged. A waiver excuses a breach, and no budget follows from it."""
        return tuple(finding for finding in self.errors if finding.path != waivers.FILE)


def objectives(root: Path, environment: Mapping[str, str]) -> Catalog:
    """The objectives alone, and what is wrong with their files. Never raises for content."""
    faults: list[Finding] = []
    texts = _specs(root, faults)
    read = openslo.read(texts, environment)
    ordered = tuple(sorted(read.objectives, key=lambda item: item.id))
    return Catalog(ordered, files=tuple(texts), findings=_told([*faults, *read.findings], texts))


def load(root: Path, environment: Mapping[str, str], services: Collection[str] | None = None) -> Catalog:
    """The catalog of the library at ``root``. Never raises for content; an unreadable file is a finding.

    ``services``: those that the library knows; with them an objective of another one is a finding.
    """
    faults: list[Finding] = []
    texts = _specs(root, faults)
    read = openslo.read(texts, environment, services)
    faults += read.findings
    whole = all(finding.level is not Level.ERROR for finding in faults)
    known = read.objectives if whole else None  # a name may be that of an objective that is left out

    def optional(path: str) -> bytes | None:
        faults.extend(_misnamed(root, path))
        data = _bytes(root, path, faults) if os.path.lexists(root / path) else None
        if data is not None:
            texts[path] = data
        return data

    ruled, held, waived = optional(policy.FILE), optional(corrections.FILE), optional(waivers.FILE)
    chosen, found = policy.read(ruled) if ruled is not None else (policy.DEFAULT, [])
    maintenance, more = corrections.read(held, objectives=known) if held is not None else (corrections.NONE, [])
    excused, last = waivers.read(waived, objectives=known) if waived is not None else (waivers.NONE, [])
    faults += [*found, *more, *last]
    ordered = tuple(sorted(read.objectives, key=lambda item: item.id))
    return Catalog(ordered, chosen, maintenance, excused, tuple(sorted(texts)), _told(faults, texts))


def _told(faults: Iterable[Finding], texts: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The findings as they may be shown: of each file no more than somebody reads, and no secret of any of them."""
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for fault in faults:
        by_path[fault.path].append(fault)
    if not by_path:
        return ()
    sources = (decode(path, data)[0] for path, data in texts.items())
    masks = [mask for source in sources if source and (mask := confidentiality.mask_of_secrets(source))]
    found = [fault for group in by_path.values() for fault in bounded(group)]
    for mask in masks:
        found = [mask.finding(fault) for fault in found]
    return tuple(in_order(found))


def _specs(root: Path, faults: list[Finding]) -> dict[str, bytes]:
    """The bytes of the files of objectives that can be read, by their paths."""
    return {path: data for path in specs.paths(root) if (data := _bytes(root, path, faults)) is not None}


def _misnamed(root: Path, path: str) -> Iterator[Finding]:
    """A file that nobody reads, because its name ends in another way."""
    other = path.removesuffix(".yml") + ".yaml"
    if os.path.lexists(root / other):
        message = f"{other} is not read: its name has to end in .yml"
        yield Finding("AW001", "unreadable-file", Level.ERROR, message, other, START, f"Rename it to {path}.")


def _bytes(root: Path, path: str, faults: list[Finding]) -> bytes | None:
    """A file's bytes; a finding for one that cannot be read."""
    place = root / path
    try:
        if specs.leads_out(root, place):
            raise OSError(None, "it leads out of the library")  # noqa: TRY301  # told like every other reason
        return place.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        faults.append(
            Finding("AW001", "unreadable-file", Level.ERROR, message, path, START, "Make it a readable file.")
        )
        return None
