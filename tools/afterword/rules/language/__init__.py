"""AW4: blameless language."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.language import blame, counterfactual, hindsight, human_error, more_care, named_individual

RULES: tuple[Rule, ...] = (
    blame.RULE,
    human_error.RULE,
    counterfactual.RULE,
    named_individual.RULE,
    hindsight.RULE,
    more_care.RULE,
)
