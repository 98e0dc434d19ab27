"""AW5: what is done about it."""

from __future__ import annotations

from afterword.rules.actions import (
    action_incomplete,
    action_outcome,
    action_overdue,
    done_without_date,
    due_too_far,
    duplicate_action,
    duplicate_action_id,
    few_whys,
    horizon_differs,
    no_prevention,
    unclear_owner,
    vague_verb,
)
from afterword.rules.base import Rule

RULES: tuple[Rule, ...] = (
    action_incomplete.RULE,
    action_overdue.RULE,
    done_without_date.RULE,
    vague_verb.RULE,
    action_outcome.RULE,
    duplicate_action_id.RULE,
    unclear_owner.RULE,
    due_too_far.RULE,
    no_prevention.RULE,
    horizon_differs.RULE,
    duplicate_action.RULE,
    few_whys.RULE,
)
