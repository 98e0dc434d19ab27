"""Cache: records of files that did not change. JSON, one file, written atomically; anything odd is ignored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import afterword
from afterword import resources
from afterword.files import write_atomically

FOLDER = Path(".cache") / "afterword"


def key(settings_digest: str) -> str:
    """Names the engine, the schema and the settings: with any other key a cache is foreign."""
    parts = (afterword.__version__, _engine(), settings_digest)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _engine() -> str:
    """The engine's own files, by size and time: an edited checkout does not trust yesterday's records."""
    package = Path(__file__).parent
    hasher = hashlib.sha256(resources.schema_bytes("postmortem"))
    for path in sorted(package.glob("*.py")):
        stat = path.stat()
        hasher.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    return hasher.hexdigest()


def load(root: Path, cache_key: str) -> dict[str, tuple[str, Any]]:
    """Path → (digest, stored record); empty when there is no cache for this key or it is broken."""
    try:
        data = json.loads((root / FOLDER / "library.json").read_bytes())
        if data["key"] != cache_key:
            return {}
        records = data["records"]
        return {path: (str(entry[0]), entry[1]) for path, entry in records.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return {}


def save(root: Path, cache_key: str, records: Mapping[str, tuple[str, str]]) -> None:
    """Stores path → (digest, record as JSON). An unwritable cache is no error: the next run is slower."""
    rows = ",".join(
        f"{json.dumps(path, ensure_ascii=False)}:[{json.dumps(digest)},{stored}]"
        for path, (digest, stored) in sorted(records.items())
    )
    text = f'{{"key":{json.dumps(cache_key)},"records":{{{rows}}}}}\n'
    try:
        folder = root / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "library.json", text.encode(), sync=False)
    except (OSError, UnicodeEncodeError):
        return
