"""Ledger: what a migration wrote, kept in the library, so that a second run leaves alone what somebody has edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from afterword.source import digest

FILE = ".afterword/migration.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written: its path in the library and the digest of its bytes."""

    path: str
    digest: str


@dataclass(frozen=True)
class Ledger:
    """By the name of where each came from (a page's path in the source; settings by their own), what was written."""

    entries: Mapping[str, Written] = field(default_factory=dict)

    def of(self, source: str) -> Written | None:
        """What was written for a source."""
        return self.entries.get(source)

    def render(self) -> bytes:
        """The ledger as JSON."""
        files = {key: {"path": item.path, "sha256": item.digest} for key, item in sorted(self.entries.items())}
        return (json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> Ledger:
    """The ledger of a file's bytes. One that cannot be read is empty: then whatever is there counts as edited."""
    try:
        said: Any = json.loads(data)
        files = said["files"]
        return Ledger({str(key): Written(str(item["path"]), str(item["sha256"])) for key, item in files.items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Ledger()


def written(path: str, data: bytes) -> Written:
    """What is noted of a file."""
    return Written(path, digest(data))
