"""Row: a postmortem in a list, with what the list can be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.model import Kind, Postmortem, Status, teams_of
from afterword.pages.site import Site, causes_of, years_of
from afterword.pages.words import UNDATED, minutes

FACETS = ("severity", "service", "team", "category", "year", "period", "kind", "origin", "status")
"""What a list is narrowed by, in the order in which it is offered."""


PERIOD = "12-months"
"""The facet of what the measures of home speak of."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. ``facets`` holds the keys for each of ``FACETS``."""

    postmortem: Postmortem
    url: str
    rank: int
    open_actions: int
    overdue: int
    facets: dict[str, tuple[str, ...]]

    @property
    def minutes(self) -> int | None:
        """Time to restore, in minutes."""
        return minutes(self.postmortem.ttm)

    @property
    def is_draft(self) -> bool:
        """Whether it bears the badge."""
        return self.postmortem.status is Status.DRAFT

    @property
    def is_incident(self) -> bool:
        """Neither a near-miss nor a drill."""
        return self.postmortem.kind is Kind.INCIDENT


def row(site: Site, postmortem: Postmortem) -> Row:
    """The line of a postmortem."""
    services = tuple(key for key in postmortem.services if f"services/{key}" in site.pages)
    return Row(
        postmortem,
        site.url(postmortem),
        site.rank(postmortem.severity),
        sum(action.is_open for action in postmortem.actions),
        sum(action.days_overdue(site.today) > 0 for action in postmortem.actions),
        {
            "severity": (postmortem.severity,) if postmortem.severity else (),
            "service": services,
            "team": teams_of(postmortem, site.settings),
            "category": causes_of(postmortem),
            "year": years_of(postmortem) or (UNDATED,),
            "period": _period(site, postmortem),
            "kind": (postmortem.kind.value,),
            "origin": (postmortem.origin.value,),
            "status": (postmortem.status.value,),
        },
    )


def _period(site: Site, postmortem: Postmortem) -> tuple[str, ...]:
    if postmortem.started is None:
        return ()
    return (PERIOD if postmortem.started.day_in(site.settings.zone) in site.overview.period else "earlier",)
