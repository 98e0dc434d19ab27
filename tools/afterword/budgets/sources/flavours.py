"""Flavours: which server answers, and how long it keeps data, by what it says about itself. All of it is optional."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

VICTORIA = "victoriametrics"
BUILD, RUNTIME = "/api/v1/status/buildinfo", "/api/v1/status/runtimeinfo"
VICTORIA_FLAGS = "/flags"
PATHS = (BUILD, RUNTIME, VICTORIA_FLAGS)
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_PART = re.compile(r"(\d+)(ms|[smhdwy])")
_VICTORIA = re.compile(r'^-?retentionPeriod="?([0-9.]+)([hdwy]?)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class About:
    """A server by its own account. ``retention`` in seconds; ``None``: it does not say, or bounds only the size."""

    flavour: str = "prometheus"
    version: str | None = None
    retention: int | None = None
    known: bool = False

    def told(self, path: str, status: int, body: bytes) -> About:
        """The same with what one more answer says."""
        text = body[:200_000].decode(errors="replace")
        if path == VICTORIA_FLAGS:
            return replace(self, known=True) if status != 200 else self._victoria(text)
        facts = _data(text) if status == 200 else {}
        if path == RUNTIME:
            kept = facts.get("storageRetention")
            seconds = retention(kept) if isinstance(kept, str) else None
            return replace(self, known=True, retention=self.retention if seconds is None else seconds)
        return self._built(facts)

    def _built(self, facts: dict[str, Any]) -> About:
        version, application = facts.get("version"), str(facts.get("application", "")).lower()
        if self.flavour == VICTORIA or not isinstance(version, str):
            return replace(self, known=True)
        flavour = "mimir" if "mimir" in application else "thanos" if version.startswith("0.") else "prometheus"
        return replace(self, known=True, flavour=flavour, version=version[:40])

    def _victoria(self, text: str) -> About:
        found = _VICTORIA.search(text)
        if found is None:
            return replace(self, known=True)
        unit = _UNITS[found[2]] if found[2] else 31 * 86_400  # a bare number counts months
        # its API names the version of Prometheus that it resembles, so that is not told
        return About(VICTORIA, None, int(float(found[1]) * unit), known=True)


def _data(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text).get("data")
    except (ValueError, AttributeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def retention(text: str) -> int | None:
    """``15d``, ``1w3d``, ``10GiB or 15d`` → seconds; ``None`` where only the size is bounded or nothing is."""
    for part in text.split(" or "):
        found = _PART.findall(part.strip())
        if found and "".join(number + unit for number, unit in found) == part.strip():
            seconds = int(sum(int(number) * _UNITS[unit] for number, unit in found))
            return seconds or None
    return None
