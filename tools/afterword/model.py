"""Model: a postmortem, typed. After this boundary there are no dicts and no strings that stand for something else."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from afterword.findings import START, Span
from afterword.markdown import Body
from afterword.settings import Settings
from afterword.timeline import points
from afterword.timing import Moment, between, parse_date, parse_moment
from afterword.yamltree import Marks

MILESTONES = ("started", "detected", "acknowledged", "mitigated", "resolved")
"""In the order in which they are expected."""


class Kind(StrEnum):
    """What a postmortem is about."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    DRILL = "drill"


class Origin(StrEnum):
    """Ours, or another organisation's."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Status(StrEnum):
    """Where a postmortem is in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"


class ActionStatus(StrEnum):
    """Where an action is in its life. ``unknown`` belongs to public incidents only."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    WONT_DO = "wont-do"
    MOVED = "moved"
    UNKNOWN = "unknown"


class Audience(StrEnum):
    """Who may read a postmortem."""

    INTERNAL = "internal"
    PUBLIC = "public"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action. ``index`` is its place in the list, for positions: ``actions/0``."""

    index: int
    id: str
    title: str
    status: ActionStatus
    type: str | None = None
    horizon: str | None = None
    owner: str | None = None
    created: date | None = None
    due: date | None = None
    priority: str | None = None
    completed: date | None = None
    reason: str | None = None
    moved_to: str | None = None
    tracker: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)

    def days_overdue(self, today: date) -> int:
        """Days past its due date while open; 0 when not overdue."""
        return max((today - self.due).days, 0) if self.is_open and self.due else 0

    @property
    def time_to_implement(self) -> int | None:
        """Days from created to completed."""
        return (self.completed - self.created).days if self.completed and self.created else None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One row of the timeline. ``moment`` is ``None`` when its time cannot be read."""

    text: str
    event: str
    action: str
    moment: Moment | None
    zoned: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Revenue:
    """Revenue lost."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What an incident cost; ``None`` where nobody knows."""

    users: int | None = None
    users_share: float | None = None
    requests_failed: int | None = None
    downtime_minutes: float | None = None
    data_loss: bool | None = None
    revenue: Revenue | None = None
    business: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who did what, as handles."""

    author: str | None = None
    lead: str | None = None
    incident_commander: str | None = None
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval; pending while ``on`` is ``None``."""

    role: str
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A change after publication."""

    on: date
    note: str


@dataclass(frozen=True, slots=True)
class Drill:
    """What was tried and what came of it."""

    hypothesis: str
    fault: str
    outcome: str
    expected_alert: str | None = None
    runbook: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A titled link."""

    title: str
    url: str


@dataclass(frozen=True)
class Postmortem:
    """One postmortem. ``marks`` holds where each front-matter value stands: ``actions/0/due``."""

    path: str
    id: str
    title: str
    kind: Kind
    started: Moment
    origin: Origin = Origin.INTERNAL
    status: Status = Status.DRAFT
    summary: str | None = None
    organization: str | None = None
    source: str | None = None
    severity: str | None = None
    severity_at_declaration: str | None = None
    services: tuple[str, ...] = ()
    detected: Moment | None = None
    acknowledged: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None
    unknown: frozenset[str] = frozenset()
    published: date | None = None
    updates: tuple[Update, ...] = ()
    detection: str | None = None
    root_cause: str | None = None
    contributing_factors: tuple[str, ...] = ()
    caused_by_change: bool | None = None
    required_because: tuple[str, ...] = ()
    recurrence_of: tuple[str, ...] = ()
    merged_into: str | None = None
    aliases: tuple[str, ...] = ()
    impact: Impact | None = None
    drill: Drill | None = None
    people: People | None = None
    approvals: tuple[Approval, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    review_on: date | None = None
    audience: Audience = Audience.INTERNAL
    tags: tuple[str, ...] = ()
    links: tuple[Reference, ...] = ()
    timeline: tuple[TimelineEvent, ...] = ()
    body: Body = field(default_factory=Body, repr=False)
    marks: Marks = field(default_factory=Marks, repr=False, compare=False)
    fence: Span = START

    def mark(self, path: str) -> Span:
        """Where a value stands; its key when the value is empty; the opening fence when it is missing."""
        key = self.marks.get(f"{path}#key")
        found = self.marks.get(path)
        if found is None or (key and (found.line, found.column) == (found.end_line, found.end_column)):
            found = key  # an empty value lies wherever the parser stopped: point at its key
        return found or self.fence

    def milestone(self, name: str) -> Moment | None:
        """A milestone by its name; ``None`` also when it is listed under ``unknown``."""
        value: Moment | None = getattr(self, name)
        return None if name in self.unknown else value

    @property
    def is_internal(self) -> bool:
        """Whether it is our own."""
        return self.origin is Origin.INTERNAL

    @property
    def is_ongoing(self) -> bool:
        """An internal incident without an end."""
        return self.is_internal and self.kind is Kind.INCIDENT and not self.resolved and "resolved" not in self.unknown

    @cached_property
    def ttd(self) -> timedelta | None:
        """Time to detect: detected − started."""
        return between(self.milestone("started"), self.milestone("detected"))

    @cached_property
    def tta(self) -> timedelta | None:
        """Time to acknowledge: acknowledged − detected."""
        return between(self.milestone("detected"), self.milestone("acknowledged"))

    @cached_property
    def ttm(self) -> timedelta | None:
        """Time to mitigate (DORA's time to restore): mitigated − started."""
        return between(self.milestone("started"), self.milestone("mitigated"))

    @cached_property
    def ttr(self) -> timedelta | None:
        """Time to resolve: resolved − started."""
        return between(self.milestone("started"), self.milestone("resolved"))

    @property
    def year(self) -> int:
        """The year it started in, as written."""
        return self.started.day.year


_TEXTS = (
    "summary", "organization", "source", "severity", "severity_at_declaration", "detection", "root_cause",
    "caused_by_change", "merged_into",
)  # fmt: skip
_LISTS = ("services", "contributing_factors", "required_because", "recurrence_of", "aliases", "tags")


def id_of(path: str) -> str:
    """The id that a path gives: the file's name without ``.md``."""
    return path.rsplit("/", 1)[-1].removesuffix(".md")


def build(path: str, values: MappingABC[str, Any], body: Body, marks: Marks, fence: Span) -> Postmortem:
    """The postmortem of a front matter whose values fit the schema. Raises ``KeyError`` for a missing one."""
    raw = {key: value for key, value in values.items() if value is not None}
    started = _moment(raw["started"])
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
        links=tuple(Reference(item["title"], item["url"]) for item in raw.get("links", ())),
        timeline=_timeline(body, started),
        body=body,
        marks=marks,
        fence=fence,
        **simple,
    )


def teams_of(postmortem: Postmortem, settings: Settings) -> tuple[str, ...]:
    """The teams whose services failed; none for other organisations."""
    return settings.teams_of(postmortem.services) if postmortem.is_internal else ()


def _timeline(body: Body, started: Moment) -> tuple[TimelineEvent, ...]:
    when = points((row.time for row in body.rows), body.zone, started)
    return tuple(
        TimelineEvent(row.time, row.event, row.action, point.moment, point.zoned, row.span)
        for row, point in zip(body.rows, when, strict=True)
    )


def _action(index: int, raw: MappingABC[str, Any]) -> ActionItem:
    known = {key: value for key, value in raw.items() if value is not None}
    days = {key: _day(known[key]) for key in ("created", "due", "completed") if key in known}
    status = ActionStatus(known["status"])
    return _fill(ActionItem, known | days | {"index": index, "status": status})


def _impact(raw: MappingABC[str, Any]) -> Impact:
    known = {key: value for key, value in raw.items() if value is not None}
    if "revenue" in known:
        known["revenue"] = _fill(Revenue, known["revenue"])
    # a schema takes 500.0 for a whole number
    known |= {key: int(known[key]) for key in ("users", "requests_failed") if key in known}
    return _fill(Impact, known)


def _people(raw: MappingABC[str, Any]) -> People:
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


def _fill(kind: type[_Filled], raw: MappingABC[str, Any]) -> _Filled:
    """A dataclass from the keys that it knows. Raises ``KeyError`` for one that it needs and does not get."""
    known, needed = _FIELDS[kind]
    for name in needed:
        if name not in raw:
            raise KeyError(name)
    return kind(**{key: value for key, value in raw.items() if key in known})


def _approval(raw: MappingABC[str, Any]) -> Approval:
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
