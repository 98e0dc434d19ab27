"""AW607: incidents that look like an earlier one and do not say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.brief import Brief
from afterword.findings import Finding, Level, Span
from afterword.model import Postmortem, id_of
from afterword.record import Record
from afterword.rules.base import Context, Example, Judged, Rule, Scope
from afterword.similarity import Index, Match, Text, spelled

LEAST = 0.33
"""The least cosine of two incidents' titles and summaries that is told."""

SHARED = 3
"""The least number of words that they have in common."""

_SHOWN = 5


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    record = context.library.record(postmortem.id)
    found = _told(record, record.brief, context) if record and record.brief else None
    other = context.library.record(id_of(found.key)) if found else None
    if record is None or found is None or other is None or other.brief is None or other.brief.started is None:
        return
    services = ", ".join(name for name in postmortem.services if name in other.brief.services)
    told = "" if _is_masked(postmortem, record) else _quoted(postmortem, found)
    message = (
        f"this may repeat {id_of(other.path)} of {date.fromordinal(other.brief.started)}: "
        f"also {postmortem.root_cause} in {services}{told}"
    )
    hint = "List it under `recurrence_of`, or ignore this with the reason why it is another fault."
    yield RULE.finding(postmortem, postmortem.mark("title"), message, hint)


def _quoted(postmortem: Postmortem, found: Match) -> str:
    shown = spelled(f"{postmortem.title}\n{postmortem.summary or ''}", found.shared[:_SHOWN])
    return f", and both tell of {', '.join(f'“{word}”' for word in shown)}"


def _is_masked(postmortem: Postmortem, record: Record) -> bool:
    """Whether something confidential stands in the title or summary: a single word of it may tell too much."""
    places = (postmortem.mark("title"), postmortem.mark("summary"))
    return any(_overlap(mask, place) for mask in record.masks for place in places)


def _overlap(one: Span, other: Span) -> bool:
    return one.line <= other.end_line and other.line <= one.end_line


def _concerns(record: Record, brief: Brief, context: Context) -> bool:
    return _told(record, brief, context) is not None


def _told(record: Record, brief: Brief, context: Context) -> Match | None:
    """The earlier incident that one looks like. Of those with its very title or id AW602 and AW601 speak."""
    found = context.once(_index).nearest(record.path, LEAST) if _is_told(brief) else None
    if found is None or len(found.shared) < SHARED or id_of(found.key) == id_of(record.path):
        return None
    twins = [twin.path for twin in context.titles[record.title.casefold()]]
    return None if found.key in twins else found


def _is_told(brief: Brief) -> bool:
    """Whether it can repeat another, or be repeated: of what says no day nobody can tell which came first."""
    known = brief.root_cause not in (None, "unknown") and bool(brief.services) and brief.started is not None
    return known and brief.origin == "internal" and brief.kind in ("incident", "near-miss")


def _index(context: Context) -> Index:
    kin = context.once(families)
    return Index(
        _text(record, record.brief, kin.get(record.path, record.path))
        for record in context.library.records
        if record.brief and _is_told(record.brief)
    )


def _text(record: Record, brief: Brief, family: str) -> Text:
    title, _, other = brief.words.partition("\n")
    buckets = tuple(f"{brief.root_cause}\n{service}" for service in brief.services)
    return Text(record.path, brief.order, family, buckets, tuple(title.split()), tuple(other.split()))


def families(context: Context) -> dict[str, str]:
    """For each path that names another, or is named, one path that stands for all that are linked with it."""
    above: dict[str, str] = {}
    for record in context.library.records:
        for name in record.brief.refers if record.brief else ():
            for path in context.claims.get(name.partition("#")[0], ())[:1]:
                above[_top(above, record.path)] = _top(above, path)
    return {path: _top(above, path) for path in above}


def _top(above: dict[str, str], path: str) -> str:
    while above.get(path, path) != path:
        above[path] = above.get(above[path], above[path])
        path = above[path]
    return path


_EARLIER = (
    "2026/2026-02-01-payments-waited.md",
    """\
title: Payments waited while the connection pool was exhausted
started: 2026-02-01
summary: A slow query held all connections of the pool.
""",
)
_LATER = (
    "title: Checkout answered 503 while the connection pool was exhausted\n"
    "summary: More replicas asked the database for more connections than it has."
)

RULE = Rule(
    code="AW607",
    name="likely-recurrence",
    level=Level.HINT,
    scope=Scope.LIBRARY,
    summary="An incident that repeats an earlier one says so under `recurrence_of`.",
    rationale="What comes back tells that something was not mended, and only a chain of recurrences shows it. An "
    "incident or near-miss of ours is held against the earlier ones of the same category and service; words of title "
    "and summary are weighed by their rarity in the library (a cosine of 0.33 or more, three words in common). "
    "Incidents that name each other, directly or through others, are left alone. Tried on the 72 reports of two "
    "organisations and the example library, each taken for one service and one category.",
    judged=(Judged("pairs of incidents", 7, 6),),
    good=(
        Example(f"{_LATER}\nrecurrence_of: [2026-02-01-payments-waited]", beside=(_EARLIER,)),
        Example(f"{_LATER}\nroot_cause: deploy", note="Another category.", beside=(_EARLIER,)),
        Example("title: Mails were sent twice\nsummary: A retry came before the answer.", beside=(_EARLIER,)),
    ),
    bad=(Example(_LATER, beside=(_EARLIER,)),),
    compare=_compare,
    concerns=_concerns,
)
