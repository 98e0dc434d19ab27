"""Memory: answers about files that cost more than reading them, kept below ``.cache/afterword`` under a key.

A key names all that an answer follows from, the engine itself included. Broken or foreign, an answer is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import afterword
from afterword import resources
from afterword.files import write_atomically

FOLDER = Path(".cache") / "afterword"
SOUND = "sound"
_MOST = 16
"""Digests of sound files that are kept, the latest."""


@cache
def engine() -> str:
    """The engine's own files and its schemas, by size and time: an edited checkout answers anew."""
    package = Path(afterword.__file__).parent
    hasher = hashlib.sha256(afterword.__version__.encode())
    rooms = ((package / name, "**/*.py") for name in ("budgets", "confidentiality"))
    for folder, kind in ((package, "*.py"), *rooms, (resources.schemas(), "*.json")):
        for path in sorted(folder.glob(kind)):
            stat = path.stat()
            hasher.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    return hasher.hexdigest()


def key(parts: Iterable[bytes]) -> str:
    """Names an answer by what it follows from."""
    hasher = hashlib.sha256(engine().encode())
    for part in parts:
        hasher.update(b"%d " % len(part) + part)
    return hasher.hexdigest()


def recall(root: Path, name: str, wanted: str | None = None) -> dict[str, Any] | None:
    """What is kept under a name, if it has the key that is wanted."""
    try:
        known = json.loads((root / FOLDER / f"{name}.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return known if isinstance(known, dict) and wanted in (None, known.get("key")) else None


def remember(root: Path, name: str, facts: dict[str, Any]) -> None:
    """Keeps facts under a name. An unwritable cache is no error: the next run is slower."""
    try:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        write_atomically(root / FOLDER / f"{name}.json", json.dumps(facts).encode(), sync=False)
    except OSError:
        return


@dataclass(slots=True)
class Sound:
    """Which files have been held against their schemas before, and found good. ``root`` is ``None`` to forget."""

    root: Path | None
    _keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = recall(self.root, SOUND) if self.root is not None else None
        keys = known.get("keys") if known else None
        self._keys = [item for item in keys if isinstance(item, str)] if isinstance(keys, list) else []

    def holds(self, name: str, data: bytes) -> bool:
        """Whether a file of these bytes was found good, by the name of its schema."""
        return key((name.encode(), data)) in self._keys

    def note(self, name: str, data: bytes) -> None:
        """Keeps in mind that it was."""
        if self.root is None or self.holds(name, data):
            return
        self._keys = [*self._keys, key((name.encode(), data))][-_MOST:]
        remember(self.root, SOUND, {"keys": self._keys})
