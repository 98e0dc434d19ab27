"""AW602: two postmortems with one title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem, id_of
from afterword.rules.base import Context, Example, Rule, Scope
from afterword.rules.library.likely_recurrence import families


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    shared = context.once(_titles).get(postmortem.title.casefold())
    if shared is None:
        return
    first, kin = shared
    family = context.once(families).get(postmortem.path, postmortem.path)
    if first == postmortem.path or kin[family] > 1:
        return  # one link is enough: a chain names the one before, not the first of all
    message = f"{id_of(first)} has the same title"
    hint = "Say what was different this time, or list it under `recurrence_of`."
    yield RULE.finding(postmortem, postmortem.mark("title"), message, hint)


def _titles(context: Context) -> dict[str, tuple[str, Counter[str]]]:
    """By title: the path of the earliest that has it, and how many of each family do."""
    kin = context.once(families)
    found: dict[str, tuple[str, Counter[str]]] = {}
    for title, records in context.titles.items():
        if len(records) > 1:
            first = min(records, key=lambda item: (item.brief.order if item.brief else 0, item.path))
            found[title] = (first.path, Counter(kin.get(item.path, item.path) for item in records))
    return found


RULE = Rule(
    code="AW602",
    name="duplicate-title",
    level=Level.HINT,
    scope=Scope.LIBRARY,
    summary="Each postmortem has a title of its own, unless it says that it repeats the other.",
    rationale="In a list and in search the title is all that tells two incidents apart. The later one is reported, "
    "unless it and another of that title name each other, directly or through others.",
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
