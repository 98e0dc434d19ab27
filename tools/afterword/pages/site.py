"""Site: what all pages draw from: the library, its findings and measures, the clock, and indices made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from afterword.findings import Finding
from afterword.library import Library
from afterword.model import Kind, Postmortem, teams_of
from afterword.pages.budget_summary import Summary
from afterword.pages.urls import Urls, uri_of
from afterword.settings import Settings

if TYPE_CHECKING:  # the pages of budgets judge and measure nothing, and need not wait for what does
    from afterword.checking import Report
    from afterword.measures import Overview

Index = Mapping[str, tuple[Postmortem, ...]]
"""Postmortems by a key, the newest first."""


@dataclass(frozen=True)
class Site:
    """A library, judged and measured as of an instant, and how its pages are addressed."""

    library: Library
    report: Report
    overview: Overview
    as_of: datetime
    urls: Urls
    documents: frozenset[str] = frozenset()
    """The sources of the pages that somebody wrote: the guide, if it is there."""
    budgets: tuple[Summary, ...] = ()
    """What the pages of error budgets say, if they were rendered."""

    @property
    def settings(self) -> Settings:
        """The words of the library."""
        return self.library.settings

    @cached_property
    def today(self) -> date:
        """The day of ``as_of`` in the library's zone."""
        return self.as_of.astimezone(self.settings.zone).date()

    @property
    def postmortems(self) -> tuple[Postmortem, ...]:
        """All accepted ones, the newest first."""
        return self.library.postmortems

    @cached_property
    def own(self) -> tuple[Postmortem, ...]:
        """Our own, the newest first."""
        return tuple(item for item in self.postmortems if item.is_internal)

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by the path of their file."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            found[finding.path].append(finding)
        return {path: tuple(items) for path, items in found.items()}

    @cached_property
    def by_service(self) -> Index:
        """By service; those of the settings first, in their order."""
        return self._index(self.settings.services, lambda item: item.services)

    @cached_property
    def by_category(self) -> Index:
        """By root-cause category; ``unknown`` only where there is one."""
        return self._index(self.settings.categories, causes_of)

    @cached_property
    def by_severity(self) -> Index:
        """By severity, the worst first; those without one are not in it."""
        return self._index(self.settings.severities, lambda item: (item.severity,) if item.severity else ())

    @cached_property
    def by_team(self) -> Index:
        """By team."""
        return self._index(self.settings.teams, lambda item: teams_of(item, self.settings))

    @cached_property
    def by_year(self) -> Index:
        """By year, the newest first; what does not say when it was is in none."""
        return self._index((), years_of)

    def _index(self, known: Iterable[str], keys: Callable[[Postmortem], Iterable[str]]) -> Index:
        found: dict[str, list[Postmortem]] = {key: [] for key in known}
        for item in self.postmortems:
            for key in keys(item):
                found.setdefault(key, []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The URLs of the pages that group incidents, by ``services/checkout`` and the like."""
        groups = (
            ("services", [key for key in self.by_service if key in self.settings.services]),
            ("categories", list(self.by_category)),
            ("severities", [key for key in self.by_severity if key in self.settings.severities]),
            ("teams", list(self.by_team)),
            ("years", list(self.by_year)),
        )
        return {f"{group}/{key}": self.urls.of(group_uri(group, key)) for group, keys in groups for key in keys}

    def url(self, postmortem: Postmortem) -> str:
        """A postmortem's page, from the root."""
        return self._urls[postmortem.path]

    @cached_property
    def _urls(self) -> Mapping[str, str]:
        return {item.path: self.urls.of(uri_of(item.path)) for item in self.postmortems}

    def document_url(self, uri: str) -> str | None:
        """A written page's URL, from the root; ``None`` when there is no such page."""
        return self.urls.of(uri) if uri in self.documents else None

    def budget(self, objective: str) -> Summary | None:
        """What the page of an objective's error budget says; ``None`` when there is none."""
        return next((item for item in self.budgets if item.objective == objective), None)

    @cached_property
    def scarce(self) -> tuple[Summary, ...]:
        """Budgets of which less than half is left, or that cannot be checked; the worst state first."""
        order = ("EXHAUSTED", "FREEZE", "UNCHECKED", "WARNING")
        rank = {name: at for at, name in enumerate(order)}
        low = (item for item in self.budgets if item.attention)
        return tuple(sorted(low, key=lambda item: (rank.get(item.state, len(order)), item.objective)))

    def rule_url(self, code: str) -> str:
        """The page that explains a rule, from the root."""
        return self.urls.of(f"guide/rules/{code.lower()}.md")

    def rank(self, key: str | None) -> int:
        """The class of a severity's colour: 0 to 3 from the worst on, 4 for none."""
        if key is None or key not in self.settings.severities:
            return 4
        return min(self.settings.severity_rank(key), 3)


def causes_of(postmortem: Postmortem) -> tuple[str, ...]:
    """The root-cause category; of incidents only, ``unknown`` where none is given."""
    if postmortem.root_cause:
        return (postmortem.root_cause,)
    return ("unknown",) if postmortem.kind is Kind.INCIDENT else ()


def years_of(postmortem: Postmortem) -> tuple[str, ...]:
    """The year it started in; none while nobody has said when."""
    return () if postmortem.year is None else (str(postmortem.year),)


def group_uri(group: str, key: str) -> str:
    """The source of a page that groups incidents: ``severities``, ``SEV1`` → ``severities/sev1.md``."""
    return f"{group}/{key.lower().replace('/', '-')}.md"
