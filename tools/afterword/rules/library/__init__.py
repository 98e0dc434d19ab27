"""AW6: what several files say together."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.library import (
    breach_without_postmortem,
    broken_link,
    budget_differs,
    dangling_reference,
    duplicate_id,
    duplicate_title,
)

RULES: tuple[Rule, ...] = (
    duplicate_id.RULE,
    duplicate_title.RULE,
    dangling_reference.RULE,
    broken_link.RULE,
    breach_without_postmortem.RULE,
    budget_differs.RULE,
)
