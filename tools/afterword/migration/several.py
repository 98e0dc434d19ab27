"""Several: pages that tell of more than one incident, of which no single beginning, end or author would be true."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace

from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.fields.names import folded
from afterword.migration.reading import Reading

_TIMES = frozenset(
    ("date", "incident date", "date of incident", "duration", "start", "start time", "started", "start date", "data",
     "duração", "início", "ngày", "thời lượng", "bắt đầu")
)  # fmt: skip
_ONCE = _TIMES | frozenset(
    ("author", "authors", "author(s)", "impact", "severity", "trigger", "detection", "resolution", "root cause",
     "root causes", "root cause(s)", "summary", "autores", "impacto", "causa raiz", "tác động", "nguyên nhân gốc rễ")
)  # fmt: skip
"""What a report states once."""
_NUMBERED = re.compile(
    r"(?:\d{1,2}\.\s)?(?:incident|outage|incidente|sự cố) (?:on|of) .*\d|.{0,200}[(\[](?:incident|outage) #\d{1,4}[)\]]"
    r"|(?:incident|outage|incidente|sự cố) #?\d{1,4}\b(?!\s?(?:minutes?|hours?|days?)).*",
    re.IGNORECASE,
)
_STAGE = re.compile(r"\b(?:phase|stage|wave|part|impact|window|period|fase|giai đoạn)\b", re.IGNORECASE)
_LEFT = frozenset(("title", "summary", "kind", "status", "services", "published", "tags", "links"))
"""What may be told of the page as a whole."""


def incidents(reading: Reading) -> int:
    """Of how many incidents a page tells, each below a heading of its own; 1 unless it is plain that there are more."""
    sections = reading.outline.sections
    numbered = Counter(
        section.level for section in sections if section.heading and _NUMBERED.fullmatch(section.heading.strip())
    )
    return max(_by_fields(reading), max(numbered.values(), default=1))


def _by_fields(reading: Reading) -> int:
    """How many sections that stand beside each other state a time of their own and something else of a report."""
    sections = reading.outline.sections
    starts = [reading.line(section.first) for section in sections]
    stated: dict[int, set[str]] = defaultdict(set)
    for field in reading.fields:
        key = folded(field.key)
        if key in _ONCE and not field.front:
            at = max(bisect_right(starts, field.line) - 1, 0)
            for place in (*sections[at].above, at):
                stated[place].add(key)
    beside: dict[int, list[set[str]]] = defaultdict(list)
    for place, keys in stated.items():
        section = sections[place]
        if section.level and len(keys) > 1 and not _STAGE.search(section.heading):
            beside[section.above[-1] if section.above else 0].append(keys)
    return max((_alike(group) for group in beside.values()), default=1)


def _alike(group: list[set[str]]) -> int:
    counts = Counter(key for keys in group for key in keys)
    shared = {key for key, count in counts.items() if count > 1}
    if len(shared) < 2 or not shared & _TIMES:
        return 1
    return sum(len(keys & shared) > 1 for keys in group)


def as_several(told: Told, count: int, reading: Reading) -> Told:
    """What is true of a page with so many incidents: the first day that it tells of, and nothing that only one had."""
    why = f"the page tells of {count} incidents"
    kept = [fact for fact in told.facts if fact.key in _LEFT or fact.key.startswith("external:")]
    days = [event.moment.day for event in reading.events if event.moment]
    begun = told.first("started")
    if days:
        kept.append(Fact("started", min(days).isoformat(), 0, f"{why}; this is the first day of its timelines", True))
    elif begun and begun.doubtful:
        kept.append(replace(begun, how=f"{why}; this is {begun.how}"))
    left = {fact.key for fact in kept}
    gone = {fact.key: fact.line for fact in reversed(told.facts) if fact.key not in left}
    told_why = [gap for gap in told.gaps if gap.key not in left]
    return Told(tuple(kept), (*told_why, *(Gap(key, why, line) for key, line in gone.items())))
