"""Groups: a page for each service, category, severity, team and year, with what happened there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from afterword.measures import Scope
from afterword.measures.durations import TTM, durations
from afterword.model import Kind, Postmortem
from afterword.pages import listing
from afterword.pages.listing import Rows
from afterword.pages.page import Page, page
from afterword.pages.site import Site, group_uri
from afterword.pages.templates import render
from afterword.pages.words import joined, plural


@dataclass(frozen=True, slots=True)
class Group:
    """One page: ``name`` is the facet, ``kind`` what the page calls it, ``text`` a sentence about it."""

    folder: str
    name: str
    key: str
    title: str
    text: str
    items: tuple[Postmortem, ...]
    whole: bool = False

    @property
    def uri(self) -> str:
        """Its source."""
        return group_uri(self.folder, self.key)


def build(site: Site, rows: Rows) -> Iterator[Page]:
    """All pages of groups."""
    for group in groups(site):
        yield _page(site, rows, group)


def groups(site: Site) -> Iterator[Group]:
    """The groups of a site that have a page."""
    settings = site.settings
    for key, items in site.by_severity.items():
        if key in settings.severities:
            severity = settings.severities[key]
            yield Group("severities", "severity", key, f"{key}: {severity.title}", severity.description, items)
    for key, items in site.by_service.items():
        if key in settings.services:
            service = settings.services[key]
            team = f"Run by {settings.teams.get(service.team, service.team)}" if service.team else ""
            yield Group("services", "service", key, service.title, team, items)
    for key, items in site.by_category.items():
        category = settings.categories.get(key)
        text = category.description if category else "Nobody could tell, or nobody has said yet"
        yield Group("categories", "category", key, settings.category_title(key), text, items)
    for key, items in site.by_team.items():
        services = [service.title for service in settings.services.values() if service.team == key]
        text = f"Runs {joined(services)}" if services else ""
        yield Group("teams", "team", key, settings.teams.get(key, key), text, items)
    for key, items in site.by_year.items():
        yield Group("years", "year", key, key, "", items, whole=True)


def _page(site: Site, rows: Rows, group: Group) -> Page:
    root = site.urls.root(group.uri)
    shown = group.items if group.whole else group.items[: listing.MOST]
    summary = in_words(group.items, Scope(site.settings, site.as_of))
    title = group.title if group.folder != "years" else f"Incidents of {group.key}"
    html = render(
        "group.html",
        site=site,
        root=root,
        title=title,
        text=group.text.rstrip("."),
        summary=summary,
        own=rows.html(root, [item for item in shown if item.is_internal]),
        public=rows.html(root, [item for item in shown if not item.is_internal]),
        left=len(group.items) - len(shown),
        more=f"{root}{site.urls.of(listing.URI)}?{urlencode({group.name: group.key})}",
    )
    text = f"{group.text.rstrip('.')}. {summary}" if group.text else summary
    return page(group.uri, title, html, description=text, search=text, wide=True)


def in_words(items: Sequence[Postmortem], scope: Scope) -> str:
    """``3 own incidents (restored in 32 min, median of 2), 1 drill and 4 public incidents.`` or nothing.

    The median is the measure: a draft is among the incidents, but not among the times.
    """
    own = [item for item in items if item.is_internal]
    incidents = [item for item in own if item.kind is Kind.INCIDENT]
    parts = []
    if incidents:
        times = durations(TTM, incidents, scope)
        middle = times.median
        restored = "" if middle is None else f" (restored in {times.unit.write(middle)}, median of {times.n})"
        parts.append(f"{plural(len(incidents), 'own incident')}{restored}")
    for kind, one, many in ((Kind.NEAR_MISS, "near-miss", "near-misses"), (Kind.DRILL, "drill", "drills")):
        count = sum(item.kind is kind for item in own)
        if count:
            parts.append(plural(count, one, many))
    if len(items) > len(own):
        parts.append(plural(len(items) - len(own), "public incident"))
    return f"{joined(parts)}." if parts else ""
