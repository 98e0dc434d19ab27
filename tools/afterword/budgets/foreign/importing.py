"""Importing: specifications of other tools → files of objectives, each held against our own reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from afterword import yamltree
from afterword.budgets import openslo
from afterword.budgets.foreign import pyrra, sloth
from afterword.budgets.foreign.specification import Imported
from afterword.budgets.openslo.documents import trees
from afterword.errors import AfterwordError
from afterword.findings import Finding, Level


def convert(
    path: str, data: bytes, services: Collection[str] = (), service: str | None = None
) -> tuple[tuple[Imported, ...], tuple[str, ...]]:
    """The SLOs of a file of Sloth or Pyrra, and notes on what was left out.

    ``services``: the known ones; an SLO of any other gets a note.
    ``service``: the one that all shall have, whatever the file says.
    Raises ``AfterwordError`` for a file that is neither, and for an SLO that our own reader would refuse.
    """
    findings: list[Finding] = []
    made: list[Imported] = []
    notes: list[str] = []
    for _, node, _ in trees(path, data, findings):
        raw = yamltree.plain(node)
        if not isinstance(raw, dict):
            continue
        if sloth.speaks(raw):
            more, left = sloth.convert(raw, path, service)
        elif pyrra.speaks(raw):
            more, left = pyrra.convert(raw, path, services, service)
        else:
            said = raw.get("apiVersion") or raw.get("version") or "nothing"
            hint = "It is OpenSLO already: copy it to budgets/slos/." if said == "openslo/v1" else None
            raise AfterwordError(
                f"{path}:{node.span.line}: a document says it is “{said}”",
                hint or "Sloth (prometheus/v1, sloth.slok.dev/v1) and Pyrra (pyrra.dev/v1alpha1) can be imported.",
            )
        made += more
        notes += left
    if findings:
        first = findings[0]
        raise AfterwordError(f"{path}:{first.span.line}:{first.span.column}: {first.message}", first.hint)
    return tuple(_judged(item, services) for item in _distinct(made)), tuple(notes)


def _distinct(made: list[Imported]) -> list[Imported]:
    names = [item.name for item in made]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise AfterwordError(f"two SLOs would be called “{twice}”", "Rename one of them.")
    return made


def _judged(item: Imported, services: Collection[str]) -> Imported:
    """The same, once our own reader takes it; its milder findings as notes."""
    found = openslo.read({f"{item.name}.yaml": item.text.encode()}, {}, services).findings
    for finding in found:
        if finding.level is Level.ERROR and finding.code != "AW104":
            raise AfterwordError(f"{item.name}: {finding.message}", finding.hint)
    return replace(item, notes=(*item.notes, *(f"{item.name}: {finding.message}" for finding in found)))
