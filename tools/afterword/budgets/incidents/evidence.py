"""Evidence: what the committed snapshots say of a library's incidents, and the memory of it.

Reading a year of snapshots takes a second, and ``afterword check`` runs at every save. So the answer is kept below
``.cache/afterword``, under a key of all that it follows from: the bytes in ``budgets/``, the times and services of
the postmortems, and the clock as far as the snapshots reach. Broken or foreign, it is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import afterword
from afterword import source
from afterword.budgets import specs
from afterword.budgets.incidents.spans import Silent, incidents
from afterword.budgets.snapshots import store
from afterword.files import write_atomically
from afterword.findings import Finding, Level, Span
from afterword.model import Breach, Charge, Postmortem, Telemetry

CACHE = Path(".cache") / "afterword" / "telemetry.json"
BESIDE = ("budgets/corrections.yml", "budgets/waivers.yml")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the snapshots say, where they say nothing and why, and the snapshots that cannot be read."""

    telemetry: Telemetry = field(default_factory=Telemetry)
    silent: tuple[Silent, ...] = ()
    findings: tuple[Finding, ...] = ()


def gather(
    root: Path,
    postmortems: Iterable[Postmortem],
    at: datetime,
    environment: Mapping[str, str],
    *,
    use_cache: bool = True,
) -> Evidence | None:
    """The evidence of a library as of ``at``; ``None`` for one without snapshots. Never raises for what they hold."""
    names = store.names(root)
    newest = store.instant_of(names[-1]) if names else None
    if newest is None:
        return None
    now = min(at.astimezone(UTC), newest)
    own = tuple(postmortems)
    files = dict(_files(root))
    packed = {f"{store.FOLDER}/{name}": data for name in names if (data := _bytes(root, f"{store.FOLDER}/{name}"))}
    key = _key((files | packed), own, now)
    if use_cache and (known := _recall(root, key)) is not None:
        return known
    from afterword.budgets.incidents.gathering import take  # noqa: PLC0415  # what is remembered needs no arithmetic

    found = Evidence(*take(files, packed, own, now, environment))
    if use_cache:
        _remember(root, key, found)
    return found


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """What ``budgets/`` says of objectives, maintenance and waivers: by path, with ``/``."""
    for path in sorted([*specs.paths(root), *BESIDE]):
        data = _bytes(root, path)
        if data is not None:
            yield path, data


def _bytes(root: Path, path: str) -> bytes | None:
    """A file of the library; ``None`` for one that is not there, or leads out of it."""
    place = root / path
    try:
        return None if specs.leads_out(root, place) or not place.is_file() else place.read_bytes()
    except OSError:
        return None


def _key(files: Mapping[str, bytes], postmortems: Sequence[Postmortem], at: datetime) -> str:
    hasher = hashlib.sha256(f"{afterword.__version__}\0{at.isoformat()}\0".encode())
    engine = Path(afterword.__file__).parent / "budgets"
    for module in sorted(engine.rglob("*.py")):
        stat = module.stat()  # an edited checkout does not trust yesterday's answer
        hasher.update(f"{module.relative_to(engine).as_posix()} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    for path in sorted(files):
        hasher.update(f"{path} {source.digest(files[path])}\0".encode())
    for item in incidents(postmortems):
        hasher.update(f"{item!r}\0".encode())
    return hasher.hexdigest()


def _recall(root: Path, key: str) -> Evidence | None:
    try:
        known: dict[str, Any] = json.loads((root / CACHE).read_bytes())
        return _unpacked(known) if known["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _remember(root: Path, key: str, found: Evidence) -> None:
    """An unwritable cache is no error: the next run is slower."""
    packed = {
        "key": key,
        "charges": [asdict(item) for item in found.telemetry.charges],
        "breaches": [asdict(item) for item in found.telemetry.breaches],
        "silent": [asdict(item) for item in found.silent],
        "findings": [asdict(item) for item in found.findings],
    }
    try:
        (root / CACHE).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / CACHE, json.dumps(packed, default=datetime.isoformat).encode(), sync=False)
    except OSError:
        return


def _unpacked(known: dict[str, Any]) -> Evidence:
    charges = tuple(Charge(**item) for item in known["charges"])
    breached = tuple(
        Breach(
            **item
            | {"start": datetime.fromisoformat(item["start"]), "end": datetime.fromisoformat(item["end"])}
            | {"explained_by": tuple(item["explained_by"]), "span": Span(**item["span"])}
        )
        for item in known["breaches"]
    )
    findings = tuple(Finding(**item | {"level": Level(item["level"]), "span": Span(**item["span"])})
                     for item in known["findings"])  # fmt: skip
    return Evidence(Telemetry(charges, breached), tuple(Silent(**item) for item in known["silent"]), findings)
