"""Actions: the board of what somebody still owes, overdue first, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from afterword.measures import OpenAction
from afterword.model import ActionItem, ActionStatus, Postmortem, Status
from afterword.pages.listing import Choice, Facet
from afterword.pages.page import Page, page
from afterword.pages.site import Site
from afterword.pages.templates import render
from afterword.pages.words import ACTION_STATUSES, label, plural

URI = "actions.md"
_MOST_DONE = 200
_FACETS: tuple[tuple[str, str, Callable[[OpenAction], Iterable[str]]], ...] = (
    ("owner", "Owner", lambda item: (item.action.owner or "nobody",)),
    ("team", "Team", lambda item: item.teams),
    ("priority", "Priority", lambda item: (item.action.priority or "not stated",)),
    ("status", "Status", lambda item: (item.action.status.value,)),
    ("due", "Due", lambda item: (_due(item),)),
)


@dataclass(frozen=True, slots=True)
class Closed:
    """An action that nobody owes any more."""

    postmortem: Postmortem
    action: ActionItem


def build(site: Site) -> Page:
    """The action board."""
    backlog = site.overview.backlog
    closed = _closed(site)
    done = [item for item in closed if item.action.status is ActionStatus.DONE]
    html = render(
        "actions.html",
        site=site,
        root=site.urls.root(URI),
        backlog=backlog,
        open=[(item, facets_of(item)) for item in backlog.actions],
        facets=_facets(site, backlog.actions),
        done=done[:_MOST_DONE],
        done_in_all=len(done),
        dropped=[item for item in closed if item.action.status is not ActionStatus.DONE],
        completion=site.overview.measure("completion"),
        in_drafts=sum(len(item.actions) for item in site.own if item.status is Status.DRAFT),
    )
    overdue = plural(len(backlog.overdue), "action")
    text = f"{overdue} overdue of {len(backlog.actions)} open, by owner, team, priority and date"
    return page(URI, "Actions", html, description=text, search=text, wide=True)


def facets_of(item: OpenAction) -> dict[str, tuple[str, ...]]:
    """What the board can be narrowed by."""
    return {name: tuple(keys(item)) for name, _, keys in _FACETS}


def _due(item: OpenAction) -> str:
    if item.action.due is None:
        return "no date"
    return "overdue" if item.overdue else "later"


def _facets(site: Site, actions: Iterable[OpenAction]) -> tuple[Facet, ...]:
    counts: dict[str, dict[str, int]] = {name: {} for name, _, _ in _FACETS}
    for item in actions:
        for name, keys in facets_of(item).items():
            for key in keys:
                counts[name][key] = counts[name].get(key, 0) + 1
    found = (
        Facet(
            name,
            title,
            tuple(Choice(key, _title(site, name, key), counts[name][key]) for key in sorted(counts[name])),
        )
        for name, title, _ in _FACETS
    )
    return tuple(facet for facet in found if len(facet.choices) > 1)


def _title(site: Site, name: str, key: str) -> str:
    if name == "team":
        return site.settings.teams.get(key, key)
    return label(ACTION_STATUSES, key) if name == "status" else key


def _closed(site: Site) -> list[Closed]:
    """Those of our own that are done, moved or given up, the newest first."""
    found = [
        Closed(item, action)
        for item in site.own
        if item.status is not Status.DRAFT
        for action in item.actions
        if not action.is_open
    ]
    return sorted(found, key=_when, reverse=True)


def _when(item: Closed) -> tuple[date, str, str]:
    """The day it was done; for others the day of the incident, so that the order is always the same."""
    started = item.postmortem.started
    return item.action.completed or (started.day if started else date.min), item.postmortem.id, item.action.id
