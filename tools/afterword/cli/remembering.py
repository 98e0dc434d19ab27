"""Remembering: the pages of the error budgets as they were made last, and of what.

They follow from the bytes of a few files alone, and a year of snapshots takes a second to read. So they are kept below
``.cache/afterword``, under a key of all of that. Broken or foreign, they are made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword import cache, source
from afterword.files import write_atomically

if TYPE_CHECKING:
    from afterword.library import Library

FILE = Path(".cache") / "afterword" / "budget-pages.json"
_LOG = "overrides/"
_ENGINE = ("budgets", "pages")
_NAME = re.compile(r"budgets/(badges/)?[a-z0-9][a-z0-9._-]*\.(md|svg)")
"""Whatever stands in a cache, nothing else is ever written."""


def key(library: Library) -> str:
    """Names the engine, the settings, the postmortems, and what the library knows of its budgets."""
    hasher = hashlib.sha256(f"{cache.key(library.settings.digest)} {sys.version_info[:2]}\0".encode())
    for part in (*_engine(), *_inputs(library.root)):
        hasher.update(f"{part}\0".encode())
    for record in library.records:
        hasher.update(f"{record.path} {record.digest}\0".encode())
    return hasher.hexdigest()


def _engine() -> Iterator[str]:
    """The files that make the pages, by size and time: an edited checkout does not trust yesterday's pages."""
    package = Path(__file__).parents[1]
    for path in sorted(path for name in _ENGINE for path in (package / name).rglob("*.*")):
        if path.suffix != ".pyc":
            stat = path.stat()
            yield f"{path.relative_to(package).as_posix()} {stat.st_size} {stat.st_mtime_ns}"


def _inputs(root: Path) -> Iterator[str]:
    """All of ``budgets/`` but the log of overrides, which grows with every deploy and is on no page."""
    folder = root / "budgets"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(_LOG):
            yield f"{name} {_digest(path)}"


def _digest(path: Path) -> str | None:
    """``None`` for a file that cannot be read: whoever needs it says so."""
    try:
        return source.digest(path.read_bytes())
    except OSError:
        return None


def recall(root: Path, wanted: str) -> dict[str, bytes] | None:
    """The files that were made of the same; ``None`` when they are not known."""
    try:
        known: dict[str, Any] = json.loads((root / FILE).read_bytes())
        if known["key"] != wanted:
            return None
        found = {name: text.encode() for name, text in known["files"].items() if _NAME.fullmatch(name)}
        return found if len(found) == len(known["files"]) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def remember(root: Path, made_of: str, files: Mapping[str, bytes]) -> None:
    """An unwritable cache is no error: the next run is slower."""
    facts = {"key": made_of, "files": {name: data.decode() for name, data in files.items()}}
    try:
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / FILE, json.dumps(facts, ensure_ascii=False).encode(), sync=False)
    except OSError:
        return
