"""Overview: all that home, the trends and ``afterword stats`` show, in one frozen object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from afterword.library import Library, Query
from afterword.measures.backlog import Backlog, backlog
from afterword.measures.base import Scope
from afterword.measures.catalog import CATALOG, Measure
from afterword.measures.frequency import Frequency, Patterns, frequency, patterns
from afterword.measures.periods import Period, bounded, last_year
from afterword.measures.publication import Late, late
from afterword.measures.series import grouped
from afterword.model import Breach, Kind, Origin, Postmortem, Telemetry


@dataclass(frozen=True, slots=True)
class Overview:
    """What a library's measures say at one moment.

    ``period`` is what ``measures`` and ``frequency`` speak of; an incident is in it by the day it started.
    ``history`` and the series and trends of the measures reach over the whole record, unless the query has
    ``since`` or ``until``. ``backlog``, ``late`` and ``ongoing`` say how things stand by the clock, whenever they
    began, and ``patterns`` counts the public incidents; these follow the query, but not its days. ``undated`` are
    those that do not say when they started, of ours and others: of all the rest only ``patterns`` counts them.
    """

    as_of: datetime
    today: date
    period: Period
    measures: tuple[Measure, ...]
    frequency: Frequency
    history: Frequency
    backlog: Backlog
    late: tuple[Late, ...]
    ongoing: tuple[Postmortem, ...]
    patterns: Patterns
    undated: tuple[Postmortem, ...] = ()

    def measure(self, key: str) -> Measure:
        """A measure by its key. Raises ``KeyError``.

        The keys: ``incidents``, ``ttd``, ``tta``, ``ttm``, ``ttr``, ``ttp``, ``ttp-business``, ``completion``,
        ``completion-longer``, ``time-to-implement``, ``coverage``, ``coverage-critical``, ``recurrence``.
        """
        for item in self.measures:
            if item.key == key:
                return item
        raise KeyError(key)


def overview(
    library: Library, as_of: datetime, query: Query | None = None, telemetry: Telemetry | None = None
) -> Overview:
    """The overview of a library, or of what ``query`` means in it, at ``as_of`` (aware).

    ``telemetry`` tells of breaches, which coverage counts. The period is the 12 months that end with the clock, or
    what the query's ``since`` and ``until`` bound.
    """
    query = query or Query()
    scope = Scope(library.settings, as_of, _breaches(library, query, telemetry))
    zone = library.settings.zone
    since = query.since.day_in(zone) if query.since else None
    until = query.until.day_in(zone) if query.until else None
    asked = bounded(since, until, scope.today) if since or until else None
    period = asked or last_year(scope.today)
    chosen = library.select(replace(query, since=None, until=None))
    items = [item for item in chosen if item.started is not None]  # what has no day belongs to no period
    inside = [item for item in items if scope.day(item) in period]
    record: Sequence[Postmortem] = inside if asked else items
    own = [item for item in inside if scope.is_own_incident(item)]
    groups = grouped((item for item in record if scope.is_own_incident(item)), scope, span=asked)
    return Overview(
        as_of=as_of,
        today=scope.today,
        period=period,
        measures=tuple(entry.take(own, groups, scope, period) for entry in CATALOG),
        frequency=frequency(inside, scope, period),
        history=frequency(record, scope, asked),
        backlog=backlog(items, scope),
        late=late(items, scope),
        ongoing=tuple(item for item in items if item.is_ongoing and scope.is_own_incident(item)),
        patterns=patterns(chosen, scope),
        undated=tuple(item for item in chosen if item.started is None),
    )


def _breaches(library: Library, query: Query, telemetry: Telemetry | None) -> tuple[Breach, ...]:
    """The breaches that a query can mean: they have a service and its team, and nothing else that it may ask for."""
    asks_more = query.severity or query.category or query.status
    if telemetry is None or asks_more or query.kind not in (None, Kind.INCIDENT) or query.origin is Origin.PUBLIC:
        return ()
    settings = library.settings
    return tuple(
        item
        for item in telemetry.breaches
        if query.service in (None, item.service)
        and (query.team is None or query.team in settings.teams_of((item.service,)))
    )
