"""Required: the one table of what a postmortem must have, by kind, origin, status and severity.

The schema's conditions are generated from it (``make generate``; a test holds them equal), the rules and the
template ask it, and the guide prints it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

MINOR = ("SEV3", "SEV4")
"""Severities that ask for less, unless the library's settings say otherwise (those not marked critical)."""

ALWAYS = ("title", "kind")
"""What even a draft must have."""

_COMMON = ("schema", *ALWAYS, "status", "summary", "started")
_MINOR_PARTS = ("summary", "timeline", "root-cause", "actions", "lessons")
_MAJOR_PARTS = (
    "summary", "timeline", "detection", "root-cause", "resolution", "budget", "actions", "lessons", "process",
    "communication",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What one class of postmortems must have from in-review on; ``published`` adds ``on_publishing``.

    A milestone in ``milestones`` must be given or listed under ``unknown``.
    """

    name: str
    keys: tuple[str, ...]
    milestones: tuple[str, ...]
    parts: tuple[str, ...]
    on_publishing: tuple[str, ...] = ("published",)


PUBLIC = Row(
    "public",
    (*_COMMON, "origin", "organization", "source", "root_cause"),
    (),
    ("summary", "timeline", "root-cause", "lessons"),
)
DRILL = Row("drill", (*_COMMON, "services", "drill"), (), ("summary", "timeline", "actions", "lessons"))
NEAR_MISS = Row("near-miss", (*_COMMON, "services", "root_cause"), (), _MINOR_PARTS)
MINOR_INCIDENT = Row(
    "minor incident",
    (*_COMMON, "severity", "services", "detection", "root_cause", "actions"),
    ("detected", "mitigated"),
    _MINOR_PARTS,
)
MAJOR_INCIDENT = Row(
    "major incident",
    (*_COMMON, "severity", "services", "detection", "root_cause", "impact", "people", "actions"),
    ("detected", "mitigated"),
    _MAJOR_PARTS,
    ("published", "review_on"),
)
TABLE = (PUBLIC, DRILL, NEAR_MISS, MINOR_INCIDENT, MAJOR_INCIDENT)


def row(kind: object, origin: object, severity: object, minor: Collection[str] = MINOR) -> Row:
    """The row of a postmortem. An unknown or missing severity asks for everything."""
    if origin == "public":
        return PUBLIC
    if kind == "drill":
        return DRILL
    if kind == "near-miss":
        return NEAR_MISS
    return MINOR_INCIDENT if severity in minor else MAJOR_INCIDENT


def conditions(minor: Collection[str] = MINOR) -> list[dict[str, Any]]:
    """The table as the ``allOf`` of the postmortem's schema."""
    public = {"properties": {"origin": {"const": "public"}}, "required": ["origin"]}
    kinds = {name: {"properties": {"kind": {"const": name}}, "required": ["kind"]} for name in ("drill", "near-miss")}
    small = {"properties": {"severity": {"enum": sorted(minor)}}, "required": ["severity"]}
    own = [{"not": public}]
    incident = [*own, {"not": kinds["drill"]}, {"not": kinds["near-miss"]}]
    when: dict[str, list[dict[str, Any]]] = {
        PUBLIC.name: [public],
        DRILL.name: [*own, kinds["drill"]],
        NEAR_MISS.name: [*own, kinds["near-miss"]],
        MINOR_INCIDENT.name: [*incident, small],
        MAJOR_INCIDENT.name: [*incident, {"not": small}],
    }
    found: list[dict[str, Any]] = []
    for item in TABLE:
        found.append(_condition(item, when[item.name], ["in-review", "published"], item.keys, item.milestones))
        found.append(_condition(item, when[item.name], ["published"], item.on_publishing, ()))
    return found


def _condition(
    item: Row,
    when: list[dict[str, Any]],
    statuses: list[str],
    keys: Collection[str],
    milestones: Collection[str],
) -> dict[str, Any]:
    status = {"properties": {"status": {"enum": statuses}}, "required": ["status"]}
    then: dict[str, Any] = {"required": [key for key in keys if key not in ALWAYS]}
    if "drill" in keys:
        then["properties"] = {"drill": {"type": "object"}}  # null is for the other kinds
    if milestones:
        then["allOf"] = [
            {
                "anyOf": [
                    {"required": [name]},
                    {"required": ["unknown"], "properties": {"unknown": {"contains": {"const": name}}}},
                ]
            }
            for name in milestones
        ]
    return {
        "$comment": f"{item.name}, {' or '.join(statuses)}",
        "if": {"allOf": [status, *when]},
        "then": then,
    }
