"""Targets: which file of the library a link of a page leads to, and to what in it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

DOCS = "postmortems"
"""The folder that the site is built from: what lies outside is not on it."""

# Pages that only the site has: it makes them from all postmortems.
_GENERATED = re.compile(
    rf"{DOCS}/(?:(?:index|actions|trends|tags|incidents/index)\.md|incidents\.json|"
    r"(?:incidents/)?(?:services|categories|severities|years|teams)/.*|guide/rules/.*|schemas/.*)\Z"
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relative link leads.

    ``written`` is the path as it stands there, decoded, empty for the page itself; ``path`` that in the library;
    ``anchor`` what stands after ``#``, decoded.
    """

    written: str
    path: str
    anchor: str

    @property
    def is_on_site(self) -> bool:
        """Whether it lies in the folder of the site."""
        return self.path == DOCS or self.path.startswith(f"{DOCS}/")

    @property
    def is_generated(self) -> bool:
        """Whether the site makes it."""
        return _GENERATED.match(self.path) is not None


def target_of(path: str, link: str) -> Target | None:
    """The target of a link in the file at ``path``; ``None`` for an address, or a path from the server's root."""
    place, _, anchor = link.partition("#")
    written = unquote(place.partition("?")[0])
    if _ABSOLUTE.match(written) or (not written and link.startswith("?")):
        return None
    where = posixpath.normpath(posixpath.join(posixpath.dirname(path), written)) if written else path
    return Target(written, where, unquote(anchor))
