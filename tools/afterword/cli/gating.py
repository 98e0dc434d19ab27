"""Gating: from options and environment to what a gate judges by: a snapshot, a server, or nothing but an address."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli.world import World
from afterword.errors import AfterwordError, LibraryNotFoundError, SettingsError

if TYPE_CHECKING:
    from afterword.budgets.gate import Evidence, OpenIncident
    from afterword.budgets.gate.policy import Policy
    from afterword.budgets.memory import Sound
    from afterword.library import Library

URL, POLICY = "PROMETHEUS_URL", "policy"


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
    """What there is to judge, as of ``now``.

    ``root`` is ``None`` without a library, ``listed`` tells whether approvers have to be listed in the policy.
    """

    evidence: Evidence
    policy: Policy
    now: datetime
    root: Path | None
    listed: bool


def gather(world: World, asked: Asked) -> Case:
    """The case. Whatever keeps anybody from judging is a fault in its evidence, so that a rollback still passes."""
    from afterword.budgets import gate  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate import policy  # noqa: PLC0415  # --help must not wait for it

    try:
        return _gathered(world, asked)
    except click.ClickException:  # a mistyped option is refused
        raise
    except AfterwordError as error:
        fault = sentence(error)
    except OSError as error:
        fault = f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}"
    except Exception as error:  # noqa: BLE001  # a fault of ours must not keep anybody from rolling back
        if os.environ.get("AFTERWORD_DEBUG"):
            traceback.print_exc()
        fault = f"afterword itself failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return Case(gate.Evidence(faults=(fault,)), policy.DEFAULT, _now(), _found_root(world), listed=True)


def _gathered(world: World, asked: Asked) -> Case:
    from afterword.budgets import memory  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate import standalone  # noqa: PLC0415  # --help must not wait for it

    root = _root(world, asked)
    sound = memory.Sound(None if world.no_cache else root)
    policy, listed = _policy(root, asked, sound)
    policy = replace(policy, thresholds=standalone.thresholds(os.environ, policy.thresholds))
    if asked.max_age is not None:
        policy = replace(policy, max_age=asked.max_age)
    now = world.clock if root is not None or world.as_of else _now()
    evidence = _evidence(world, root, asked, policy, now, sound)
    if root is not None:
        evidence = _with_incidents(world, evidence, policy)
    faults = (*evidence.faults, *_unknown_service(world, root, asked, evidence))
    remarks = (*_remarks(world, root, asked, now), *evidence.warnings)
    return Case(replace(evidence, faults=faults, warnings=remarks), policy, now, root, listed)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _root(world: World, asked: Asked) -> Path | None:
    try:
        return world.root
    except LibraryNotFoundError as error:
        if world.library is not None:
            raise
        if asked.snapshot or asked.url or os.environ.get(URL, "").strip():
            return None
        hint = f"Change into a library, name a published one by --snapshot and --policy, or a server by --url or {URL}."
        raise LibraryNotFoundError(error.message, hint) from error


def _found_root(world: World) -> Path | None:
    """The library's folder, where records of overrides go even if nothing else in it can be read."""
    try:
        return world.root
    except (AfterwordError, OSError):
        return None


def _remarks(world: World, root: Path | None, asked: Asked, now: datetime) -> Iterator[str]:
    """What a reader of the verdict has to know about how it came about."""
    from afterword.budgets.gate import standalone  # noqa: PLC0415  # --help must not wait for it

    if world.as_of:
        yield f"judged as of {now:%Y-%m-%d %H:%M:%S} UTC, as --as-of or AFTERWORD_AS_OF says"
    elif root is not None and world.settings.as_of is not None:
        yield f"judged as of {now:%Y-%m-%d %H:%M:%S} UTC, the fixed clock of afterword.yml"
    if given := standalone.given(os.environ):
        yield f"{' and '.join(given)} of the environment {'comes' if len(given) == 1 else 'come'} before the policy"
    if root is None and asked.snapshot is None:
        yield f"there is no library here, so that {standalone.METRIC} is judged, by the settings of the environment"
    else:
        if root is None and asked.policy is None:
            yield "no policy was given, so that the usual one holds: give the library's with --policy"
        ignored = [name for name in (standalone.TARGET, standalone.WINDOW) if os.environ.get(name, "").strip()]
        yield from (f"{name} is not used: the objectives say their own" for name in ignored)


def _policy(root: Path | None, asked: Asked, sound: Sound) -> tuple[Policy, bool]:
    """The policy, and whether approvers have to be in it. Raises ``AfterwordError`` for one at fault."""
    from afterword.budgets.gate import policy  # noqa: PLC0415  # --help must not wait for it

    if asked.policy is not None:
        from afterword.budgets.network import remote  # noqa: PLC0415  # the network is imported only when it is asked

        try:
            data, name = remote.fetch(asked.policy, os.environ), shown(asked.policy)
        except OSError as error:
            raise AfterwordError(f"{asked.policy} cannot be read: {error.strerror or error}") from error
    elif root is not None:
        other = root / policy.FILE.replace(".yml", ".yaml")
        if other.exists():
            raise AfterwordError(f"{other} is not read", f"Rename it to {policy.FILE}.")
        if not os.path.lexists(root / policy.FILE):
            return policy.DEFAULT, True
        data, name = (root / policy.FILE).read_bytes(), policy.FILE
    else:
        return policy.DEFAULT, False
    found, faults = policy.read(data, name, judged=sound.holds(POLICY, data))
    if faults:
        first = faults[0]
        raise SettingsError(f"{first.path}:{first.span.line}:{first.span.column}: {first.message}", first.hint)
    sound.note(POLICY, data)
    return found, True


def shown(place: str) -> str:
    """A path as it is, an address without what must not be shown."""
    from afterword.budgets.network import endpoint  # noqa: PLC0415  # --help must not wait for it

    return endpoint.shown(place) if endpoint.is_url(place) else place


def sentence(error: AfterwordError) -> str:
    """What is wrong, and what to do about it."""
    return f"{error.message}. {error.hint}" if error.hint else error.message


def _evidence(  # all of them are what it is gathered from
    world: World, root: Path | None, asked: Asked, policy: Policy, now: datetime, sound: Sound
) -> Evidence:
    if asked.snapshot is None and (root is None or _is_live(root, asked)):
        from afterword.cli import gating_live  # noqa: PLC0415  # a snapshot needs no network

        if root is None:
            return gating_live.bare(asked, policy, now)
        return gating_live.measured(world, root, asked, policy, now)
    from afterword.cli.gating_recorded import recorded  # noqa: PLC0415  # --help must not wait for it

    return recorded(root, asked.snapshot, policy, now, sound, asked.service)


def _is_live(root: Path, asked: Asked) -> bool:
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    if asked.live or asked.url is not None:
        return True
    return not store.names(root) and bool(os.environ.get(URL, "").strip())


def _unknown_service(world: World, root: Path | None, asked: Asked, evidence: Evidence) -> Iterator[str]:
    """A service that neither the library nor an objective knows may be mistyped."""
    names = {item.objective.service for item in evidence.budgets}
    names |= set(world.settings.services) if root is not None else set()
    if asked.service is None or asked.service in names or (evidence.faults and root is None):
        return
    from difflib import get_close_matches  # noqa: PLC0415  # only a mistyped name needs it

    near = get_close_matches(asked.service, sorted(names), 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(names)) or 'none'}"
    yield f"there is no service “{asked.service[:80]}”; {hint}"


def _unsure(library: Library) -> Iterator[str]:
    """Which files may be of an incident that is not over. One named undated is an old report, and says so."""
    for record in library.rejected:
        yield f"{record.path} cannot be read, and may be an incident that is not over"
    for item in library.postmortems:
        over = item.resolved is not None or "resolved" in item.unknown or item.id.startswith("undated-")
        if item.started is None and not over and item.is_internal and item.kind == "incident":
            yield f"{item.path} does not say when it started, and may be an incident that is not over"


def _with_incidents(world: World, evidence: Evidence, policy: Policy) -> Evidence:
    """With the incidents that are not over. Other files may be of such ones, too."""
    from afterword.budgets.gate import OpenIncident  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate.policy import OpenIncidents  # noqa: PLC0415  # the same

    library = world.load()
    found: tuple[OpenIncident, ...] = tuple(
        OpenIncident(item.id, item.title, item.services, item.started.text)
        for item in library.postmortems
        if item.is_ongoing and item.started
    )
    unsure = tuple(_unsure(library))
    if policy.open_incidents is OpenIncidents.BLOCK:
        return replace(evidence, open_incidents=found, faults=(*evidence.faults, *unsure))
    return replace(evidence, open_incidents=found, warnings=(*evidence.warnings, *unsure))
