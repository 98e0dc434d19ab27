"""Staging: the pages of a library among MkDocs' files, its navigation and its search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files, InclusionLevel

from afterword import active, checking
from afterword.library import Library
from afterword.measures import overview
from afterword.model import Postmortem
from afterword.pages import Site, Urls, generated, incident, schemas
from afterword.pages.budget_summary import INDEX as BUDGETS
from afterword.pages.budget_summary import Summary
from afterword.pages.listing import URI as LISTING
from afterword.pages.listing import Rows
from afterword.pages.related import Relations
from afterword.pages.rulebook import FOLDER as RULES_FOLDER
from afterword.pages.rulebook import URI as RULES
from afterword.pages.urls import uri_of
from afterword_mkdocs import assets, budgets
from afterword_mkdocs.budgets import BudgetPage
from afterword_mkdocs.convert import Converter
from afterword_mkdocs.render import GeneratedPage, IncidentPage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.pages import Page

    from afterword.budgets.incidents.evidence import Evidence
    from afterword.budgets.inspection import Inspection

_INCIDENTS = "incidents/"
_OWN_PAGES = frozenset({"index.md", "readme.md"})


@dataclass
class Stage:
    """One build: the site's data, and the MkDocs pages that were made for it."""

    site: Site
    rows: Rows
    relations: Relations
    full_search: bool
    incidents: list[IncidentPage] = field(default_factory=list)
    generated: list[GeneratedPage] = field(default_factory=list)
    budgets: list[BudgetPage] = field(default_factory=list)
    compact: dict[str, str] = field(default_factory=dict)

    def place(self, files: Files, config: MkDocsConfig) -> list[str]:
        """Puts all pages among the files. Says what it had to leave out."""
        remarks = self._place_incidents(files, config)
        taken = {file.dest_uri for file in files}
        titles = _titles(config.nav or [])
        rendered = budgets.pages(files)
        if any(file.src_uri == BUDGETS for file in rendered):
            budgets.navigate(config, titles)
            titles.setdefault(BUDGETS, budgets.TITLE)
        self.budgets += budgets.place(rendered, config, titles)
        for made in generated.pages(self.site, self.rows):
            file = File.generated(config, made.uri, content="")
            if file.dest_uri in taken:  # the user's own page of that name comes first
                continue
            if made.uri not in titles and made.uri not in _IN_NAV:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
            self.generated.append(GeneratedPage(made, file, config, titles.get(made.uri)))
        if self.full_search and ("material/tags" in config.plugins or "tags" in config.plugins):
            self._add_tags(files, config, taken)
        for uri, data in (
            *generated.files(self.site, self.rows),
            *schemas.files(self.site.library.settings, config.site_url),
            *assets.files(),
            *budgets.data(self.site.library.root),
        ):
            file = File.generated(config, uri, content=data, inclusion=InclusionLevel.INCLUDED)
            if file.dest_uri not in taken:
                files.append(file)
        return remarks

    def _add_tags(self, files: Files, config: MkDocsConfig, taken: set[str]) -> None:
        """The theme's list of tags, which a library of thousands would make too large to read."""
        if not any(item.tags for item in self.site.postmortems):
            return
        file = File.generated(config, "tags.md", content="# Tags\n\n<!-- material/tags -->\n")
        file.inclusion = InclusionLevel.NOT_IN_NAV
        if file.dest_uri not in taken:
            files.append(file)

    def _place_incidents(self, files: Files, config: MkDocsConfig) -> list[str]:
        known: Mapping[str, Postmortem] = {uri_of(item.path): item for item in self.site.postmortems}
        rejected = {uri_of(record.path) for record in self.site.library.rejected}
        masked = {uri_of(item.path) for item in self.site.library.records if not item.is_silent and item.masks}
        converter = Converter(config)
        remarks = []
        for file in [file for file in files if file.src_uri.startswith(_INCIDENTS)]:
            postmortem = known.get(file.src_uri)
            if postmortem:
                if file.inclusion.value > InclusionLevel.DRAFT.value:  # else the user wants it out
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                edit_url = incident.edit_url(self.site, postmortem.path)
                is_masked = file.src_uri in masked
                self.incidents.append(IncidentPage(postmortem, file, config, converter, edit_url, is_masked=is_masked))
            elif reason := _unfit(file):
                files.remove(file)
                if file.src_uri not in rejected:  # these have their finding
                    remarks.append(f"{file.src_uri} is left out: {reason}")
        return remarks

    def connect(self, files: Files) -> None:
        """Sets parents, and previous and next: ours lead to ours, other organisations' to theirs, by date.

        Nothing leads from a date to what has none: that would not be the one before.
        """
        parent, guide = _parent(files, LISTING), _parent(files, RULES)
        for line in _lines(self.incidents):
            for newer, older in pairwise(line):
                newer.previous_page, older.next_page = older, newer
        for page in (*self.incidents, *self.generated):
            _adopt(page, guide if page.file.src_uri.startswith(RULES_FOLDER) else parent)
        above = _parent(files, BUDGETS)
        for page in self.budgets:
            _adopt(page, above)

    def complete(self, page: IncidentPage, html: str) -> str:
        """The page of a postmortem around its converted Markdown."""
        made = incident.build(self.site, self.relations, page.postmortem, html)
        page.complete(made)
        if not self.full_search and not page.is_draft:
            self.compact[page.url] = made.search
            page.meta["search"] = {"exclude": True}
        return made.html

    def search_entries(self) -> Iterator[dict[str, Any]]:
        """The entries of pages whose text is not in the index. The theme takes them for HTML."""
        for made in self.generated:
            if made.made.search:
                yield _entry(made.url, made.made.title, made.made.search)
        for page in self.incidents:
            if page.url in self.compact:
                yield _entry(page.url, page.postmortem.title, self.compact[page.url], page.postmortem.tags)


_IN_NAV = frozenset({"index.md", LISTING, "actions.md", "trends.md"})
"""Pages that belong into a navigation that the user has not written."""


def stage(  # noqa: PLR0913  # each is one thing that a build knows, by its name
    library: Library,
    as_of: datetime,
    documents: frozenset[str],
    *,
    directories: bool,
    full_search: int,
    summaries: tuple[Summary, ...] = (),
    evidence: Evidence | None = None,
    inspection: Inspection | None = None,
) -> Stage:
    """Judges and measures a library. Raises ``AfterwordError`` when that cannot be done."""
    telemetry = evidence.telemetry if evidence else None
    beside = (*(evidence.findings if evidence else ()), *(inspection.findings if inspection else ()))
    others = inspection.files if inspection else ()
    report = checking.check(library, as_of, telemetry=telemetry, beside=beside, others=others)
    found = overview(library, as_of, telemetry=telemetry)
    site = Site(library, report, found, as_of, Urls(directories), documents, summaries)
    return Stage(site, Rows(site), Relations(site), len(site.postmortems) <= full_search)


def _adopt(page: Page, parent: StructureItem | None) -> None:
    """Gives a page outside the navigation its place in it."""
    if page.parent is None and page.file.inclusion is InclusionLevel.NOT_IN_NAV and page is not parent:
        page.parent = parent  # type: ignore[assignment]  # a page may stand for its section


def _lines(pages: Iterable[IncidentPage]) -> Iterator[list[IncidentPage]]:
    """Whose pages lead to each other, each in the order of the list."""
    lines: dict[tuple[bool, bool], list[IncidentPage]] = {}
    for page in pages:
        lines.setdefault((page.postmortem.is_internal, page.postmortem.started is None), []).append(page)
    for line in lines.values():
        yield sorted(line, key=_newest)


def _newest(page: IncidentPage) -> tuple[float, str]:
    started = page.postmortem.started
    return -started.sort_key.timestamp() if started else 0.0, page.postmortem.id


def _unfit(file: File) -> str | None:
    """Why a file below ``incidents/`` is not put into the site, if it is not."""
    if file.is_documentation_page():
        name = file.src_uri.rsplit("/", 1)[-1].lower()
        return None if name in _OWN_PAGES else "postmortems end in .md and lie in no linked folder."
    return active.reason(file.src_uri, file.content_bytes if file.src_uri.lower().endswith(".svg") else b"")


def _titles(nav: object) -> dict[str, str]:
    """The titles that the user's navigation gives to pages."""
    if isinstance(nav, list):
        return {uri: title for item in nav for uri, title in _titles(item).items()}
    if isinstance(nav, dict):
        found = {}
        for title, value in nav.items():
            found.update({value: str(title)} if isinstance(value, str) else _titles(value))
        return found
    return {nav: ""} if isinstance(nav, str) else {}


def _parent(files: Files, uri: str) -> StructureItem | None:
    """The section that a page is the index of, or the page itself."""
    file = files.get_file_from_path(uri)
    page = file.page if file else None
    return (page.parent or page) if page else None


def _entry(url: str, title: str, text: str, tags: Sequence[str] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {"location": url, "title": escape(title, quote=False), "text": escape(text, quote=False)}
    if tags:
        found["tags"] = [escape(tag, quote=False) for tag in tags]
    return found
