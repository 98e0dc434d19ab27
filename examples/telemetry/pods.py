"""Pods: which instances of a service lived when, how they shared the traffic, and when a counter began anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from effects import minute_of

WEEK = 7 * 1440
"""Minutes."""
CANARY = (15, 6)
"""A canary starts so many minutes before a release, and ends so many before it."""
MEMBERS = {"assistant": 1, "catalog": 3, "checkout": 3, "orders": 1, "storefront": 2}
RELEASES = {
    "assistant": datetime(2025, 7, 3, 13, 30, tzinfo=UTC),
    "catalog": datetime(2025, 7, 3, 9, 0, tzinfo=UTC),
    "checkout": datetime(2025, 7, 1, 10, 0, tzinfo=UTC),
    "orders": datetime(2025, 7, 2, 8, 0, tzinfo=UTC),
    "storefront": datetime(2025, 7, 4, 9, 30, tzinfo=UTC),
}
"""The first release of each service; then one every week."""


@dataclass(frozen=True, slots=True)
class Pod:
    """One instance, from the minute ``start`` until before ``end``. ``weight``: its part of the traffic.

    ``restart``: the minute in which its process began anew, and its counters with it.
    """

    name: str
    start: int
    end: int
    weight: int
    restart: int | None = None


def pods(service: str, first: int, last: int) -> list[Pod]:
    """All that lived between two minutes, the whole life of each."""
    origin = minute_of(RELEASES[service])
    found: list[Pod] = []
    for release in range(origin + (first - origin) // WEEK * WEEK, last + CANARY[0], WEEK):
        found += _of(service, release)
    return [pod for pod in found if pod.start < last and pod.end > first]


def _of(service: str, release: int) -> Iterator[Pod]:
    version = _hash(f"{service} {release}")[:9]
    yield Pod(f"{service}-{version}-canary", release - CANARY[0], release - CANARY[1], 1)
    week = release // WEEK
    for index in range(MEMBERS[service]):
        name = f"{service}-{version}-{_hash(f'{version} {index}')[:5]}"
        # every third week the second instance runs out of memory, three days after the release
        restart = release + 3 * 1440 + 247 if index == 1 and week % 3 == 0 else None
        yield Pod(name, release, release + WEEK, 4, restart)


def share(count: int, living: list[Pod], minute: int) -> list[int]:
    """A minute's events by pod, in whole numbers that add up; who gets the odd one changes with the minute."""
    whole = sum(pod.weight for pod in living)
    phase = minute * 7 % whole
    parts, before = [], 0
    for pod in living:
        after = before + pod.weight
        parts.append((count * after + phase) // whole - (count * before + phase) // whole)
        before = after
    return parts


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
