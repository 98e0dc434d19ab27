"""Convert: Markdown to HTML as MkDocs does it, but with one converter for all postmortems instead of one for each.

Setting one up takes a sixth of the time of a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from markdown import Markdown
from mkdocs.structure import pages

from afterword import entities
from afterword_mkdocs import fences, lists, standard

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files


_SUPERFENCES = frozenset(("pymdownx.superfences", "pymdownx.extra"))
"""Extensions that know titles of blocks of code."""


@dataclass(frozen=True, slots=True)
class Converted:
    """HTML, and what MkDocs checks links with: the ids of the page, and its links to ids of others."""

    html: str
    anchors: set[str]
    links: dict[File, dict[str, str]]


class Converter:
    """Converts one page after the other with the extensions of a configuration."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._markdown = _made(config)
        self._titled = not _SUPERFENCES.isdisjoint(config["markdown_extensions"])

    def convert(self, text: str, file: File, files: Files) -> Converted:
        """The HTML of a page's Markdown, its links resolved among the files of the site.

        One that is nested more deeply than the library can follow is shown as it is written.
        """
        try:
            return self._converted(text, file, files)
        except RecursionError:
            self._markdown = _made(self._config)  # the other was left in the middle
            return Converted(f"<pre><code>{escape(text, quote=False)}</code></pre>", set(), {})

    def _converted(self, text: str, file: File, files: Files) -> Converted:
        # The same as in MkDocs' Page.render. Registered under the same names, they take the place of those of the
        # page before; and resetting is what the library wants between two documents.
        md = self._markdown
        raw = pages._RawHTMLPreprocessor()
        anchors = pages._ExtractAnchorsTreeprocessor(file, files, self._config)
        paths = pages._RelativePathTreeprocessor(file, files, self._config)
        for processor in (raw, anchors, paths):
            processor._register(md)
        html = md.reset().convert(entities.bounded(lists.regular(fences.regular(text, titled=self._titled))))
        return Converted(html, anchors.present_anchor_ids | raw.present_anchor_ids, paths.links_to_anchors)


def _made(config: MkDocsConfig) -> Markdown:
    """A converter that reads as other readers of Markdown do."""
    found = Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {})
    lists.keep_numbers(found)
    standard.follow(found)
    return found
