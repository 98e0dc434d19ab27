"""Building: the postmortem that a front matter and a body say, once both have been found to fit the schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

from afterword.findings import Span
from afterword.markdown import Body
from afterword.marks import Marks
from afterword.model import (
    MILESTONES,
    ActionItem,
    ActionStatus,
    Approval,
    Audience,
    Cost,
    Drill,
    Impact,
    Kind,
    Origin,
    People,
    Postmortem,
    Reference,
    Revenue,
    Status,
    TimelineEvent,
    Update,
    id_of,
)
from afterword.timeline import points
from afterword.timing import Moment, parse_date, parse_moment

_TEXTS = (
    "summary", "organization", "source", "severity", "severity_at_declaration", "detection", "root_cause",
    "caused_by_change", "merged_into",
)  # fmt: skip
_LISTS = ("services", "contributing_factors", "required_because", "recurrence_of", "aliases", "tags")


def build(path: str, values: Mapping[str, Any], body: Body, marks: Marks, fence: Span) -> Postmortem:
    """The postmortem of a front matter whose values fit the schema. Raises ``KeyError`` for a missing one."""
    raw = {key: value for key, value in values.items() if value is not None}
    started = _moment(raw["started"]) if "started" in raw else None
    simple: dict[str, Any] = {key: raw[key] for key in _TEXTS if key in raw}
    simple |= {key: tuple(raw[key]) for key in _LISTS if key in raw}
    simple |= {key: _day(raw[key]) for key in ("published", "review_on") if key in raw}
    simple |= {key: _moment(raw[key]) for key in MILESTONES[1:] if key in raw}
    return Postmortem(
        path=path,
        id=id_of(path),
        title=" ".join(raw["title"].split()),
        kind=Kind(raw["kind"]),
        origin=Origin(raw.get("origin", "internal")),
        status=Status(raw.get("status", "draft")),
        audience=Audience(raw.get("audience", "internal")),
        started=started,
        unknown=frozenset(raw.get("unknown", ())),
        updates=tuple(Update(_day(item["on"]), item["note"]) for item in raw.get("updates", ())),
        impact=_impact(raw["impact"]) if "impact" in raw else None,
        drill=_fill(Drill, raw["drill"]) if "drill" in raw else None,
        people=_people(raw["people"]) if "people" in raw else None,
        approvals=tuple(_approval(item) for item in raw.get("approvals", ())),
        actions=tuple(_action(index, item) for index, item in enumerate(raw.get("actions", ()))),
        budgets=tuple(Cost(index, item["slo"], item["consumed"]) for index, item in enumerate(raw.get("budgets", ()))),
        external_ids=tuple(sorted((key, str(value)) for key, value in raw.get("external_ids", {}).items())),
        links=tuple(Reference(item["title"], item["url"]) for item in raw.get("links", ())),
        timeline=_timeline(body, started),
        body=body,
        marks=marks,
        fence=fence,
        **simple,
    )


def _timeline(body: Body, started: Moment | None) -> tuple[TimelineEvent, ...]:
    when = points((row.time for row in body.rows), body.zone, started)
    return tuple(
        TimelineEvent(row.time, row.event, row.action, point.moment, point.zoned, row.span)
        for row, point in zip(body.rows, when, strict=True)
    )


def _action(index: int, raw: Mapping[str, Any]) -> ActionItem:
    known = {key: value for key, value in raw.items() if value is not None}
    days = {key: _day(known[key]) for key in ("created", "due", "completed") if key in known}
    status = ActionStatus(known["status"])
    return _fill(ActionItem, known | days | {"index": index, "status": status})


def _impact(raw: Mapping[str, Any]) -> Impact:
    known = {key: value for key, value in raw.items() if value is not None}
    if "revenue" in known:
        known["revenue"] = _fill(Revenue, known["revenue"])
    # a schema takes 500.0 for a whole number
    known |= {key: int(known[key]) for key in ("users", "requests_failed") if key in known}
    return _fill(Impact, known)


def _people(raw: Mapping[str, Any]) -> People:
    known = {key: value for key, value in raw.items() if value is not None}
    return _fill(People, known | {"reviewers": tuple(known.get("reviewers", ()))})


_Filled = TypeVar("_Filled")
_FIELDS: dict[type, tuple[frozenset[str], tuple[str, ...]]] = {
    kind: (
        frozenset(item.name for item in fields(kind)),
        tuple(item.name for item in fields(kind) if item.default is MISSING),
    )
    for kind in (ActionItem, Drill, Impact, People, Revenue)
}
"""The names of the fields of each nested kind, and of those without a default."""


def _fill(kind: type[_Filled], raw: Mapping[str, Any]) -> _Filled:
    """A dataclass from the keys that it knows. Raises ``KeyError`` for one that it needs and does not get."""
    known, needed = _FIELDS[kind]
    for name in needed:
        if name not in raw:
            raise KeyError(name)
    return kind(**{key: value for key, value in raw.items() if key in known})


def _approval(raw: Mapping[str, Any]) -> Approval:
    return Approval(raw["role"], raw.get("by"), _day(raw["on"]) if raw.get("on") else None)


def _moment(text: str) -> Moment:
    found = parse_moment(text)
    if found is None:
        raise ValueError(f"not a date or time: {text}")
    return found


def _day(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise ValueError(f"not a date: {text}")
    return found
