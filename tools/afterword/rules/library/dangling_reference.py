"""AW603: references to postmortems and actions that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem, id_of
from afterword.record import Record
from afterword.rules.base import Context, Example, Rule, Scope, shortened, suggestion

MANY = 50
"""Among more ids of one day no near one is looked for: comparing words is slow."""


def _is_odd(name: str, record: Record, context: Context) -> bool:
    """Whether a reference has to be looked at: it names no postmortem, this one, or one action of another."""
    return name not in context.claims or record.path in context.claims[name]


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    own = {postmortem.id, *postmortem.aliases}
    names = [(f"recurrence_of/{at}", name) for at, name in enumerate(postmortem.recurrence_of)]
    if postmortem.merged_into:
        names.append(("merged_into", postmortem.merged_into))
    for path, name in names:
        if name in own:
            message = f"{path.split('/', maxsplit=1)[0]} names this postmortem itself"
            yield RULE.finding(postmortem, postmortem.mark(path), message, "Name the other one.")
        elif name not in context.claims:
            yield RULE.finding(postmortem, postmortem.mark(path), *_missing(name, context))
    for action in postmortem.actions:
        found = _moved(action.moved_to, context) if action.moved_to else None
        if action.moved_to in {f"{name}#{action.id}" for name in own}:
            found = (f"action {action.id} moved to itself", "Name the action that took its place.")
        if found:
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/moved_to"), *found)


def _moved(target: str, context: Context) -> tuple[str, str | None] | None:
    name, _, key = target.partition("#")
    if name not in context.claims:
        return _missing(name, context)
    other = context.library.find(name)
    keys = [action.id for action in other.actions] if other else []
    if other is None or key in keys:  # a rejected file may hold the action: it has findings of its own
        return None
    return f"{shortened(name)} has no action {shortened(key, 20)}", suggestion(key, keys)


def _missing(name: str, context: Context) -> tuple[str, str | None]:
    """What is said of an id that nobody has. Near ones are looked for among those of the same day."""
    bare = id_of(name)
    near = f"Did you mean `{bare}`?" if bare in context.claims else None
    day = context.ids_by_day.get(bare[:10], ())
    if near is None and len(day) <= MANY:
        near = suggestion(bare, day, limit=4)
    hint = near or "The id is the file's name without .md."
    return f"no postmortem has the id {shortened(name, 80)}", hint


_OTHER = (
    "title: Carts were empty\nstarted: 2026-02-01\nactions:\n  - id: A1\n    title: Cap the pool\n"
    '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n    status: open'
)
_BESIDE = (("2026/2026-02-01-carts-were-empty.md", _OTHER),)
_MOVED = (
    "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n    status: moved\n"
    "    moved_to: 2026-02-01-carts-were-empty#"
)

RULE = Rule(
    code="AW603",
    name="dangling-reference",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    scope=Scope.LIBRARY,
    summary="What `recurrence_of`, `merged_into` and `moved_to` name exists.",
    rationale="A chain of recurrences and a moved action are followed by id. Former names count: list them under "
    "`aliases` when a file is renamed.",
    good=(
        Example("recurrence_of: [2026-02-01-carts-were-empty]", beside=_BESIDE),
        Example(f"{_MOVED}A1", beside=_BESIDE),
    ),
    bad=(
        Example("recurrence_of: [2026-02-01-carts-were-emptied]", note="Mistyped.", beside=_BESIDE),
        Example("recurrence_of: [2026/2026-02-01-carts-were-empty.md]", note="A path, not an id.", beside=_BESIDE),
        Example(f"{_MOVED}A7", note="No such action there.", beside=_BESIDE),
    ),
    compare=_compare,
    concerns=lambda record, brief, context: any(_is_odd(name, record, context) for name in brief.refers),
)
