"""AW6: what several files say together."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.library import (
    approval_pending,
    breach_without_postmortem,
    broken_link,
    budget_differs,
    dangling_reference,
    duplicate_id,
    duplicate_title,
    likely_recurrence,
    review_passed,
)

RULES: tuple[Rule, ...] = (
    duplicate_id.RULE,
    duplicate_title.RULE,
    dangling_reference.RULE,
    broken_link.RULE,
    breach_without_postmortem.RULE,
    budget_differs.RULE,
    likely_recurrence.RULE,
    review_passed.RULE,
    approval_pending.RULE,
)
