"""AW601: two postmortems with one id."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import START, Finding, Level
from afterword.model import Postmortem, id_of
from afterword.rules.base import Context, Example, Rule, Scope


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    names = [(postmortem.id, START)]
    names += [
        (alias, postmortem.mark(f"aliases/{at}"))
        for at, alias in enumerate(postmortem.aliases)
        if alias != postmortem.id
    ]
    for name, span in names:
        others = [path for path in context.claims[name] if path != postmortem.path]
        if others:
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            message = f"the id {name} also belongs to {others[0]}{more}"
            hint = "Rename one file, or remove the alias from the one that never had that name."
            yield RULE.finding(postmortem, span, message, hint)


RULE = Rule(
    code="AW601",
    name="duplicate-id",
    level=Level.ERROR,
    scope=Scope.LIBRARY,
    summary="An id, present or former, belongs to one postmortem.",
    rationale="The id is the file's name without `.md`, whatever its folder. With two of them a link, a recurrence or "
    "a moved action leads to the wrong one.",
    good=(Example("aliases: [2026-03-04-checkout-down]", note="A former name that nobody else has."),),
    bad=(
        Example(
            "aliases: [2026-02-01-carts-were-empty]",
            beside=(("2026/2026-02-01-carts-were-empty.md", "title: Carts were empty\nstarted: 2026-02-01"),),
        ),
        Example(
            "summary: The same name in two folders.",
            path="2026/2026-03-04-checkout-answered-503.md",
            beside=(("checkout/2026-03-04-checkout-answered-503.md", "title: Checkout was down"),),
        ),
    ),
    compare=_compare,
    concerns=lambda record, _, context: any(
        len(context.claims[name]) > 1 for name in (id_of(record.path), *record.aliases)
    ),
)
