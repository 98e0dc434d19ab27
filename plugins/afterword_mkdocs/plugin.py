"""Plugin: the hooks. What a page says is made by the engine; here it is handed to MkDocs.

The only module of the plugin that touches the world: the clock, the environment, the disk.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from afterword import checking, resources, settings
from afterword.budgets import inspection
from afterword.budgets.incidents import evidence
from afterword.confidentiality import without_secrets
from afterword.errors import AfterwordError
from afterword.findings import Finding, Level
from afterword.pages.budget_summary import FOLDER
from afterword.timing import parse_as_of
from afterword_mkdocs import assets, breaks, budgets, linked, policy, staging
from afterword_mkdocs.config import AfterwordConfig
from afterword_mkdocs.naming import name_dialogs
from afterword_mkdocs.render import IncidentPage
from afterword_mkdocs.staging import Stage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from afterword.pages import Site

log = get_plugin_logger("afterword")


class AfterwordPlugin(BasePlugin[AfterwordConfig]):  # type: ignore[no-untyped-call]  # MkDocs types no hook
    """A postmortem library as a part of the site."""

    def __init__(self) -> None:
        self._is_serve = False
        self._stage: Stage | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remembers whether pages are only looked at. Having this hook also keeps the plugin between rebuilds."""
        self._is_serve = command == "serve"

    @event_priority(-50)  # later, so that options that other plugins set are known
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Starts afresh, and gives the theme our stylesheet, scripts and templates."""
        self._stage = None
        root = self._root(config)
        if Path(config.docs_dir).resolve() != root / "postmortems":
            raise PluginError(f"docs_dir must be {root / 'postmortems'}, where the library's postmortems lie.")
        assets.register(config)
        policy.restrain(config)
        return config

    @event_priority(-50)  # later, so that pages of other plugins count as the user's own
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Reads the library, takes out what is no postmortem, and adds the pages that no file stands behind."""
        for file in list(linked.astray(files, Path(config.docs_dir), self._root(config))):
            files.remove(file)
            log.warning(
                "%s is left out: it is linked from outside of the library, or from a hidden folder.", file.src_uri
            )
        try:
            self._stage = self._load(config, files)
        except AfterwordError as error:
            raise PluginError(_message(error)) from error
        for finding in self._stage.site.report.findings:
            log.log(_LOG_LEVELS[finding.level], _line(finding))
        for remark in self._stage.place(files, config):
            log.warning(remark)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Gives pages outside the navigation their place in it: with all in it, building is quadratic."""
        self._staged.connect(files)
        return nav

    @event_priority(100)  # at once, so that what other plugins add is not taken for the author's
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Cleans a postmortem's HTML and puts what is known of it around."""
        return self._staged.complete(page, html) if isinstance(page, IncidentPage) else html

    @event_priority(-100)  # last, because a changed script no longer fits its hash
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Names the search dialog, lets long names in tables wrap, and adds the policy.

        While the site is served there is no policy: the server's own script for reloading would break it.
        """
        noindex = isinstance(page, IncidentPage) and page.is_draft
        return policy.apply(breaks.mark(name_dialogs(output)), noindex=noindex, strict=not self._is_serve)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for the page that says that there is none."""
        if not template_name.endswith(".html"):
            return output
        return policy.apply(name_dialogs(output), strict=not self._is_serve)

    @event_priority(100)  # before the search plugin writes its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Adds one entry for each page whose text is not in the search index."""
        search = config.plugins.get("material/search") or config.plugins.get("search")
        index = getattr(search, "search_index", None)
        if isinstance(entries := getattr(index, "entries", None), list):
            entries.extend(self._staged.search_entries())

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: object,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Builds again when the settings, the schemas or the budgets change, which lie outside ``docs_dir``."""
        root = self._root(config)
        for path in (root / settings.FILE, resources.schemas(), root / FOLDER):
            if path.exists():
                server.watch(str(path))
        return server

    @property
    def site(self) -> Site | None:
        """What was built: the library, its findings and measures. ``None`` before the files are read."""
        return self._stage.site if self._stage else None

    @property
    def _staged(self) -> Stage:
        if self._stage is None:
            raise PluginError("the library was not read: another plugin has stopped on_files.")
        return self._stage

    def _root(self, config: MkDocsConfig) -> Path:
        """The folder of ``afterword.yml``."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        root = (base / self.config.library).resolve()
        if not (root / settings.FILE).is_file():
            raise PluginError(
                f"there is no {settings.FILE} in {root}. `afterword init` makes a library; "
                "the plugin's option `library` says where it is, if not beside mkdocs.yml."
            )
        return root

    def _load(self, config: MkDocsConfig, files: Files) -> Stage:
        root = self._root(config)
        known = settings.load(root)
        use_cache = self.config.cache and not os.environ.get("AFTERWORD_NO_CACHE")
        loaded = checking.load(root, known, use_cache=use_cache)
        as_of = self._as_of() or known.as_of or datetime.now(UTC)
        return staging.stage(
            loaded,
            as_of,
            frozenset(file.src_uri for file in files.documentation_pages()),
            directories=config.use_directory_urls,
            full_search=self.config.full_search,
            summaries=budgets.summaries(budgets.pages(files)),
            evidence=evidence.gather(root, loaded.postmortems, as_of, os.environ, use_cache=use_cache),
            inspection=inspection.inspect(root, os.environ, tuple(known.services), use_cache=use_cache),
        )

    def _as_of(self) -> datetime | None:
        """The clock, where one is set. Raises ``PluginError`` when it cannot be read."""
        where, text = "AFTERWORD_AS_OF", os.environ.get("AFTERWORD_AS_OF", "")
        if not text:
            given = self.config.as_of
            where, text = "the option as_of", given.isoformat() if isinstance(given, date) else str(given or "")
        if not text:
            return None
        found = parse_as_of(text)
        if found is None:
            raise PluginError(f"{where} is “{text}”, but must be a date or RFC 3339, such as 2026-11-01.")
        return found


_LOG_LEVELS = {Level.ERROR: 30, Level.WARNING: 20, Level.HINT: 20}
"""Only what must be mended is a warning to MkDocs, because ``--strict`` fails on each."""


def _line(finding: Finding) -> str:
    span = finding.span
    return f"{finding.path}:{span.line}:{span.column}: {finding.level} {finding.code} {finding.message}"


def _message(error: AfterwordError) -> str:
    return without_secrets(f"{error.message}. {error.hint}" if error.hint else error.message)
