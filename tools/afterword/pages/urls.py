"""URLs: where a page of the site lies, seen from the site's root. Templates put the way to the root before it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

DOCS = "postmortems/"
"""What a path of the library begins with and a page's does not."""

_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Urls:
    """How pages are addressed: ``a/b/`` for ``a/b.md`` with directory URLs, ``a/b.html`` without."""

    directories: bool = True

    def of(self, uri: str) -> str:
        """The URL of a page by its source, from the root: ``services/checkout.md`` → ``services/checkout/``."""
        stem = uri.removesuffix(".md")
        folder, name = posixpath.split(stem)
        if not self.directories:
            return quote(f"{stem}.html")
        if name == "index":
            return quote(f"{folder}/") if folder else "./"
        return quote(f"{stem}/")

    def root(self, uri: str) -> str:
        """The way from a page to the site's root: ``""``, ``../``, ``../../`` and so on."""
        depth = uri.count("/")
        if self.directories and posixpath.basename(uri) != "index.md":
            depth += 1
        return "../" * depth


def uri_of(path: str) -> str:
    """The page of a postmortem's path: ``postmortems/incidents/2026/x.md`` → ``incidents/2026/x.md``."""
    return path.removeprefix(DOCS)


def safe(url: str | None) -> str | None:
    """An address that a reader may follow: http, https or mailto. Anything else → ``None``."""
    if not url or any(ord(char) <= 32 or char == "\x7f" for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return None
    if parts.scheme.lower() not in _SCHEMES or (parts.scheme.lower() != "mailto" and not parts.netloc):
        return None
    return url


def host(url: str | None) -> str:
    """The name of the server in an address, for readers."""
    return urlsplit(url).netloc.removeprefix("www.") if url and safe(url) else ""
