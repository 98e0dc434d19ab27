"""Routes: where the target of one link leads after the migration."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize
from urllib.parse import quote, unquote

from afterword.migration.links.assets import Assets

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_SERVED = ("", "static/", "public/", "source/", "content/", "docs/", "assets/")
"""Where generators of sites keep what they serve from the root."""
_ENDINGS = (
    ".md", ".markdown", ".mdx", ".qmd", ".Rmd", ".html.md", ".html.md.erb", ".md.erb", "/index.md", "/README.md",
)  # fmt: skip
_POST = re.compile(r"/?(?:.{0,200}/)?(\d{4})/(\d\d)/(\d\d)/([\w.-]{1,200}?)(?:\.html?|/(?:index\.html?)?)?")
"""The address that Jekyll gives to ``_posts/2021-03-04-name.md``."""
_TREES = ("blob", "tree", "raw", "-/blob", "-/tree", "-/raw")


@dataclass(frozen=True)
class Places:
    """What links of a source can lead to.

    ``moved``: path in the source to path in the library of each report. ``left``: paths of files that are no reports.
    ``base``: the address below which the source is read on the web. ``anchors``: of each report, by its path in the
    source, all anchors that it had and what they are now; an empty one for its title.
    """

    moved: Mapping[str, str]
    assets: Assets
    left: Collection[str] = ()
    base: str | None = None
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def posts(self) -> Mapping[str, str]:
        """The reports of a blog by the name of their file without its ending; none of those that share one."""
        stems: dict[str, list[str]] = {}
        for path in self.moved:
            name = path.rpartition("/")[2]
            if name[:1].isdigit():
                stems.setdefault(name.partition(".")[0], []).append(path)
        return {stem: paths[0] for stem, paths in stems.items() if len(paths) == 1}

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders of the source."""
        return frozenset(
            folder for path in (*self.moved, *self.left, *self.assets) for folder in _above(posixpath.dirname(path))
        )


@dataclass(frozen=True, slots=True)
class Route:
    """Where a link leads.

    ``target``: as it is written now; ``None``: as before. ``page``: its path in the library, of what the library has.
    ``as_text``: an image that is only safe to read as text.
    """

    target: str | None = None
    page: str | None = None
    anchor: str = ""
    is_dead: bool = False
    as_text: bool = False


KEPT = Route()
DEAD = Route(is_dead=True)


class Router:
    """The links of one page, at ``path`` in the source and at ``new`` in the library. ``used``: its assets."""

    def __init__(self, path: str, new: str, places: Places) -> None:
        self._path, self._new, self._places = path, new, places
        self._known: dict[str, Route] = {}
        self.used: dict[str, str] = {}

    def route(self, target: str) -> Route:
        """Where a target leads; decoded from Markdown, with its percent signs as written."""
        if target not in self._known:
            self._known[target] = self._routed(target)
        return self._known[target]

    def _routed(self, target: str) -> Route:
        place, sharp, anchor = target.partition("#")
        if not place:
            return self._within(anchor) if sharp else KEPT
        if _SCHEME.match(place):
            inside = self._of_base(place)
            if inside is None:
                return DEAD if place.lower().startswith("file:") else KEPT
            found = self._at(inside, unquote(anchor))
            return KEPT if found is None or found.page is None else found
        written = unquote(place.partition("?")[0]).replace("\\", "/")
        if not written:
            return KEPT
        for way in self._ways(written):
            found = self._at(way, unquote(anchor))
            if found:
                return found
        if not written.isascii():  # a letter with its accent is one sign or two, as each system has it
            for form in ("NFC", "NFD"):
                way = next(self._ways(normalize(form, written)))
                if found := self._at(way, unquote(anchor)):
                    return found
        post = _POST.fullmatch(written)
        path = self._places.posts.get("-".join(post.groups())) if post else None
        return self._report(path, unquote(anchor)) if path else DEAD

    def _within(self, anchor: str) -> Route:
        """To a heading of the same page."""
        now = self._heading(self._path, unquote(anchor))
        return KEPT if now is None or now == anchor else Route(f"#{now or 'top'}")

    def _heading(self, path: str, anchor: str) -> str | None:
        """What an anchor of a report is now; hosts of repositories do not tell small letters from capitals."""
        known = self._places.anchors.get(path, {})
        return known.get(anchor, known.get(anchor.lower()))

    def _of_base(self, place: str) -> str | None:
        """The path in the source of an address below its own; ``None`` for any other."""
        base = (self._places.base or "").rstrip("/")
        if not base:
            return None
        for known in dict.fromkeys((base, *(base.replace(f"/{old}/", f"/{new}/") for old in _TREES for new in _TREES))):
            if place.startswith(f"{known}/"):
                return unquote(place[len(known) + 1 :].partition("?")[0])
        return None

    def _ways(self, written: str) -> Iterator[str]:
        """The paths in the source that a relative or rooted path may mean, the plainest first."""
        if not written.startswith("/"):
            yield _joined(posixpath.dirname(self._path), written)
            return
        for folder in _SERVED:
            yield _joined("", folder + written.lstrip("/"))

    def _at(self, path: str, anchor: str) -> Route | None:
        """What is at a path of the source; ``None`` when nothing is."""
        if path.startswith("..") or not path:
            return None
        for wanted in _named(path):
            if wanted in self._places.moved:
                return self._report(wanted, anchor)
        if path in self._places.assets:
            return self._asset(path, anchor)
        if path in self._places.left or path in self._places.folders or path == ".":
            base = self._places.base
            inside = "" if path == "." else f"/{quote(path)}"
            return Route(f"{base.rstrip('/')}{inside}{_sharp(anchor)}") if base else DEAD
        return None

    def _report(self, path: str, anchor: str) -> Route:
        now = self._heading(path, anchor)
        now = anchor if now is None else now
        if path == self._path:
            return Route(_sharp(now) or "#top", self._new, now)
        page = self._places.moved[path]
        return Route(f"{self._relative(page)}{_sharp(now)}", page, now)

    def _asset(self, path: str, anchor: str) -> Route:
        place = self._places.assets.place(path)
        if place is None:
            return DEAD
        self.used[place[0]] = place[1]
        as_text = place[1].endswith(".txt") and not path.lower().endswith(".txt")
        return Route(f"{self._relative(place[1])}{_sharp(anchor)}", place[1], anchor, as_text=as_text)

    def _relative(self, path: str) -> str:
        return quote(posixpath.relpath(path, posixpath.dirname(self._new)))


def on_site(new: str, route: Route) -> str | None:
    """A route in HTML, which the site does not translate: from the folder of the page to that of the other."""
    if route.page is None:
        return route.target
    folder = route.page.endswith(".md")
    place = posixpath.relpath(route.page.removesuffix(".md"), new.removesuffix(".md"))
    return f"{quote(place)}{'/' if folder else ''}{_sharp(route.anchor)}"


def _sharp(anchor: str) -> str:
    return f"#{quote(anchor, safe=_SAFE)}" if anchor else ""


_SAFE = "/:@!$&'*+,;=~?"


def _above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _joined(folder: str, written: str) -> str:
    return posixpath.normpath(posixpath.join(folder, written)) if written else folder


def _named(path: str) -> Iterator[str]:
    """A path and what generators of sites write for it: without its ending, with another, as HTML, as a folder."""
    yield path
    stem = path.removesuffix(".html").removesuffix(".htm").removesuffix(".md")
    yield from (f"{stem}{ending}" for ending in _ENDINGS)
