"""AW510: actions whose horizon, priority and dates do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.findings import Finding, Level
from afterword.model import ActionItem, Postmortem
from afterword.rules.actions.due_too_far import too_far
from afterword.rules.base import Example, File, Rule
from afterword.settings import Settings
from afterword.timing import format_days


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        if not action.is_open:
            continue
        key, message, hint = _order(action) or _horizon(postmortem, action, file.settings) or _urgency(action) or _FINE
        if key:
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/{key}"), message, hint)


Said = tuple[str, str, str]
_FINE: Said = ("", "", "")


def _order(action: ActionItem) -> Said | None:
    if action.created is None or action.due is None or action.due >= action.created:
        return None
    message = f"action {action.id} is due on {action.due}, before it was agreed on {action.created}"
    return "due", message, "Correct one of the two dates."


def _horizon(postmortem: Postmortem, action: ActionItem, settings: Settings) -> Said | None:
    days = settings.horizons.days(action.horizon)
    if days is None or action.created is None or action.due is None or too_far(postmortem, action, settings):
        return None
    if action.due <= settings.last_day(action.created, days):
        return None
    taken = format_days((action.due - action.created).days)
    message = f"action {action.id} is {action.horizon}, up to {format_days(days)}, and due {taken} after it was agreed"
    fitting = _fitting(action.created, action.due, settings)
    other = f"Make the horizon `{fitting}`, or bring the day forward." if fitting else "Bring the day forward."
    return "due", message, other


def _fitting(created: date, due: date, settings: Settings) -> str | None:
    names = ("short", "medium", "long")
    return next((name for name in names if due <= settings.last_day(created, settings.horizons.days(name) or 0)), None)


def _urgency(action: ActionItem) -> Said | None:
    if action.priority not in ("P0", "P1") or action.horizon != "long":
        return None
    message = f"action {action.id} is {action.priority}, the most urgent, and its horizon is long"
    return "horizon", message, "Split off what has to be there soon, or lower the priority."


def _action(horizon: str, due: str, priority: str = "P2") -> str:
    return (
        'actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n    owner: "@team-payments"\n'
        f"    horizon: {horizon}\n    created: 2026-03-09\n    due: {due}\n    priority: {priority}\n    status: open"
    )


RULE = Rule(
    code="AW510",
    name="horizon-differs",
    level=Level.HINT,
    summary="Horizon, priority and dates of an open action agree.",
    rationale="The horizon sorts the actions of a postmortem: short is one to two days, medium one to two weeks, long "
    "one to three months, from the day it was agreed to the day it is due (`check: horizons:` in afterword.yml says "
    "otherwise). A limit that ends on a weekend or holiday ends on the next business day. An earlier day than the "
    "horizon's is nobody's fault; P1 within months is no P1.",
    good=(
        Example(_action("short", "2026-03-11", "P1")),
        Example(_action("medium", "2026-03-11")),
        Example(_action("long", "2026-06-09")),
    ),
    bad=(
        Example(_action("short", "2026-03-23")),
        Example(_action("medium", "2026-05-11")),
        Example(_action("long", "2026-06-09", "P1")),
        Example(_action("medium", "2026-03-02"), note="Due before it was agreed."),
    ),
    check=_check,
)
