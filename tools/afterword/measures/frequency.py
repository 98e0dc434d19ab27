"""Frequency: how many, when, and of what kind. Drafts and ongoing incidents count here too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from afterword.measures.base import Scope
from afterword.measures.periods import Period, Step
from afterword.measures.series import Groups, Series, grouped
from afterword.model import Kind, Postmortem, teams_of

NONE = "none"
"""The key of those that state nothing."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many have one word: ``key`` is the word in the files, ``title`` the name for readers."""

    key: str
    title: str
    n: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Counts by period, split: ``rows[i].counts[j]`` belongs to ``periods[j]``."""

    periods: tuple[Period, ...] = ()
    rows: tuple[StackRow, ...] = ()

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of each period."""
        return tuple(sum(row.counts[at] for row in self.rows) for at in range(len(self.periods)))

    def last(self, count: int) -> Stack:
        """The newest ``count`` periods."""
        rows = (StackRow(row.key, row.title, row.counts[-count:]) for row in self.rows)
        return Stack(self.periods[-count:], tuple(rows)) if count > 0 else Stack()


@dataclass(frozen=True, slots=True)
class StackRow:
    """One layer of a stack."""

    key: str
    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """Our own. Everything but ``kinds`` counts incidents only; an incident of two services counts in both."""

    total: int
    kinds: tuple[Count, ...]
    severities: tuple[Count, ...]
    services: tuple[Count, ...]
    teams: tuple[Count, ...]
    categories: tuple[Count, ...]
    months: Series
    quarters: Series
    quarters_by_severity: Stack


@dataclass(frozen=True, slots=True)
class Patterns:
    """Public incidents, all of them whatever the period: they count in patterns and in no measure of ours."""

    total: int
    categories: tuple[Count, ...]
    organizations: tuple[Count, ...]


def frequency(postmortems: Iterable[Postmortem], scope: Scope, span: Period | None = None) -> Frequency:
    """Counts of our own postmortems. ``span`` sets where the series begin and end, if not the first and the clock."""
    own = [item for item in postmortems if item.is_internal and scope.began(item)]
    incidents = [item for item in own if item.kind is Kind.INCIDENT]
    settings = scope.settings
    kinds = Counter(item.kind for item in own)
    quarters = grouped(incidents, scope, Step.QUARTER, span)
    return Frequency(
        total=len(incidents),
        kinds=tuple(Count(kind.value, _KINDS[kind], kinds[kind]) for kind in Kind),
        severities=_severities(incidents, scope),
        services=_counts(incidents, lambda item: item.services, settings.service_title),
        teams=_counts(incidents, lambda item: teams_of(item, settings), lambda key: settings.teams.get(key, key)),
        categories=_categories(incidents, scope),
        months=grouped(incidents, scope, Step.MONTH, span).series(_size),
        quarters=quarters.series(_size),
        quarters_by_severity=_stack(quarters, scope),
    )


def patterns(postmortems: Iterable[Postmortem], scope: Scope) -> Patterns:
    """Counts of other organisations' incidents; one that does not say when it was tells of its cause all the same."""
    public = [item for item in postmortems if not item.is_internal and (scope.began(item) or _is_undated(item))]
    return Patterns(
        total=len(public),
        categories=_categories(public, scope),
        organizations=_counts(public, lambda item: (item.organization,) if item.organization else (), str),
    )


def _is_undated(item: Postmortem) -> bool:
    return item.started is None and item.merged_into is None


_KINDS = {Kind.INCIDENT: "Incidents", Kind.NEAR_MISS: "Near-misses", Kind.DRILL: "Drills"}


def _size(_: Period, items: Sequence[Postmortem]) -> tuple[float, int]:
    return float(len(items)), len(items)


def _counts(
    items: Iterable[Postmortem],
    keys: Callable[[Postmortem], Iterable[str]],
    title: Callable[[str], str],
) -> tuple[Count, ...]:
    """The most frequent first, then by key."""
    counts = Counter(key for item in items for key in keys(item))
    return tuple(Count(key, title(key), n) for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _categories(items: Iterable[Postmortem], scope: Scope) -> tuple[Count, ...]:
    return _counts(items, lambda item: (item.root_cause or "unknown",), scope.settings.category_title)


def _severities(items: Iterable[Postmortem], scope: Scope) -> tuple[Count, ...]:
    """The worst first: the severities of the settings, also those that nobody had, then what the files add."""
    counts = Counter(item.severity or NONE for item in items)
    return tuple(Count(key, title, counts[key]) for key, title in _layers(counts, scope))


def _layers(counts: Iterable[str], scope: Scope) -> list[tuple[str, str]]:
    known = [(key, severity.title) for key, severity in scope.settings.severities.items()]
    foreign = sorted(set(counts) - set(scope.settings.severities) - {NONE})
    rest = [(NONE, "Not stated")] if NONE in counts else []
    return known + [(key, key) for key in foreign] + rest


def _stack(quarters: Groups, scope: Scope) -> Stack:
    cells = [Counter(item.severity or NONE for item in items) for _, items in quarters.periods]
    rows = (
        StackRow(key, title, tuple(cell[key] for cell in cells))
        for key, title in _layers({key for cell in cells for key in cell}, scope)
    )
    return Stack(tuple(period for period, _ in quarters.periods), tuple(rows))
