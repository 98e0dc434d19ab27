"""Gating by a snapshot: the newest one of the library, or the one that was named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.cli.gating import sentence, shown
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from datetime import datetime

    from afterword.budgets.corrections import Corrections
    from afterword.budgets.gate import Evidence
    from afterword.budgets.gate.policy import Policy
    from afterword.budgets.memory import Sound
    from afterword.budgets.objective import Objective
    from afterword.budgets.snapshot import Snapshot
    from afterword.findings import Finding

CORRECTIONS = "corrections"


def recorded(
    root: Path | None, place: str | None, policy: Policy, now: datetime, sound: Sound, service: str | None = None
) -> Evidence:
    """What a snapshot says. ``place``: its path or URL. A snapshot that cannot be relied on is a fault.

    ``service``: the one that is asked for; what was changed of others is no fault then.
    """
    from afterword.budgets import gate  # noqa: PLC0415  # --help must not wait for it

    try:
        snapshot, name = _snapshot(root, place)
    except AfterwordError as error:
        return gate.Evidence(source=shown(place) if place else "", faults=(sentence(error),))
    except OSError as error:
        return gate.Evidence(faults=(f"{place} cannot be read: {error.strerror or error}",))
    faults = [fault] if (fault := gate.stale(snapshot, now, policy.max_age)) else []
    if root is not None:
        known, more = _objectives(root, snapshot, place)
        faults += more
        if known is not None:
            faults += gate.changed(snapshot, known, service)
            snapshot = _without_gone(snapshot, known)
    corrections, more = _corrections(root, sound)
    return judged(snapshot, policy, corrections, f"snapshot {name}", (*faults, *more))


def _snapshot(root: Path | None, place: str | None) -> tuple[Snapshot, str]:
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    if place is not None:
        from afterword.budgets.network import remote  # noqa: PLC0415  # the network is imported only when it is asked

        return store.received(remote.fetch(place, os.environ), shown(place)), shown(place)
    names = store.names(root) if root is not None else ()
    if root is None or not names:
        raise AfterwordError("there is no snapshot", "Take one with `afterword budget snapshot`, or ask with --live.")
    name = f"{store.FOLDER}/{names[-1]}"
    return store.loads((root / name).read_bytes(), name), name


def _objectives(
    root: Path, snapshot: Snapshot, place: str | None
) -> tuple[tuple[Objective, ...] | None, tuple[str, ...]]:
    """The library's objectives where they may differ from those of the snapshot: reading them takes a while."""
    from afterword.budgets import specs  # noqa: PLC0415  # --help must not wait for it

    if snapshot.specs is not None and snapshot.specs == specs.digest(root):
        return None, ()
    if place is not None and next(specs.paths(root), None) is None:  # a library that has none of its own
        return None, ()
    from afterword.budgets import catalog  # noqa: PLC0415  # the same

    known = catalog.objectives(root, os.environ)
    return known.objectives, tuple(located(item) for item in known.errors)


def _without_gone(snapshot: Snapshot, objectives: Sequence[Objective]) -> Snapshot:
    """Without the objectives that the library no longer has."""
    known = {item.id for item in objectives}
    kept = tuple(item for item in snapshot.measurements if item.objective.id in known)
    return replace(snapshot, measurements=kept)


def judged(
    snapshot: Snapshot, policy: Policy, corrections: Corrections, source: str, faults: tuple[str, ...]
) -> Evidence:
    """The budgets of a snapshot, and what its source warned of."""
    from afterword.budgets import gate, judging  # noqa: PLC0415  # --help must not wait for it

    budgets = judging.all(snapshot, policy.thresholds, corrections)
    own = [f"{item.objective.id}: {text}" for item in snapshot.measurements for text in item.warnings]
    warnings = (*snapshot.warnings, *own)
    return gate.Evidence(budgets, snapshot.at, snapshot.captured_at, source, faults, warnings=warnings)


def _corrections(root: Path | None, sound: Sound) -> tuple[Corrections, tuple[str, ...]]:
    from afterword.budgets import corrections  # noqa: PLC0415  # --help must not wait for it

    if root is None or not os.path.lexists(root / corrections.FILE):
        return corrections.NONE, ()
    data = (root / corrections.FILE).read_bytes()
    found, faults = corrections.read(data, judged=sound.holds(CORRECTIONS, data))
    if not faults:
        sound.note(CORRECTIONS, data)
    return found, tuple(located(item) for item in faults)


def located(item: Finding) -> str:
    """A finding with its place, on one line."""
    return f"{item.path}:{item.span.line}:{item.span.column}: {item.message}"
