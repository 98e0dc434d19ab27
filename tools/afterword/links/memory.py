"""Memory: what became of addresses, for a day, so that nobody is asked the same again and again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from afterword.files import write_atomically
from afterword.links.outcome import Outcome, State

FILE = Path(".cache") / "afterword" / "links.json"
DAY = 24 * 60 * 60
"""Seconds that an outcome holds."""
_FORMAT = 1
_MOST = 100_000


def recall(root: Path, urls: Iterable[str], now: float) -> dict[str, Outcome]:
    """What is remembered of some addresses. ``now``: seconds since 1970. A broken file is as good as none."""
    entries = _read(root)
    found: dict[str, Outcome] = {}
    for url in urls:
        entry = entries.get(_name(url))
        if isinstance(entry, list) and len(entry) == 3 and _is_fresh(entry[0], now):
            with suppress(ValueError):
                found[url] = Outcome(State(entry[1]), str(entry[2]))
    return found


def remember(root: Path, outcomes: Mapping[str, Outcome], now: float) -> None:
    """Keeps what could be told, beside what is still fresh. A folder that cannot be written to is let be."""
    entries = {
        name: entry
        for name, entry in _read(root).items()
        if isinstance(entry, list) and len(entry) == 3 and _is_fresh(entry[0], now)
    }
    told = {url: item for url, item in outcomes.items() if item.state is not State.UNTOLD}
    entries |= {_name(url): [now, str(item.state), item.detail] for url, item in told.items()}
    if not told or len(entries) > _MOST:
        return
    text = json.dumps({"format": _FORMAT, "links": entries}, sort_keys=True, separators=(",", ":"))
    with suppress(OSError):
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / FILE, text.encode())


def _read(root: Path) -> dict[str, Any]:
    try:
        said = json.loads((root / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    links = said.get("links") if isinstance(said, dict) and said.get("format") == _FORMAT else None
    return links if isinstance(links, dict) else {}


def _is_fresh(when: object, now: float) -> bool:
    return isinstance(when, int | float) and 0 <= now - when < DAY


def _name(url: str) -> str:
    """Not the address itself: it may hold what should not lie about."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()
