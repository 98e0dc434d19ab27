"""Budget data: all that the pages of error budgets draw, from snapshots and judgements. No clock, no network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property

from afterword.budgets import words
from afterword.budgets.budget import Budget, State, Thresholds
from afterword.budgets.corrections import NONE, Correction, Corrections
from afterword.budgets.forecast import Forecast
from afterword.budgets.gate.policy import TEXTS
from afterword.budgets.history import History, Month, Track
from afterword.budgets.incidents.spans import Silent
from afterword.budgets.snapshot import Measurement, Snapshot
from afterword.budgets.window import Calendar
from afterword.library import Library
from afterword.model import Breach, Charge, Kind, Postmortem
from afterword.pages.budget_summary import FOLDER, INDEX, Summary
from afterword.pages.urls import uri_of
from afterword.timing import Moment, zone_of

_UNFIT = re.compile(r"[^a-z0-9._-]+")
_ATTENTION = frozenset({State.WARNING, State.FREEZE, State.EXHAUSTED, State.UNCHECKED})


@dataclass(frozen=True)
class Facts:
    """What is known. ``texts``: the policy's words for each state; ``charges`` and ``breaches``: of all objectives.

    Maintenance has been taken out of the ``history`` and the ``budgets``; ``corrections`` are named on the pages.
    """

    snapshot: Snapshot
    budgets: tuple[Budget, ...]
    forecasts: Mapping[str, Forecast]
    history: History
    library: Library
    thresholds: Thresholds = field(default_factory=Thresholds)
    texts: Mapping[State, str] = field(default_factory=lambda: dict(TEXTS))
    corrections: Corrections = NONE
    charges: tuple[Charge, ...] = ()
    breaches: tuple[Breach, ...] = ()
    silent: tuple[Silent, ...] = ()
    """Why nothing can be said of what an incident used."""

    @cached_property
    def uris(self) -> Mapping[str, str]:
        """The page of each objective, by its id: ``budgets/checkout-errors.md``. No two are the same."""
        taken = {INDEX}
        found = {}
        for budget in self.budgets:
            stem = name = _UNFIT.sub("-", budget.objective.id.lower()).strip("-.") or "objective"
            number = 2
            while (uri := f"{FOLDER}/{name}.md") in taken:
                name, number = f"{stem}-{number}", number + 1
            taken.add(uri)
            found[budget.objective.id] = uri
        return found

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The objectives, in the order of the snapshot."""
        return tuple(View(self, budget) for budget in self.budgets)


@dataclass(frozen=True, slots=True)
class Spent:
    """One incident and what it used: without a ``charge``, ``reason`` says why nobody can tell, if it was asked."""

    number: int
    postmortem: Postmortem
    start: datetime
    end: datetime
    charge: Charge | None
    rank: int
    href: str
    reason: str | None


@dataclass(frozen=True)
class View:
    """One objective's page."""

    facts: Facts
    budget: Budget

    @property
    def id(self) -> str:
        """The objective's id."""
        return self.budget.objective.id

    @property
    def uri(self) -> str:
        """Its page, from the root of the site's sources."""
        return self.facts.uris[self.id]

    @property
    def name(self) -> str:
        """The file name of its page and badge, without an ending."""
        return self.uri.removeprefix(f"{FOLDER}/").removesuffix(".md")

    @cached_property
    def measurement(self) -> Measurement | None:
        """What was measured."""
        return self.facts.snapshot.of(self.id)

    @property
    def forecast(self) -> Forecast | None:
        """When it will be spent."""
        return self.facts.forecasts.get(self.id)

    @cached_property
    def track(self) -> Track | None:
        """Its steps in all snapshots, without maintenance."""
        return self.facts.history.of(self.id)

    @property
    def service(self) -> str:
        """The service's name for readers."""
        return self.facts.library.settings.service_title(self.budget.objective.service)

    @property
    def state(self) -> State:
        """How it stands."""
        return self.budget.state

    @property
    def css(self) -> str:
        """The class of the state's colour."""
        return f"aw-state-{self.state.value.lower()}"

    @cached_property
    def compliance(self) -> str:
        """The share of good events in the window."""
        count = self.budget.count
        if count is None or count.total <= 0:
            return "–"
        return words.compliance(1 - count.bad / count.total, self.budget.objective)

    @cached_property
    def spent(self) -> tuple[Spent, ...]:
        """Incidents that used some of the budget, or that touched the service within the days drawn, by time."""
        charges = {charge.postmortem: charge for charge in self.facts.charges if charge.slo == self.id}
        silent = {item.postmortem: item.reason for item in self.facts.silent if item.slo == self.id}
        first = min(self.budget.span.start, self.drawn_from)
        found = []
        for item in self.facts.library.postmortems:
            if not item.is_internal or item.started is None:
                continue
            start, end = extent(item, item.started, self.budget.span.at)
            near = start <= self.budget.span.at and end >= first
            touched = item.kind is Kind.INCIDENT and self.budget.objective.service in item.services
            if near and (item.id in charges or touched):
                found.append((start, end, item))
        ordered = sorted(found, key=lambda entry: (entry[0], entry[2].id))
        return tuple(
            Spent(
                number,
                item,
                start,
                end,
                charges.get(item.id),
                self._rank(item),
                f"../{uri_of(item.path)}",
                silent.get(item.id),
            )
            for number, (start, end, item) in enumerate(ordered, 1)
        )

    def _rank(self, item: Postmortem) -> int:
        settings = self.facts.library.settings
        return min(settings.severity_rank(item.severity), 3) if item.severity in settings.severities else 4

    @property
    def used(self) -> Fraction | None:
        """The share of the budget that is used in the window now; ``None`` where there is no such share."""
        return None if self.budget.remaining is None else 1 - self.budget.remaining

    @cached_property
    def unexplained(self) -> float | None:
        """What of it no incident used, as a share of the budget."""
        if self.used is None:
            return None
        return max(float(self.used) - sum((item.charge.current or 0.0) for item in self.spent if item.charge), 0.0)

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """Episodes that used much and that neither a postmortem nor a waiver explains, by time."""
        own = (item for item in self.facts.breaches if item.slo == self.id)
        return tuple(sorted((item for item in own if not item.explained_by and item.waiver is None), key=_start))

    @cached_property
    def waived(self) -> tuple[Breach, ...]:
        """Episodes that used much, and that need no postmortem, by time; ``waiver`` says why."""
        return tuple(sorted((it for it in self.facts.breaches if it.slo == self.id and it.waiver), key=_start))

    @property
    def drawn_from(self) -> datetime:
        """Where charts of single days begin: with the window, but never less than a week before its end."""
        snapshot = self.facts.snapshot
        return max(snapshot.start, min(self.budget.span.start, snapshot.end - timedelta(days=7)))

    @property
    def maintenance(self) -> tuple[Correction, ...]:
        """The maintenance windows that were taken out."""
        return self.facts.corrections.during(self.budget.objective, self.budget.span.start, self.budget.span.at)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Compliance by month, the newest first; the months are those of a calendar window's own zone."""
        window = self.budget.objective.window
        zone = zone_of(window.zone) if isinstance(window, Calendar) else self.facts.library.settings.zone
        return tuple(reversed(self.track.months(zone))) if self.track else ()

    @property
    def summary(self) -> Summary:
        """What other pages say of it."""
        objective = self.budget.objective
        half = self.budget.remaining is not None and self.budget.remaining < self.facts.thresholds.warning
        attention = half or self.state in _ATTENTION
        return Summary(
            self.id,
            objective.title,
            objective.service,
            self.state.value,
            words.left(self.budget),
            attention,
            self.uri,
            remaining=None if self.budget.remaining is None else round(float(self.budget.remaining), 6),
            at=self.budget.span.at.isoformat(timespec="seconds"),
        )


def extent(item: Postmortem, started: Moment, at: datetime) -> tuple[datetime, datetime]:
    """From when to when an incident lasted, in UTC; ``at`` is the end of one that is not over or has none."""
    start = started.sort_key.astimezone(UTC)
    resolved = item.milestone("resolved") or item.milestone("mitigated")
    return start, max(_end(resolved) if resolved else at if item.is_ongoing else start + timedelta(hours=1), start)


def _end(moment: Moment) -> datetime:
    if moment.at is not None:
        return moment.at.astimezone(UTC)
    return datetime.combine(moment.day, time(), UTC) + timedelta(days=1)


def _start(breach: Breach) -> datetime:
    return breach.start


def worst_first(views: Iterable[View]) -> list[View]:
    """The least that is left first; those that cannot be checked before those with more than half of it."""
    return sorted(views, key=_urgency)


def _urgency(view: View) -> tuple[int, float, str]:
    order = (State.EXHAUSTED, State.FREEZE, State.UNCHECKED, State.WARNING, State.CAUTION, State.NORMAL)
    remaining = view.budget.remaining
    return order.index(view.state), -1e9 if remaining is None else float(remaining), view.id
