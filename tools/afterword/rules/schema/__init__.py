"""AW1: the schema and the library's words."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.schema import missing_field, schema_value, unknown_field, unknown_word

RULES: tuple[Rule, ...] = (
    schema_value.RULE,
    missing_field.RULE,
    unknown_field.RULE,
    unknown_word.RULE,
)
