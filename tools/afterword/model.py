"""Model: a postmortem, typed. After this boundary there are no dicts and no strings that stand for something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from afterword.findings import START, Span
from afterword.markdown import Body
from afterword.marks import Marks
from afterword.settings import Settings
from afterword.timing import Moment, between

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
    details: str | None = None

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


@dataclass(frozen=True, slots=True)
class Cost:
    """What a postmortem says it used of an objective's error budget, a fraction; ``index`` is its place in the list."""

    index: int
    slo: str
    consumed: float


@dataclass(frozen=True, slots=True)
class Charge:
    """What telemetry says that an incident used: ``consumed`` of the budget of the window that ended with it.

    ``bad`` events above the ``baseline`` ratio; ``shared``: other incidents overlapped, and the excess was divided;
    ``current``: the share of the window that ends now. ``consumed`` is infinite for a budget of zero.
    """

    postmortem: str
    slo: str
    consumed: float
    bad: float
    baseline: float
    shared: bool = False
    current: float | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """An episode in telemetry that used much of a budget; times aware and in UTC.

    ``explained_by``: ids of postmortems that overlap it. ``waiver``: the reason of the one that covers it.
    ``path`` and ``span``: where the objective stands. ``consumed`` is infinite for a budget of zero.
    """

    slo: str
    service: str
    start: datetime
    end: datetime
    consumed: float
    bad: float
    explained_by: tuple[str, ...] = ()
    waiver: str | None = None
    path: str = ""
    span: Span = START

    @property
    def is_open(self) -> bool:
        """Whether nobody has explained or waived it."""
        return not self.explained_by and self.waiver is None


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What the committed snapshots say of incidents: what each used, and the breaches of budgets."""

    charges: tuple[Charge, ...] = ()
    breaches: tuple[Breach, ...] = ()

    def of(self, postmortem: str) -> tuple[Charge, ...]:
        """What one postmortem used, by objective."""
        return tuple(item for item in self.charges if item.postmortem == postmortem)


@dataclass(frozen=True)
class Postmortem:
    """One postmortem. ``marks`` holds where each front-matter value stands: ``actions/0/due``.

    ``started`` is ``None`` while nobody has said when it was: it may lie in any year, and no figure counts it.
    """

    path: str
    id: str
    title: str
    kind: Kind
    started: Moment | None
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
    budgets: tuple[Cost, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
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
        """An internal incident without an end. Of one without a start nobody can say that it still goes on."""
        own = self.is_internal and self.kind is Kind.INCIDENT and self.started is not None
        return own and not self.resolved and "resolved" not in self.unknown

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
    def year(self) -> int | None:
        """The year it started in, as written."""
        return self.started.day.year if self.started else None


def id_of(path: str) -> str:
    """The id that a path gives: the file's name without ``.md``."""
    return path.rsplit("/", 1)[-1].removesuffix(".md")


def teams_of(postmortem: Postmortem, settings: Settings) -> tuple[str, ...]:
    """The teams whose services failed; none for other organisations."""
    return settings.teams_of(postmortem.services) if postmortem.is_internal else ()
