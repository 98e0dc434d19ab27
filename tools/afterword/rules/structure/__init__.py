"""AW2: the parts of a postmortem."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.structure import (
    file_name,
    merge_conflict,
    missing_part,
    repeated_part,
    suppression,
    template_leftover,
)

RULES: tuple[Rule, ...] = (
    file_name.RULE,
    missing_part.RULE,
    repeated_part.RULE,
    template_leftover.RULE,
    suppression.RULE,
    merge_conflict.RULE,
)
