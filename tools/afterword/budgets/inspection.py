"""Inspection: what is wrong with the files of ``budgets/`` beside the snapshots, remembered by their bytes.

``afterword check`` runs at every save, and what reads objectives takes longer to import than all else that it does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from afterword.budgets import memory, specs
from afterword.findings import Finding, Level, Span

NAME = "budgets"
BESIDE = ("budgets/policy", "budgets/corrections", "budgets/waivers")
_VARIABLE = re.compile(rb"\$\{([A-Za-z_][A-Za-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Inspection:
    """The files that were read, by their paths with ``/``, and what is wrong with them."""

    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def inspect(
    root: Path, environment: Mapping[str, str], services: Collection[str], *, use_cache: bool = True
) -> Inspection:
    """What is wrong with the files; nothing in a library without any. Never raises for content."""
    found = read(root)
    if not found:
        return Inspection()
    whole = use_cache and None not in found.values()
    wanted = memory.key(parts(found, environment, services)) if whole else ""
    if whole and (known := _recalled(memory.recall(root, NAME, wanted))) is not None:
        return known
    from afterword.budgets import catalog  # noqa: PLC0415  # what is remembered needs no reader

    loaded = catalog.load(root, environment, services)
    if whole:
        findings = [asdict(item) for item in loaded.findings]
        memory.remember(root, NAME, {"key": wanted, "files": loaded.files, "findings": findings})
    return Inspection(loaded.files, loaded.findings)


def read(root: Path) -> dict[str, bytes | None]:
    """The bytes of each file, by its path with ``/``; ``None`` for a link, and for what cannot be read."""
    return dict(_bytes(root))


def _bytes(root: Path) -> Iterator[tuple[str, bytes | None]]:
    """``None`` for what may change unseen."""
    beside = [f"{name}{suffix}" for name in BESIDE for suffix in specs.SUFFIXES]
    for path in (*specs.paths(root), *(path for path in beside if os.path.lexists(root / path))):
        place = root / path
        try:
            yield path, None if place.is_symlink() else place.read_bytes()
        except OSError:
            yield path, None


def parts(
    found: Mapping[str, bytes | None], environment: Mapping[str, str], services: Collection[str]
) -> Iterator[bytes]:
    """All that the findings follow from: files, the variables that they name, and the library's services."""
    for path, data in sorted(found.items()):
        yield path.encode("utf-8", "surrogateescape")
        yield data or b""
    names = {name.decode() for data in found.values() for name in _VARIABLE.findall(data or b"")}
    for name in sorted(names):
        yield f"{name}={environment.get(name)}".encode("utf-8", "surrogateescape")
    for name in sorted(services):
        yield name.encode()


def _recalled(known: dict[str, Any] | None) -> Inspection | None:
    if known is None:
        return None
    try:
        findings = tuple(
            Finding(**item | {"level": Level(item["level"]), "span": Span(**item["span"])})
            for item in known["findings"]
        )
        return Inspection(tuple(map(str, known["files"])), findings)
    except (KeyError, TypeError, ValueError):
        return None
