"""Extent: from when to when the samples in a file reach, and what that means for windows beyond.

A file of two weeks answers a question about thirty days with what it has, silently, as a server of short retention
does; and one that ended yesterday says nothing about today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afterword.timing import format_duration

_LATE = timedelta(minutes=5)
"""So long a sample stands for its series."""
_SHORT = timedelta(hours=1)
"""By so much the first scrape may come after the window's beginning: a scrape, or a restart of the server."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The instants of the first and the last sample of all, aware."""

    first: datetime
    last: datetime

    @classmethod
    def of(cls, first: int, last: int) -> Extent:
        """From milliseconds since 1970."""
        return cls(*(datetime.fromtimestamp(value / 1000, UTC) for value in (first, last)))

    def kept(self, at: datetime, longest: int) -> int | None:
        """Seconds of data before ``at`` where they are fewer than the ``longest`` window has; else ``None``."""
        seconds = int((at - self.first).total_seconds())
        return max(seconds, 0) if seconds + _SHORT.total_seconds() < longest else None

    def warnings(self, at: datetime, longest: int) -> tuple[str, ...]:
        """What a reader has to know; ``longest`` is the longest window, in seconds."""
        told = []
        if at - self.last > _LATE:
            gap = format_duration(at - self.last)
            told.append(f"the data ends at {_shown(self.last)}, {gap} before {_shown(at)}, as of which it is asked")
        if self.kept(at, longest) is not None:
            window = format_duration(timedelta(seconds=longest))
            told.append(
                f"the data begins at {_shown(self.first)}, and the longest window is {window}: older events are missing"
            )
        return tuple(told)


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
