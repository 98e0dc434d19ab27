"""Listing: the list of all incidents with what it can be narrowed by, and the same as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from afterword.model import Postmortem
from afterword.pages.page import Page, page
from afterword.pages.row import FACETS, Row, row
from afterword.pages.site import Site
from afterword.pages.templates import macro, render
from afterword.pages.words import KINDS, ORIGINS, PERIODS, STATUSES, UNDATED, duration, label, plural

URI = "incidents/index.md"
DATA = "incidents.json"
MOST = 1_000
"""Rows that a page carries; the script fetches the rest, and the pages of years hold all."""

_TITLES = {
    "severity": "Severity",
    "service": "Service",
    "team": "Team",
    "category": "Root cause",
    "year": "Year",
    "period": "Period",
    "kind": "Kind",
    "origin": "Origin",
    "status": "Status",
}


_YEARS = {UNDATED: "Undated"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, its name for readers and how many rows have it."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list can be narrowed by, with its values in the order of the settings."""

    key: str
    title: str
    choices: tuple[Choice, ...]


class Rows:
    """The rows of a site as HTML, each made once for each way to the root."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._made: dict[tuple[str, str], Markup] = {}

    def html(self, root: str, postmortems: Sequence[Postmortem]) -> Markup:
        """The rows of some postmortems, for a page from which ``root`` leads to the site's root."""
        return Markup("\n").join(self._one(root, item) for item in postmortems)

    def _one(self, root: str, postmortem: Postmortem) -> Markup:
        key = root, postmortem.path
        if key not in self._made:
            self._made[key] = macro("row", self._site, root, self.of(postmortem))
        return self._made[key]

    def of(self, postmortem: Postmortem) -> Row:
        """The data of a row."""
        return self._all[postmortem.path]

    @cached_property
    def _all(self) -> dict[str, Row]:
        return {item.path: row(self._site, item) for item in self._site.postmortems}

    def facets(self) -> tuple[Facet, ...]:
        """What narrows the whole list; a facet with one value that all rows have narrows nothing and is left out."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for item in self._all.values():
            for name, keys in item.facets.items():
                counts[name].update(keys)
        found = (Facet(name, _TITLES[name], self._choices(name, counts[name])) for name in FACETS)
        return tuple(facet for facet in found if any(choice.count < len(self._all) for choice in facet.choices))

    def _choices(self, name: str, counts: Counter[str]) -> tuple[Choice, ...]:
        order = self._order(name)
        keys = sorted(counts, key=lambda key: (order.index(key) if key in order else len(order), key))
        if name == "year":
            keys = sorted(keys, key=lambda key: (key != UNDATED, key), reverse=True)
        return tuple(Choice(key, self.title(name, key), counts[key]) for key in keys)

    def _order(self, name: str) -> list[str]:
        settings = self._site.settings
        if name in ("service", "team", "category"):  # many values: by what the reader reads
            known = {"service": settings.services, "team": settings.teams, "category": settings.categories}[name]
            return sorted(known, key=lambda key: self.title(name, key).lower())
        words = {
            "severity": settings.severities,
            "kind": KINDS,
            "origin": ORIGINS,
            "status": STATUSES,
            "period": PERIODS,
        }
        return list(words.get(name, ()))

    def title(self, name: str, key: str) -> str:
        """A value for readers."""
        settings = self._site.settings
        if name == "service":
            return settings.service_title(key)
        if name == "team":
            return settings.teams.get(key, key)
        if name == "category":
            return settings.category_title(key)
        words = {"kind": KINDS, "origin": ORIGINS, "status": STATUSES, "period": PERIODS, "year": _YEARS}
        return label(words.get(name, {}), key)


def build(site: Site, rows: Rows) -> Page:
    """The list of all incidents."""
    shown = (*site.own, *(item for item in site.postmortems if not item.is_internal))[:MOST]
    html = render(
        "listing.html",
        site=site,
        root=site.urls.root(URI),
        data=DATA,
        facets=rows.facets(),
        rows=rows.html(site.urls.root(URI), shown),
        shown=len(shown),
        total=len(site.postmortems),
        groups=_groups(site, rows),
    )
    return page(
        URI,
        "Incidents",
        html,
        description=f"{plural(len(site.postmortems), 'postmortem')}, by severity, service, cause, year and status",
        search="all incidents, near-misses and drills by severity, service, team, root cause, year, kind, status",
        wide=True,
    )


def _groups(site: Site, rows: Rows) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Links to the pages of severities, services and the like: heading, then (URL, title, count)."""
    groups = (
        ("Severity", "severities", "severity", site.by_severity),
        ("Service", "services", "service", site.by_service),
        ("Team", "teams", "team", site.by_team),
        ("Root cause", "categories", "category", site.by_category),
        ("Year", "years", "year", site.by_year),
    )
    return [
        (title, links)
        for title, group, name, index in groups
        if (
            links := [
                (site.pages[f"{group}/{key}"], rows.title(name, key), len(items))
                for key, items in index.items()
                if f"{group}/{key}" in site.pages
            ]
        )
    ]


def as_json(site: Site, rows: Rows) -> str:
    """All rows as JSON, the newest first: what the list is made of, for the script and for other programs."""
    incidents = [entry(rows.of(item)) for item in site.postmortems]
    head = {"version": 1, "as_of": site.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"), "count": len(incidents)}
    return dumps(head | {"incidents": incidents})


def dumps(value: object) -> str:
    """JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def entry(item: Row) -> dict[str, Any]:
    """A row as JSON. ``url`` is relative to the file; minutes are whole; what is not known is left out."""
    it = item.postmortem
    found: dict[str, Any] = {
        "id": it.id,
        "url": item.url,
        "title": it.title,
        "summary": it.summary,
        "kind": it.kind.value,
        "origin": it.origin.value,
        "organization": it.organization if not it.is_internal else None,
        "status": it.status.value,
        "severity": it.severity,
        "rank": item.rank,
        "services": list(it.services) or None,
        "teams": list(item.facets["team"]) or None,
        "category": it.root_cause,
        "year": it.year,
        "period": next(iter(item.facets["period"]), None),
        "started": it.started.text if it.started else None,
        "published": it.published.isoformat() if it.published else None,
        "minutes_to_restore": item.minutes,
        "time_to_restore": duration(it.ttm) if it.ttm is not None else None,
        "open_actions": item.open_actions,
        "overdue_actions": item.overdue,
        "is_ongoing": it.is_ongoing or None,
    }
    return {key: value for key, value in found.items() if value is not None}
