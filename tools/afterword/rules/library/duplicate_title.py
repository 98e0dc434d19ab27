"""AW602: two postmortems with one title."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Context, Example, Rule, Scope


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    first = context.titled(postmortem.title)[0]
    if first is postmortem or _linked(postmortem, first) or _linked(first, postmortem):
        return
    message = f"{first.id} has the same title"
    hint = "Say what was different this time, or list it under `recurrence_of`."
    yield RULE.finding(postmortem, postmortem.mark("title"), message, hint)


def _linked(one: Postmortem, other: Postmortem) -> bool:
    names = {other.id, *other.aliases}
    return bool(names.intersection(one.recurrence_of)) or one.merged_into in names


RULE = Rule(
    code="AW602",
    name="duplicate-title",
    level=Level.HINT,
    scope=Scope.LIBRARY,
    summary="Each postmortem has a title of its own, unless it says that it repeats the other.",
    rationale="In a list and in search the title is all that tells two incidents apart. The later one is reported.",
    good=(
        Example(
            "title: Carts were empty\nrecurrence_of: [2026-02-01-carts-were-empty]",
            beside=(("2026/2026-02-01-carts-were-empty.md", "title: Carts were empty\nstarted: 2026-02-01"),),
        ),
    ),
    bad=(
        Example(
            "title: Carts were empty",
            beside=(("2026/2026-02-01-carts-were-empty.md", "title: Carts were empty\nstarted: 2026-02-01"),),
        ),
    ),
    compare=_compare,
    concerns=lambda record, _, context: len(context.titles[record.title.casefold()]) > 1,
)
