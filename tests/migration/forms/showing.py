"""What a reader sees: of HTML and of Markdown, without the code that is tested."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
from markdown_it import MarkdownIt

_SITE = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "tables", "pymdownx.betterem", "pymdownx.details",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tilde",
)  # fmt: skip


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def seen(html: str) -> str:
    """All letters and signs that a browser shows of HTML without scripts, without blanks."""
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.parts).split())


def by_standard(text: str) -> str:
    """Markdown as HTML, as CommonMark has it."""
    html: str = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return html


def by_site(text: str) -> str:
    """Markdown as HTML, as our site makes it."""
    return markdown.markdown(text, extensions=[*_SITE, "pymdownx.tasklist"])
