"""Gathering: from the bytes of a library's ``budgets/`` to what they say of its incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from afterword.budgets import corrections, openslo, waivers
from afterword.budgets.history import History, counted, merge
from afterword.budgets.incidents.episodes import breaches
from afterword.budgets.incidents.impact import costs
from afterword.budgets.incidents.spans import Silent
from afterword.budgets.snapshot import Snapshot
from afterword.budgets.snapshots import store
from afterword.findings import Finding, Level
from afterword.model import Postmortem, Telemetry


def take(
    files: Mapping[str, bytes],
    packed: Mapping[str, bytes],
    postmortems: Sequence[Postmortem],
    at: datetime,
    environment: Mapping[str, str],
) -> tuple[Telemetry, tuple[Silent, ...], tuple[Finding, ...]]:
    """What snapshots say, where they say nothing, and those that cannot be read.

    ``files``: what ``budgets/`` says of objectives, maintenance and waivers; ``packed``: the snapshots. Both are bytes
    by their paths.
    """
    specs = openslo.read({path: data for path, data in files.items() if path.startswith("budgets/slos/")}, environment)
    fixes, _ = corrections.read(files.get(corrections.FILE, b"schema: 1\ncorrections: []\n"))
    waived, _ = waivers.read(files.get(waivers.FILE, b"schema: 1\nwaivers: []\n"))
    shots, findings = read(packed)
    history = as_defined(merge(shots), specs).without(fixes)
    told = costs(postmortems, history, specs.objectives, at)
    found = breaches(history, specs.objectives, postmortems, waived, at)
    return Telemetry(told.charges, found), told.silent, tuple(findings)


def as_defined(history: History, specs: openslo.Specs) -> History:
    """Only the tracks of objectives that still count what the snapshots counted."""
    defined = {item.id: counted(item) for item in specs.objectives}
    tracks = history.tracks.items()
    return History({key: track for key, track in tracks if defined.get(key) == counted(track.objective)})


def read(packed: Mapping[str, bytes]) -> tuple[list[Snapshot], list[Finding]]:
    """The snapshots of some files, and a finding for each that cannot be relied on."""
    shots: list[Snapshot] = []
    findings: list[Finding] = []
    for path, data in packed.items():
        try:
            shots.append(store.loads(data, path))
        except store.SnapshotError as error:
            message = error.message.removeprefix(f"{path}: ")
            text = f"the file {message}"
            findings.append(Finding("AW001", "unreadable-file", Level.ERROR, text, path, hint=error.hint))
    return shots, findings
