"""AW61: objectives, in the files of `budgets/`."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.objectives import (
    objective_duplicate,
    objective_indicator,
    objective_query,
    objective_reference,
    objective_source,
    objective_target,
    objective_unused,
    objective_window,
)

RULES: tuple[Rule, ...] = (
    objective_query.RULE,
    objective_target.RULE,
    objective_reference.RULE,
    objective_duplicate.RULE,
    objective_indicator.RULE,
    objective_window.RULE,
    objective_source.RULE,
    objective_unused.RULE,
)
