"""Actions: would they have prevented, found or softened it, and can somebody check that they are done?"""

from __future__ import annotations

from collections.abc import Callable

from afterword.findings import Level
from afterword.model import ActionItem, ActionStatus, Kind
from afterword.scorecard.base import YES, Answer, Area, Question, no, not_asked
from afterword.scorecard.content import MINOR, ONGOING, PUBLIC
from afterword.scorecard.facts import Facts

_NONE = "there are no actions"
_SHOWN = 4
_GUARDS = ("prevent", "detect")


def _counted(facts: Facts) -> tuple[ActionItem, ...]:
    """Those that somebody does or did here."""
    gone = (ActionStatus.WONT_DO, ActionStatus.MOVED)
    return tuple(item for item in facts.postmortem.actions if item.status not in gone)


def _skipped(facts: Facts) -> Answer | None:
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if facts.postmortem.is_ongoing and not facts.postmortem.actions:
        return not_asked(ONGOING)
    return None


def _any(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    if _counted(facts):
        return YES
    return no(_NONE, "List under `actions` what will be different, or why nothing can be.")


def _each(has: Callable[[ActionItem], bool], lacks: str, gain: str) -> Callable[[Facts], Answer]:
    """A question that each action has to answer."""

    def ask(facts: Facts) -> Answer:
        if skipped := _skipped(facts):
            return skipped
        if not _counted(facts):
            return not_asked(_NONE)
        lacking = [item.id for item in _counted(facts) if not has(item)]
        return no(f"{_ids(lacking)} {lacks}", gain) if lacking else YES

    return ask


def _guards(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    if facts.postmortem.kind is Kind.DRILL:
        return not_asked("a drill has nothing to prevent")
    if not _counted(facts):
        return not_asked(_NONE)
    if any(item.type in _GUARDS for item in _counted(facts)):
        return YES
    return no("no action prevents or detects a recurrence", "Add one of type `prevent` or `detect`.")


def _verifiable(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    if not _counted(facts):
        return not_asked(_NONE)
    vague = facts.about(("AW504",), Level.HINT)
    if not vague:
        return YES
    ids = {item.id for item in facts.postmortem.actions for found in vague if _covers(facts, item, found.span.line)}
    named = [item.id for item in facts.postmortem.actions if item.id in ids]
    return no(
        f"{_ids(named)} cannot be checked off" if named else "an action cannot be checked off",
        "Begin with a verb, and name a measure or an artefact.",
    )


def _covers(facts: Facts, item: ActionItem, line: int) -> bool:
    span = facts.postmortem.mark(f"actions/{item.index}")
    return span.line <= line <= max(span.end_line, span.line)


def _tracked(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    waiting = [item for item in _counted(facts) if item.is_open]
    if not waiting:
        return not_asked("no action is open")
    if facts.is_minor and not any(item.tracker for item in facts.postmortem.actions):
        return not_asked(MINOR)
    lacking = [item.id for item in waiting if not item.tracker]
    return no(f"{_ids(lacking)} {_have(lacking)} no ticket", "Link its issue under `tracker`.") if lacking else YES


def _sound(facts: Facts) -> Answer:
    return _skipped(facts) or (YES if facts.postmortem.actions else not_asked(_NONE))


def _ids(ids: list[str]) -> str:
    shown = ids[:_SHOWN] if len(ids) > _SHOWN + 1 else ids
    more = [f"{len(ids) - len(shown)} more"] if len(shown) < len(ids) else []
    names = [*shown, *more]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _have(ids: list[str]) -> str:
    return "has" if len(ids) == 1 else "have"


_owned = _each(lambda item: bool(item.owner), "without an owner", "Give `owner`: one team or role that has agreed.")
_dated = _each(
    lambda item: item.due is not None, "without a due date", "Give `due`: a day that the owner has agreed to."
)
_ranked = _each(lambda item: bool(item.priority), "without a priority", "Give `priority`: P1 is the most urgent.")

QUESTIONS = (
    Question("any-action", Area.ACTIONS, "There is at least one action", _any),
    Question("owners", Area.ACTIONS, "Each has one owner", _owned, ("AW501", "AW507")),
    Question("due-dates", Area.ACTIONS, "Each has a due date that fits its severity", _dated, ("AW501", "AW508")),
    Question("priorities", Area.ACTIONS, "Each has a priority", _ranked, ("AW501",)),
    Question(
        "verifiable", Area.ACTIONS, "Each can be checked off: a verb, an object, a measure", _verifiable, ("AW504",)
    ),
    Question("prevents-or-detects", Area.ACTIONS, "At least one prevents or detects a recurrence", _guards, ("AW509",)),
    Question("tickets", Area.ACTIONS, "Each open one has a ticket", _tracked),
    Question("sound-actions", Area.ACTIONS, "Nothing else speaks against one, and none is overdue", _sound, ("AW5",)),
)
