"""Render: MkDocs' view of our pages. Nothing of a postmortem's front matter reaches a template unescaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from afterword import confidentiality, document, pages
from afterword.model import Postmortem, Status
from afterword_mkdocs.convert import Converter

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class GeneratedPage(Page):
    """A page that the engine has made. It takes the place of the Markdown file that MkDocs believes in."""

    def __init__(self, made: pages.Page, file: File, config: MkDocsConfig, title: str | None = None) -> None:
        # A Markup is not escaped a second time by the theme's own `| e`.
        super().__init__(escape(title or made.title), file, config)
        self.made = made
        self.edit_url = None

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  # MkDocs' signature
        """There is no source; the engine's words about the page become its metadata."""
        self.markdown = ""
        self.meta = meta(self.made.title, self.made.description)
        self.meta["search"] = {"exclude": True}  # found through a compact entry of its own
        if self.is_homepage:  # its title would stand before the same name of the site
            del self.meta["title"]
        if self.made.wide:
            self.meta["hide"] = ["toc"]

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  # MkDocs' signature
        """The HTML is there already."""
        self.content = self.made.html
        self.toc = contents(self.made.toc)
        self.present_anchor_ids = anchors(self.made.toc)


class IncidentPage(Page):
    """The page of a postmortem: its Markdown is converted as any other; its front matter is ours alone to read."""

    def __init__(
        self,
        postmortem: Postmortem,
        file: File,
        config: MkDocsConfig,
        converter: Converter,
        edit_url: str | None,
        *,
        is_masked: bool = False,
    ) -> None:
        super().__init__(escape(postmortem.title), file, config)
        self._is_masked = is_masked
        self.postmortem = postmortem
        self._converter = converter
        self.edit_url = edit_url
        if self.is_draft:  # a sitemap invites search engines, a draft turns them away
            self.canonical_url = self.abs_url = None

    @property
    def is_draft(self) -> bool:
        """Whether search engines should stay away."""
        return self.postmortem.status is Status.DRAFT

    def read_source(self, config: MkDocsConfig) -> None:
        """Splits the file where the engine does, and replaces the metadata by an escaped whitelist."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        text = self.file.content_string if source is None else source
        if self._is_masked:  # before MkDocs sees a link, a title or a word of it
            text = confidentiality.without_secrets(text)
        edges = document.HANDLER.edges(text)
        self.markdown = text[edges[2] :] if edges else text
        self.meta = meta(self.postmortem.title, self.postmortem.summary or "")
        if self.postmortem.tags:
            self.meta["tags"] = [str(escape(tag)) for tag in self.postmortem.tags]
        if self.is_draft:
            self.meta["search"] = {"exclude": True}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  # MkDocs' signature
        """Converts the Markdown, as MkDocs would."""
        made = self._converter.convert(self.markdown or "", self.file, files)
        self.content = made.html
        self.present_anchor_ids = made.anchors
        self.links_to_anchors = made.links

    def complete(self, made: pages.Page) -> None:
        """Takes over what the engine has made of the converted Markdown."""
        self.content = made.html
        self.toc = contents(made.toc)


def meta(title: str, description: str) -> dict[str, object]:
    """Metadata for the theme. The title stands here too: the theme's own way to write it undoes the escaping."""
    found: dict[str, object] = {"title": escape(title)}
    if description:
        found["description"] = escape(description)
    return found


def contents(headings: Sequence[pages.Heading]) -> TableOfContents:
    """Headings as MkDocs wants them; their titles and ids are escaped already."""
    return TableOfContents([_link(heading) for heading in headings])


def _link(heading: pages.Heading) -> AnchorLink:
    link = AnchorLink(heading.title, heading.id, heading.level)
    link.children = [_link(child) for child in heading.children]
    return link


def anchors(headings: Sequence[pages.Heading]) -> set[str]:
    """The ids that other pages may link to."""
    return {name for heading in headings for name in (heading.id, *anchors(heading.children))}
