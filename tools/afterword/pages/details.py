"""Details: what else an action says, Markdown in the front matter, as HTML below its title."""

from __future__ import annotations

import posixpath
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from afterword.pages.sanitize import sanitize
from afterword.pages.urls import Urls

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    """Without headings: in a cell they would stand in the contents of the page. Imported late: few actions need it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    made = MarkdownIt("commonmark", {"maxNesting": 16})
    return made.enable(["table", "strikethrough"]).disable(["heading", "lheading"])


def html(urls: Urls, uri: str, text: str) -> Markup:
    """The HTML of an action's details on the page ``uri``. Relative links lead from its file, as those of the body."""
    made = _parser()
    tokens = made.parse(text)
    for token in tokens:
        for child in token.children or ():
            _turn(urls, uri, child)
    return Markup(sanitize(made.renderer.render(tokens, made.options, {})))  # noqa: S704  # sanitized here


def _turn(urls: Urls, uri: str, token: Token) -> None:
    """Lets a relative link or image lead from the page's address instead of from its file."""
    name = "src" if token.type == "image" else "href"
    target = token.attrGet(name)
    if not isinstance(target, str) or not target or target.startswith(("#", "/")):
        return
    try:
        parts = urlsplit(target)
    except ValueError:  # such as an unclosed bracket of an IPv6 address: what is no address leads nowhere
        return
    if parts.scheme or parts.netloc or not parts.path:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(parts.path)))
    if path.startswith(".."):
        return
    found = urls.of(path) if path.endswith(".md") else quote(path)
    token.attrSet(name, urls.root(uri) + found + (f"#{parts.fragment}" if parts.fragment else ""))
