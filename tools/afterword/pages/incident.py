"""Incident: the page of one postmortem: its text, and around it what is known from the front matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup

from afterword.findings import Finding, Level
from afterword.model import ActionItem, ActionStatus, Kind, Postmortem, Status
from afterword.pages import details
from afterword.pages.body import Piece, pieces
from afterword.pages.charts import timeline
from afterword.pages.data import uri as data_uri
from afterword.pages.page import Page, page, text_of
from afterword.pages.related import Related, Relations
from afterword.pages.sanitize import sanitize
from afterword.pages.score import card_of, in_words
from afterword.pages.site import Site
from afterword.pages.templates import render
from afterword.pages.urls import host, uri_of
from afterword.pages.words import joined, plural
from afterword.parts import BY_KEY
from afterword.required import row as required_row
from afterword.scorecard import Scorecard
from afterword.timing import days_between

_COLUMNS = ("type", "owner", "due", "priority")
_SEARCHED = 80
"""Words of the beginning that the compact search index holds."""
_AFTER_ACTIONS = frozenset({"lessons", "process", "communication", "sensitive", "attachments", "approvals", "notes"})


@dataclass(frozen=True, slots=True)
class Moved:
    """Where an action went: the other postmortem, if there is one, and the action's id there."""

    url: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """An action in the table of its postmortem."""

    item: ActionItem
    late: int
    moved: Moved | None
    details: Markup | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What it used of an objective's error budget, as it states: a fraction, and the objective's page, if any."""

    consumed: float
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class View:
    """All that the template of a postmortem draws."""

    postmortem: Postmortem
    root: str
    rank: int
    published_after: int | None
    edit_url: str | None
    json_url: str
    acts: tuple[Act, ...]
    findings: tuple[Finding, ...]
    related: tuple[Related, ...]
    chain: tuple[Postmortem, ...]
    merged_into: Postmortem | None
    missing: tuple[str, ...]
    spent: tuple[Spent, ...] = ()
    actions_id: str = "action-items"
    card: Scorecard | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it bears the badge and stays out of search engines."""
        return self.postmortem.status is Status.DRAFT

    @property
    def is_incident(self) -> bool:
        """Neither a near-miss nor a drill."""
        return self.postmortem.kind is Kind.INCIDENT

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the actions' table that hold anything. Our own show a missing owner or date."""
        own = {"owner", "due", "priority"} if self.postmortem.is_internal else set()
        return frozenset(own | {name for name in _COLUMNS if any(getattr(act.item, name) for act in self.acts)})

    @property
    def actions_in_words(self) -> str:
        """``5 of 6 done, 1 overdue``; for other organisations how many they committed to."""
        known = [act for act in self.acts if act.item.status is not ActionStatus.UNKNOWN]
        if not self.postmortem.is_internal and not known:
            return f"{len(self.acts)} committed to, state unknown"
        counted = [act for act in known if act.item.status not in (ActionStatus.WONT_DO, ActionStatus.MOVED)]
        done = sum(act.item.status is ActionStatus.DONE for act in counted)
        late = sum(act.late > 0 for act in counted)
        return f"{done} of {len(counted)} done" + (f", {late} overdue" if late else "")

    @property
    def card_in_words(self) -> str:
        """``content 4, actions 5``; empty for a published one, which shows no score."""
        return in_words(self.card) if self.card else ""

    @property
    def findings_in_words(self) -> str:
        """``1 warning and 2 hints``."""
        counts = [(level, sum(finding.level is level for finding in self.findings)) for level in Level]
        return joined([plural(count, level.value) for level, count in counts if count])


def view(site: Site, relations: Relations, postmortem: Postmortem) -> View:
    """The data of a postmortem's page."""
    uri = uri_of(postmortem.path)
    resolved = postmortem.milestone("resolved")
    merged = site.library.by_id.get(postmortem.merged_into) if postmortem.merged_into else None
    return View(
        postmortem,
        site.urls.root(uri),
        site.rank(postmortem.severity),
        days_between(resolved, postmortem.published, site.settings.zone) if postmortem.is_internal else None,
        edit_url(site, postmortem.path),
        data_uri(postmortem),
        tuple(_act(site, uri, item) for item in postmortem.actions),
        site.findings.get(postmortem.path, ()),
        relations.of(postmortem),
        relations.chain(postmortem),
        merged,
        missing_parts(site, postmortem) if postmortem.status is Status.DRAFT else (),
        _spent(site, postmortem),
        card=card_of(site, postmortem),
    )


def _spent(site: Site, postmortem: Postmortem) -> tuple[Spent, ...]:
    pages = ((cost, site.budget(cost.slo)) for cost in postmortem.budgets)
    return tuple(
        Spent(cost.consumed, page.title, site.urls.of(page.uri)) if page else Spent(cost.consumed, cost.slo, None)
        for cost, page in pages
    )


def edit_url(site: Site, path: str) -> str | None:
    """Where a file is edited in the repository's web interface; ``None`` without a repository."""
    repository = site.settings.repository
    if not repository:
        return None
    between = "-/edit" if "gitlab" in host(repository) else "edit"
    return f"{repository.removesuffix('/').removesuffix('.git')}/{between}/{quote(site.settings.branch)}/{quote(path)}"


def _act(site: Site, uri: str, item: ActionItem) -> Act:
    told = details.html(site.urls, uri, item.details) if item.details else None
    return Act(item, item.days_overdue(site.today), _moved(site, item), told)


def _moved(site: Site, item: ActionItem) -> Moved | None:
    if item.moved_to is None:
        return None
    name, _, action = item.moved_to.partition("#")
    other = site.library.by_id.get(name)
    if other is None:
        return Moved(None, item.moved_to)
    return Moved(f"{site.url(other)}#action-{action.lower()}", f"{action} of {other.title}" if action else other.title)


def build(site: Site, relations: Relations, postmortem: Postmortem, html: str) -> Page:
    """The page of a postmortem. ``html`` is its converted Markdown, not trusted; links in it are resolved."""
    data = view(site, relations, postmortem)
    found = pieces(sanitize(html))
    lead = next((piece for piece in found if piece.part == "summary"), None)
    rest = [piece for piece in found if piece is not lead]
    given = next((name for piece in rest if piece.part == "actions" and (name := piece.id)), None)
    data = replace(data, actions_id=given or data.actions_id)
    text = render(
        "incident.html",
        site=site,
        view=data,
        it=postmortem,
        root=data.root,
        drawn=timeline(postmortem),
        lead=Markup(lead.html) if lead else None,  # noqa: S704  # sanitized above
        rest=Markup(_with_actions(site, data, rest)),  # noqa: S704  # sanitized above
    )
    return page(
        uri_of(postmortem.path),
        postmortem.title,
        text,
        description=postmortem.summary or "",
        search=_search(site, postmortem, lead),
    )


def _with_actions(site: Site, data: View, rest: list[Piece]) -> str:
    """The pieces, with the table of actions under its heading, or before the lessons when there is none."""
    at = next((index for index, piece in enumerate(rest) if piece.part == "actions"), None)
    if at is None and not data.acts:
        return "".join(piece.html for piece in rest)
    given = rest[at] if at is not None else None
    place = at
    if place is None:
        place = next((index for index, piece in enumerate(rest) if piece.part in _AFTER_ACTIONS), len(rest))
    drawn_actions = render(
        "incident_actions.html",
        site=site,
        view=data,
        root=data.root,
        heading=Markup(given.heading) if given else None,  # noqa: S704  # sanitized by the caller
        text=Markup(given.text) if given and given.text.strip() else None,  # noqa: S704  # sanitized by the caller
        folded=bool(given and given.is_long and data.acts),
        title=BY_KEY["actions"].title,
    )
    before, after = rest[:place], rest[place + (at is not None) :]
    return "".join([*(piece.html for piece in before), drawn_actions, *(piece.html for piece in after)])


def _search(site: Site, postmortem: Postmortem, lead: Piece | None) -> str:
    """What finds the page where the whole text is not in the index: its beginning, whose it is, and where."""
    services = [site.settings.service_title(key) for key in postmortem.services]
    text = text_of(lead.text) if lead else postmortem.summary or ""
    return " ".join([*text.split()[:_SEARCHED], postmortem.organization or "", *services]).strip()


def missing_parts(site: Site, postmortem: Postmortem) -> tuple[str, ...]:
    """The titles of the parts that a draft still lacks before its review."""
    present = {section.part for section in postmortem.body.sections if section.words}
    if postmortem.actions:
        present.add("actions")
    row = required_row(postmortem.kind, postmortem.origin, postmortem.severity, site.settings.minor)
    return tuple(BY_KEY[key].title for key in row.parts if key not in present)
