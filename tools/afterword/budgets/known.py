"""Known: the objectives and maintenance of a library, remembered by the bytes that they were read from.

Who asks a server now waits for it; the readers of OpenSLO and of its schema take as long again to import. So what was
read without a finding is kept below ``.cache/afterword``, under a key of all that it follows from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword.budgets import corrections, definition, inspection, memory
from afterword.budgets.corrections import Corrections
from afterword.budgets.objective import Objective
from afterword.errors import AfterwordError
from afterword.findings import Finding, Span

if TYPE_CHECKING:
    from afterword.budgets.catalog import Catalog

NAME, ALONE = "known", "objectives"


@dataclass(frozen=True, slots=True)
class Known:
    """Objectives in the order of their ids, maintenance, and what keeps budgets from being judged."""

    objectives: tuple[Objective, ...]
    corrections: Corrections
    faults: tuple[Finding, ...] = ()


def load(root: Path, environment: Mapping[str, str], services: Collection[str], *, use_cache: bool = True) -> Known:
    """What a library measures. Never raises for content."""
    files, wanted = _key(root, environment, services, use_cache=use_cache)
    if wanted and (known := _recalled(memory.recall(root, NAME, wanted), files)) is not None:
        return known
    from afterword.budgets import catalog  # noqa: PLC0415  # what is remembered needs no reader

    found = catalog.load(root, environment, services)
    if wanted:
        _remember(root, NAME, wanted, found)
    return Known(found.objectives, found.corrections, found.judging)


def objectives(root: Path, environment: Mapping[str, str], *, use_cache: bool = True) -> Known:
    """The objectives alone, whatever their services and the files beside them. Never raises for content."""
    _, wanted = _key(root, environment, (), use_cache=use_cache)
    if wanted and (known := _recalled(memory.recall(root, ALONE, wanted), {})) is not None:
        return known
    from afterword.budgets import catalog  # noqa: PLC0415  # the same

    found = catalog.objectives(root, environment)
    if wanted:
        _remember(root, ALONE, wanted, found)
    return Known(found.objectives, found.corrections, found.errors)


def _key(
    root: Path, environment: Mapping[str, str], services: Collection[str], *, use_cache: bool
) -> tuple[dict[str, bytes], str | None]:
    """The files, and the key of what follows from them; none where that may change unseen."""
    files = inspection.read(root) if use_cache else {}
    whole = {path: data for path, data in files.items() if data is not None}
    return whole, memory.key(inspection.parts(files, environment, services)) if whole and whole == files else None


def _remember(root: Path, name: str, wanted: str, found: Catalog) -> None:
    """Keeps what was read, if nothing is wrong with it and it can be told in full."""
    if not found.findings and all(map(_is_whole, found.objectives)):
        facts = [[definition.dump(item), item.path, _numbers(item.span)] for item in found.objectives]
        memory.remember(root, name, {"key": wanted, "objectives": facts})


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
