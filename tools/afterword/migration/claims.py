"""Claims: which of the files that earlier migrations wrote was made of which page.

Several sources may go into one library, and their pages may bear the same names: “README.md”, “2024-03-04.md”. The
names alone would take the report of one team for an old version of another's. So a source is known again as a whole,
by the pages that are what they were when they were migrated, or still tell the same; and a page by its name only
within its own source. In doubt both are kept: one report too many is seen, one too few is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from afterword.migration import forms
from afterword.migration.collection import Member
from afterword.migration.forms.decoding import decode
from afterword.migration.ledger import ASSET, STARTER, Ledger, Written, name_of, source_of
from afterword.source import digest
from afterword.template import NAMELESS, slug

_AKIN = 0.55
"""So many of the word sequences of one stand in the other. In ten collections two reports share 0.47 at most, and 0.65
or more where both tell of the same incident."""
_WORDS = 3
"""Of a sequence."""
_FEW = 12
"""Sequences of a text that is too short to be told from others."""
_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"(?:undated-|[0-9-]{11})(?P<slug>.+?)(?:-[0-9]+)?\.md")


@dataclass(frozen=True)
class Claims:
    """``source``: the number under which new pages are noted. ``known``: the names in the ledger, by page.

    ``copies``: those of them that are pages of another source, word for word, and stay with that. ``names``: under
    which each page is noted from now on. ``digests``: of each page as it is now.
    """

    source: int = 1
    known: Mapping[str, str] = field(default_factory=dict)
    copies: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


def claims(members: Sequence[Member], book: Ledger, read: Callable[[str], bytes | None]) -> Claims:
    """What is known of each page of a source. ``read``: the file written under a name of the ledger, if it is there."""
    pages = {member.path: member for member in members}
    digests = {path: digest(member.data) for path, member in pages.items()}
    sources = _sources(book)
    akin = _Likeness(pages, read)
    own = _recognised(sources, digests, akin)
    main = own[0] if own else max(sources, default=0) + 1
    known = _by_content(sources, digests, own)
    used = set(known.values())
    for path in pages:
        name = next((name for name in (name_of(number, path) for number in own) if name in book.entries), None)
        if path not in known and name and name not in used and not akin.is_another(path, name, book):
            known[path] = name
    known |= _renamed(sources, own, pages, known, akin)
    numbers = {path: source_of(known[path])[0] if path in known else main for path in pages}
    copies = frozenset(path for path in known if numbers[path] not in own)
    names = {path: known[path] if path in copies else name_of(numbers[path], path) for path in pages}
    return Claims(main, known, copies, names, digests)


def _sources(book: Ledger) -> dict[int, dict[str, Written]]:
    """What is noted of the pages of each source, by their paths."""
    found: dict[int, dict[str, Written]] = {}
    for name, item in sorted(book.entries.items()):
        if item.path.endswith(".md") and not name.startswith((ASSET, STARTER)):
            number, path = source_of(name)
            found.setdefault(number, {})[path] = item
    return found


def _recognised(sources: Mapping[int, Mapping[str, Written]], digests: Mapping[str, str], akin: _Likeness) -> list[int]:
    """The sources that these pages are, those first that have most of them."""
    found = []
    for number, entries in sources.items():
        before = {item.made_of for item in entries.values()}
        matches = clashes = 0
        for path, now in digests.items():
            if now in before:
                matches += not akin.is_short(path)
            elif path in entries:
                same = akin.of(path, name_of(number, path))
                matches, clashes = matches + (same is True), clashes + (same is False)
        if matches > clashes and 2 * matches >= min(len(entries), len(digests)):
            found.append((-matches, number))
    return [number for _, number in sorted(found)]


def _by_content(
    sources: Mapping[int, Mapping[str, Written]], digests: Mapping[str, str], own: Sequence[int]
) -> dict[str, str]:
    """The pages that are what they were, in any source and under any name; those under their own come first."""
    made: dict[str, list[str]] = {}
    for number in (*own, *(other for other in sources if other not in own)):
        for path, item in sources[number].items():
            if item.made_of is not None:
                made.setdefault(item.made_of, []).append(name_of(number, path))
    known: dict[str, str] = {}
    for path, now in digests.items():
        ours = {name_of(number, path) for number in own}
        if name := next((name for name in made.get(now, ()) if name in ours), None):
            known[path] = name
    used = set(known.values())
    for path, now in digests.items():
        free = (name for name in made.get(now, ()) if name not in used)
        if path not in known and (name := next(free, None)):
            known[path] = name
            used.add(name)
    return known


def _renamed(
    sources: Mapping[int, Mapping[str, Written]],
    own: Sequence[int],
    pages: Mapping[str, Member],
    known: Mapping[str, str],
    akin: _Likeness,
) -> dict[str, str]:
    """The pages that lie in another folder now and were changed at once."""
    used = set(known.values())
    lost: dict[str, list[str]] = {}
    for number in own:
        for path in sources[number]:
            name = name_of(number, path)
            if path not in pages and name not in used:
                lost.setdefault(path.rpartition("/")[2], []).append(name)
    found: dict[str, str] = {}
    for path in pages:
        if path not in known:
            names = lost.get(path.rpartition("/")[2], [])
            same = next((name for name in names if akin.of(path, name)), None)
            if same:
                found[path] = same
                names.remove(same)
    return found


class _Likeness:
    """Which pages tell the same as files that were written. ``read``: as in ``claims``."""

    def __init__(self, pages: Mapping[str, Member], read: Callable[[str], bytes | None]) -> None:
        self._pages = pages
        self._read = read
        self._sequences = cache(lambda path: frozenset(_sequences(self._text(path))))

    def _text(self, path: str) -> str:
        page = forms.read(path, self._pages[path].data)
        return f"{page.title or ''}\n{page.text}"

    def is_short(self, path: str) -> bool:
        """Whether a page holds so little that another may hold the same."""
        return next((False for at, _ in enumerate(_WORD.finditer(decode(self._pages[path].data))) if at > _WORDS), True)

    def of(self, path: str, name: str) -> bool | None:
        """Whether a page tells the same as a file; ``None`` where nobody can say."""
        written = self._read(name)
        if written is None:
            return None
        ours, theirs = self._sequences(path), frozenset(_sequences(decode(written)))
        least = min(len(ours), len(theirs))
        return None if least < _FEW else len(ours & theirs) >= _AKIN * least

    def is_another(self, path: str, name: str, book: Ledger) -> bool:
        """Whether a page surely is another report than the one that was made of the page of its name before.

        It tells something else, and nowhere says the other's title.
        """
        title = _NAMED.fullmatch(book.entries[name].path.rpartition("/")[2])
        if title is None or title["slug"] == NAMELESS or self.of(path, name):
            return False
        said = slug(f"{path}\n{self._text(path)}", limit=10**9)
        return f"-{title['slug']}-" not in f"-{said}-" and len(self._sequences(path)) >= _FEW


def _sequences(text: str) -> Iterator[tuple[str, ...]]:
    words: Iterable[str] = _WORD.findall(text.casefold())
    words = list(words)
    return zip(*(words[at:] for at in range(_WORDS)), strict=False)
