"""Budgets: the rendered pages of error budgets among MkDocs' files, and what a gate elsewhere needs beside them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import escape
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from afterword.budgets.gate import policy
from afterword.budgets.snapshots import store
from afterword.findings import Level
from afterword.pages.budget_summary import FOLDER, INDEX, Summary, is_ours, read
from afterword_mkdocs.render import meta

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

TITLE = "Budgets"
SNAPSHOT = f"{FOLDER}/snapshot{store.SUFFIX}"
POLICY = f"{FOLDER}/policy.json"
_BEFORE = ("trends.md", "actions.md", "incidents/index.md", "index.md")
"""After the first of these that a navigation names, the budgets stand."""
_LINK = re.compile(r'href="(?![a-z][a-z0-9+.-]*:|[/#])([^"#]+\.md)(#[^"]*)?"', re.IGNORECASE)


class BudgetPage(Page):
    """A page that ``afterword budget render`` wrote: its words come from objectives and are escaped for the theme."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Reads it as MkDocs does, and escapes what reaches templates."""
        super().read_source(config)
        given = {key: str(self.meta.get(key, "")) for key in ("title", "description")}
        hidden = self.meta.get("hide")
        self.meta = meta(given["title"], given["description"])
        if isinstance(hidden, list):
            self.meta["hide"] = [str(item) for item in hidden if item == "toc"]
        self.edit_url = None

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Converts it. Links in HTML are resolved here, because MkDocs resolves those of Markdown only."""
        super().render(config, files)
        self.content = _LINK.sub(lambda found: self._resolved(found, files), self.content or "")

    def _resolved(self, found: re.Match[str], files: Files) -> str:
        """A link to a page of the site; one to a page that is not there leads nowhere."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.file.src_uri), unquote(unescape(found[1]))))
        target = files.get_file_from_path(path)
        if target is None:
            return ""
        return f'href="{escape(target.url_relative_to(self.file))}{found[2] or ""}"'


def pages(files: Files) -> tuple[File, ...]:
    """The files that were rendered; others below ``budgets/`` are somebody's own."""
    found = (file for file in files.documentation_pages() if file.src_uri.startswith(f"{FOLDER}/"))
    return tuple(file for file in found if is_ours(file.content_string))


def summaries(files: Sequence[File]) -> tuple[Summary, ...]:
    """What the pages say of themselves, in the order of the files."""
    found = (read(file.content_string) for file in files)
    return tuple(summary for summary in found if summary is not None)


def place(files: Sequence[File], config: MkDocsConfig, titles: Mapping[str, str]) -> Iterator[BudgetPage]:
    """Makes pages of the files. Single objectives stay outside the navigation unless it names them."""
    for file in files:
        if file.src_uri != INDEX and file.src_uri not in titles:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        yield BudgetPage(escape(titles[file.src_uri]) if titles.get(file.src_uri) else None, file, config)


def navigate(config: MkDocsConfig, named: Mapping[str, str]) -> None:
    """Puts the index into a written navigation that names none of the pages."""
    nav: Any = config.nav
    if not isinstance(nav, list) or INDEX in named:
        return
    leaves = [_leaf(item) for item in nav]
    at = next((leaves.index(uri) + 1 for uri in _BEFORE if uri in leaves), None)
    if at is not None:
        config.nav = [*nav[:at], {TITLE: INDEX}, *nav[at:]]


def _leaf(item: object) -> str:
    value = next(iter(item.values()), "") if isinstance(item, dict) else item
    return value if isinstance(value, str) else ""


def data(root: Path) -> Iterator[tuple[str, bytes]]:
    """The latest snapshot as it is committed, and the policy in effect, so that a gate elsewhere can judge by them.

    A policy at fault is left out: a gate must not take our defaults for what somebody has decided.
    """
    names = store.names(root)
    if not names:
        return
    yield SNAPSHOT, (store.folder(root) / names[-1]).read_bytes()
    file = root.joinpath(*policy.FILE.split("/"))
    chosen, faults = policy.read(file.read_bytes()) if file.is_file() else (policy.DEFAULT, [])
    if not any(fault.level is Level.ERROR for fault in faults):
        yield POLICY, (json.dumps(policy.plain(chosen), indent=2, ensure_ascii=False) + "\n").encode()
