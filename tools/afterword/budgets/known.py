"""Known: the objectives and maintenance of a library, remembered by the bytes that they were read from.

Who asks a server now waits for it; the readers of OpenSLO and of its schema take as long again to import. So what was
read without a finding is kept below ``.cache/afterword``, under a key of all that it follows from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from afterword.budgets import corrections, definition, inspection, memory
from afterword.budgets.corrections import Corrections
from afterword.budgets.objective import Objective
from afterword.errors import AfterwordError
from afterword.findings import Finding, Span

NAME = "objectives"


@dataclass(frozen=True, slots=True)
class Known:
    """Objectives in the order of their ids, maintenance, and what keeps budgets from being judged."""

    objectives: tuple[Objective, ...]
    corrections: Corrections
    faults: tuple[Finding, ...] = ()


def load(root: Path, environment: Mapping[str, str], services: Collection[str], *, use_cache: bool = True) -> Known:
    """What a library measures. Never raises for content."""
    files = inspection.read(root) if use_cache else {}
    whole = {path: data for path, data in files.items() if data is not None}
    wanted = memory.key(inspection.parts(files, environment, services)) if whole and whole == files else None
    if wanted and (known := _recalled(memory.recall(root, NAME, wanted), whole)) is not None:
        return known
    from afterword.budgets import catalog  # noqa: PLC0415  # what is remembered needs no reader

    found = catalog.load(root, environment, services)
    if wanted and not found.findings and all(map(_is_whole, found.objectives)):
        facts = [[definition.dump(item), item.path, _numbers(item.span)] for item in found.objectives]
        memory.remember(root, NAME, {"key": wanted, "objectives": facts})
    return Known(found.objectives, found.corrections, found.judging)


def _recalled(known: dict[str, Any] | None, files: Mapping[str, bytes]) -> Known | None:
    if known is None:
        return None
    try:
        objectives = tuple(
            replace(definition.load(facts), path=str(path), span=Span(*map(int, numbers)))
            for facts, path, numbers in known["objectives"]
        )
    except (AfterwordError, KeyError, TypeError, ValueError):
        return None
    data = files.get(corrections.FILE)
    held, faults = corrections.read(data, judged=True) if data is not None else (corrections.NONE, [])
    return None if faults else Known(objectives, held)


def _is_whole(objective: Objective) -> bool:
    """Whether its definition says all; an address may hold a password that the environment filled in."""
    bare = objective.source is None or objective.source.url is None
    return bare and definition.load(definition.dump(objective)) == objective


def _numbers(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
