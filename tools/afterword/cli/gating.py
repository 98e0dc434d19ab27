"""Gating: from options and environment to what a gate judges by: a snapshot, a server, or nothing but an address."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from afterword.cli.world import World
from afterword.errors import AfterwordError, LibraryNotFoundError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from afterword.budgets.catalog import Catalog
    from afterword.budgets.corrections import Corrections
    from afterword.budgets.gate import Evidence, OpenIncident
    from afterword.budgets.objective import Objective
    from afterword.budgets.policy import Policy
    from afterword.budgets.prometheus import Live
    from afterword.budgets.snapshot import Snapshot
    from afterword.findings import Finding

URL = "PROMETHEUS_URL"


@dataclass(frozen=True, slots=True)
class Asked:
    """The options. ``service`` is ``None`` for all; ``max_age`` in seconds, over that of the policy."""

    service: str | None = None
    live: bool = False
    url: str | None = None
    snapshot: str | None = None
    policy: str | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What there is to judge: ``root`` is ``None`` without a library, ``listed`` tells whether a policy was given."""

    evidence: Evidence
    policy: Policy
    root: Path | None
    listed: bool


def gather(world: World, asked: Asked) -> Case:
    """The case. Raises ``AfterwordError`` for options and settings that cannot be used; faults of data are in it."""
    root = _root(world, asked)
    policy, listed = _policy(root, asked)
    from afterword.budgets import standalone  # noqa: PLC0415  # --help must not wait for it

    policy = replace(policy, thresholds=standalone.thresholds(os.environ, policy.thresholds))
    if asked.max_age is not None:
        policy = replace(policy, max_age=asked.max_age)
    evidence = _evidence(world, root, asked, policy)
    return Case(replace(evidence, warnings=(*_remarks(world, root), *evidence.warnings)), policy, root, listed)


def _root(world: World, asked: Asked) -> Path | None:
    try:
        return world.root
    except LibraryNotFoundError:
        if world.library is not None:
            raise
        if asked.snapshot or asked.url or os.environ.get(URL, "").strip():
            return None
        raise


def _clock(world: World, root: Path | None) -> datetime:
    if root is not None or world.as_of is None:
        return world.clock if root is not None else datetime.now(UTC).replace(microsecond=0)
    from afterword.timing import parse_as_of  # noqa: PLC0415  # --help must not wait for it

    found = parse_as_of(world.as_of)
    if found is None:
        raise AfterwordError(f"--as-of “{world.as_of}” is no date and no time", "For example 2026-03-04T09:12:00Z.")
    return found


def _remarks(world: World, root: Path | None) -> tuple[str, ...]:
    """What a reader of the verdict has to know about how it came about."""
    found: list[str] = []
    if root is not None and world.as_of is None and world.settings.as_of is not None:
        found.append(f"judged as of {world.clock:%Y-%m-%d %H:%M:%S} UTC, the fixed clock of afterword.yml")
    if root is not None:
        from afterword.budgets.standalone import TARGET, WINDOW  # noqa: PLC0415  # --help must not wait for it

        found += [
            f"{name} is not used: the objectives of this library say their own"
            for name in (TARGET, WINDOW)
            if os.environ.get(name, "").strip()
        ]
    return tuple(found)


def _policy(root: Path | None, asked: Asked) -> tuple[Policy, bool]:
    """The policy, and whether there is one at all. Raises ``AfterwordError`` for one at fault."""
    from afterword.budgets import policy, remote  # noqa: PLC0415  # --help must not wait for it

    if asked.policy is not None:
        try:
            data, name = remote.fetch(asked.policy, os.environ), _shown(asked.policy)
        except OSError as error:
            raise AfterwordError(f"{asked.policy} cannot be read: {error.strerror or error}") from error
    elif root is not None and (root / policy.FILE).exists():
        data, name = (root / policy.FILE).read_bytes(), policy.FILE
    else:
        return policy.DEFAULT, root is not None
    found, faults = policy.read(data, name)
    if faults:
        first = faults[0]
        place = f"{first.path}:{first.span.line}:{first.span.column}"
        raise SettingsError(f"{place}: {first.message}", first.hint)
    return found, True


def _shown(place: str) -> str:
    from afterword.budgets import endpoint, remote  # noqa: PLC0415  # --help must not wait for it

    return endpoint.shown(place) if remote.is_url(place) else place


def _evidence(world: World, root: Path | None, asked: Asked, policy: Policy) -> Evidence:
    from afterword.budgets import store  # noqa: PLC0415  # --help must not wait for it

    now = _clock(world, root)
    if root is None and asked.snapshot is None:
        return _bare(asked, policy, now)
    live = asked.live or asked.url is not None
    if asked.snapshot is None and not live and root is not None and not store.names(root):
        live = bool(os.environ.get(URL, "").strip())
    incidents = _open_incidents(world) if root is not None else ()
    if live and root is not None and asked.snapshot is None:
        found = _measured(world, root, asked, policy, now)
    else:
        found = _recorded(root, asked, policy, now)
    return replace(found, open_incidents=incidents)


def _recorded(root: Path | None, asked: Asked, policy: Policy, now: datetime) -> Evidence:
    """From a snapshot: the newest of the library, or the one that was named."""
    from afterword.budgets import gate, remote, store  # noqa: PLC0415  # --help must not wait for it

    try:
        if asked.snapshot is not None:
            name = _shown(asked.snapshot)
            snapshot = store.loads(remote.fetch(asked.snapshot, os.environ), name)
        else:
            names = store.names(root) if root is not None else ()
            if root is None or not names:
                return gate.Evidence(
                    faults=("there is no snapshot: take one with `afterword budget snapshot`, or ask with --live",)
                )
            name = f"{store.FOLDER}/{names[-1]}"
            snapshot = store.load(root / name)
    except AfterwordError as error:
        return gate.Evidence(source=asked.snapshot or "", faults=(_sentence(error),))
    except OSError as error:
        return gate.Evidence(faults=(f"{asked.snapshot} cannot be read: {error.strerror or error}",))
    faults = [fault] if (fault := gate.stale(snapshot, now, policy.max_age)) else []
    catalog = _catalog_unless_same(root, snapshot) if root is not None and asked.snapshot is None else None
    if catalog is not None:
        faults += [_finding(item) for item in catalog.errors]
        faults += gate.changed(snapshot, catalog.objectives)
        snapshot = _without_gone(snapshot, catalog.objectives)
    corrections, more = _corrections(root)
    return _judged(snapshot, policy, corrections, f"snapshot {name}", (*faults, *more))


def _catalog_unless_same(root: Path, snapshot: Snapshot) -> Catalog | None:
    """The library's objectives, where they may differ from those of the snapshot: reading them takes a while."""
    from afterword.budgets import specs  # noqa: PLC0415  # --help must not wait for it

    if snapshot.specs is not None and snapshot.specs == specs.digest(root):
        return None
    from afterword.budgets import catalog  # noqa: PLC0415  # the same

    return catalog.load(root, os.environ)


def _without_gone(snapshot: Snapshot, objectives: Sequence[Objective]) -> Snapshot:
    """Without the objectives that the library no longer has."""
    known = {item.id for item in objectives}
    kept = tuple(item for item in snapshot.measurements if item.objective.id in known)
    return replace(snapshot, measurements=kept)


def _measured(world: World, root: Path, asked: Asked, policy: Policy, now: datetime) -> Evidence:
    """From servers, now, for the objectives of the library."""
    from afterword.budgets import capture, catalog, gate  # noqa: PLC0415  # --help must not wait for it

    known = catalog.load(root, os.environ, services=tuple(world.settings.services))
    chosen = [item for item in known.objectives if asked.service is None or item.service == asked.service]
    faults = tuple(_finding(item) for item in known.errors)
    if not chosen:
        return gate.Evidence(faults=faults)
    held = any(known.corrections.intervals(item, item.window.span(now).start, now) for item in chosen)
    try:
        grid = capture.grid(now, capture.days_for(chosen, now) if held else 0)
        snapshot = capture.take(_server(asked), chosen, now, grid, now)
    except AfterwordError as error:
        return gate.Evidence(faults=(*faults, _sentence(error)))
    return _judged(snapshot, policy, known.corrections, _live_source(snapshot), faults)


def _bare(asked: Asked, policy: Policy, now: datetime) -> Evidence:
    """From a server, now, without a library: the availability of a service by its counter of requests."""
    from afterword.budgets import capture, gate, standalone  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.corrections import NONE  # noqa: PLC0415  # the same

    server, found = _server(asked), None
    for label in standalone.LABELS:
        objective = standalone.objective(os.environ, asked.service, label)
        try:
            snapshot = capture.take(server, [objective], now, capture.grid(now, 0), now)
        except AfterwordError as error:
            return gate.Evidence(faults=(_sentence(error),))
        found = _judged(snapshot, policy, NONE, _live_source(snapshot), ())
        if any(item.own is not None or item.error for item in snapshot.measurements):
            return found
    where = f" with service=“{asked.service}”" if asked.service else ""
    fault = f"there is no {standalone.METRIC}{where} with a label {' or '.join(standalone.LABELS)} in the window"
    return replace(found, faults=(fault,)) if found is not None else gate.Evidence(faults=(fault,))


def _server(asked: Asked) -> Live:
    from afterword.budgets.prometheus import Live  # noqa: PLC0415  # --help must not wait for it

    return Live(
        url=asked.url or os.environ.get(URL, "").strip() or None,
        environment=os.environ,
        now=lambda: datetime.now(UTC),
        only=asked.url is not None,
        strict=True,
    )


def _live_source(snapshot: Snapshot) -> str:
    return f"{snapshot.source.flavour} at {snapshot.source.url}" if snapshot.source.url else snapshot.source.flavour


def _judged(
    snapshot: Snapshot, policy: Policy, corrections: Corrections, source: str, faults: tuple[str, ...]
) -> Evidence:
    from afterword.budgets import gate, judging  # noqa: PLC0415  # --help must not wait for it

    budgets = judging.all(snapshot, policy.thresholds, corrections)
    return gate.Evidence(budgets, snapshot.at, snapshot.captured_at, source, faults, warnings=_warnings(snapshot))


def _warnings(snapshot: Snapshot) -> tuple[str, ...]:
    own = [f"{item.objective.id}: {text}" for item in snapshot.measurements for text in item.warnings]
    return (*snapshot.warnings, *own)


def _corrections(root: Path | None) -> tuple[Corrections, tuple[str, ...]]:
    from afterword.budgets import corrections  # noqa: PLC0415  # --help must not wait for it

    if root is None or not (root / corrections.FILE).exists():
        return corrections.NONE, ()
    found, faults = corrections.read((root / corrections.FILE).read_bytes())
    return found, tuple(_finding(item) for item in faults)


def _finding(item: Finding) -> str:
    return f"{item.path}:{item.span.line}:{item.span.column}: {item.message}"


def _sentence(error: AfterwordError) -> str:
    return f"{error.message}. {error.hint}" if error.hint else error.message


def _open_incidents(world: World) -> tuple[OpenIncident, ...]:
    from afterword.budgets.gate import OpenIncident  # noqa: PLC0415  # --help must not wait for it

    return tuple(
        OpenIncident(item.id, item.title, item.services, item.started.text)
        for item in world.load().postmortems
        if item.is_ongoing
    )
