"""Ledger: what a migration wrote, kept in the library, so that a second run leaves alone what somebody has edited."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from afterword.source import digest

FILE = ".afterword/migration.json"
VERSION = 1
SETTINGS = "afterword.yml"
ASSET = "asset:"
"""Stands before the path of an asset in the source, so that it is no page's."""
STARTER = "starter:"
"""Stands before the path of a file that every new library gets."""
_MARKED = ("#", ASSET, STARTER)
_INCIDENTS = "postmortems/incidents/"
_NUMBERED = re.compile(r"#([1-9][0-9]{0,8}):")


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written: its path in the library and the digest of its bytes.

    ``made_of``: the digest of the page that it was made of.
    """

    path: str
    digest: str
    made_of: str | None = None


@dataclass(frozen=True)
class Ledger:
    """By the name of where each came from (``name_of`` a page; settings by their own), what was written.

    ``planned``: what a migration was about to write that has not ended: maybe it was killed in the middle.
    """

    entries: Mapping[str, Written] = field(default_factory=dict)
    planned: Mapping[str, Written] = field(default_factory=dict)

    def of(self, source: str) -> Written | None:
        """What was written for a source."""
        return self.entries.get(source)

    def render(self) -> bytes:
        """The ledger as JSON."""
        said = {"version": VERSION, "files": _listed(self.entries)}
        if self.planned:
            said["planned"] = _listed(self.planned)
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _listed(entries: Mapping[str, Written]) -> dict[str, dict[str, str]]:
    return {key: _said(item) for key, item in sorted(entries.items())}


def _said(item: Written) -> dict[str, str]:
    said = {"path": item.path, "sha256": item.digest}
    return said if item.made_of is None else {**said, "made_of": item.made_of}


def read(data: bytes) -> Ledger | None:
    """The ledger of a file's bytes; ``None`` for one that cannot be read."""
    try:
        said: Any = json.loads(data)
        book = Ledger(_read(said["files"]), _read(said.get("planned", {})))
        book.render()  # what is no text could not be written again
        return book if said["version"] == VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(files: Any) -> dict[str, Written]:
    return {
        str(key): Written(
            str(item["path"]), str(item["sha256"]), str(item["made_of"]) if item.get("made_of") is not None else None
        )
        for key, item in files.items()
    }


def written(path: str, data: bytes, made_of: str | None = None) -> Written:
    """What is noted of a file."""
    return Written(path, digest(data), made_of)


def name_of(source: int, path: str) -> str:
    """The name of a page, or of an asset behind ``ASSET``, in the ledger; each source has a number, from 1."""
    return path if source == 1 and not path.startswith(_MARKED) else f"#{source}:{path}"


def source_of(name: str) -> tuple[int, str]:
    """The source of a page and its path there."""
    found = _NUMBERED.match(name)
    return (int(found[1]), name[found.end() :]) if found else (1, name)


def may_be(source: str, path: str) -> bool:
    """Whether a migration writes such a path for a source: whoever changed a ledger must not have others removed."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in path or ":" in path or not path.isprintable():
        return False
    if source == SETTINGS:
        return path == SETTINGS
    is_asset = path.startswith(f"{_INCIDENTS}assets/")
    if source.startswith(ASSET):
        return is_asset
    return path.startswith(_INCIDENTS) and path.endswith(".md") and not is_asset
