"""Assets: files that reports link to, and where each lies in the library: each content once, each name once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from afterword import active
from afterword.migration.secrecy import nameable
from afterword.source import digest

FOLDER = "postmortems/incidents/assets"
MAX_BYTES = 100 * 1024 * 1024
"""Hosts of repositories take no larger file."""
_LONGEST = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows gives to devices, whatever their ending."""
_PAGES = (".md", ".markdown", ".mkd", ".mkdn", ".mdown")
"""Endings of files that the site would make pages of."""


class Assets:
    """The assets that pages have asked for so far. ``others``: the files of the source that are no reports.

    ``held``: the digest of each asset that the library has already, by its name. None is ever given another content:
    a page that nobody writes anew may show it.
    """

    def __init__(self, others: Mapping[str, Path], held: Mapping[str, str] | None = None) -> None:
        self._others = others
        self._held = {name.casefold(): (name, content) for name, content in (held or {}).items()}
        self._known: dict[str, tuple[str, str] | None] = {}
        self._contents: dict[str, tuple[str, str]] = {}
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._others and not path.lower().endswith(_PAGES)

    def __iter__(self) -> Iterator[str]:
        return iter(self._others)

    def place(self, path: str) -> tuple[str, str] | None:
        """A path of the source with the same content, the first that was asked for, and the path in the library.

        ``None`` for a file that cannot be read, or that is too large for a library.
        """
        if path not in self._known:
            self._known[path] = self._placed(path)
        return self._known[path]

    def _placed(self, path: str) -> tuple[str, str] | None:
        try:
            if self._others[path].stat().st_size > MAX_BYTES:
                return None
            data = self._others[path].read_bytes()
        except OSError:
            return None
        stem, ending = _name(path, data)
        content = digest(data)
        sort = f"{content}{ending}"  # the ending says what a browser takes it for
        if sort not in self._contents:
            name = f"{stem}{ending}"
            plain = name.casefold()
            number = self._numbers.get(plain, 1)  # thousands of folders may each have their own image.png
            while name.casefold() in self._names or self._is_another(name, content):
                number += 1
                name = f"{stem}-{number}{ending}"
            self._names.add(name.casefold())
            self._numbers[plain] = number
            self._contents[sort] = (path, f"{FOLDER}/{name}")
        return self._contents[sort]

    def _is_another(self, name: str, content: str) -> bool:
        """Whether the library has something else of that name, or of one that some systems take for the same."""
        return self._held.get(name.casefold(), (name, content)) != (name, content)


def _name(path: str, data: bytes) -> tuple[str, str]:
    """Stem and ending of a name that every system and every address takes; what could act in a browser is a text."""
    name = nameable(path.rpartition("/")[2])
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".") if "." in plain.strip(".") else (plain, "", "")
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", stem).strip("-.")[:_LONGEST] or "file"
    stem = f"file-{stem}" if _RESERVED.match(stem) else stem
    ending = f"{dot}{re.sub(r'[^A-Za-z0-9]+', '', ending)[:_LONGEST]}" if ending else ""
    return (stem, f"{ending}.txt") if active.reason(f"{stem}{ending}", data) else (stem, ending)
