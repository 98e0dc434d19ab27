"""The rules: one file each. Codes run in families.

AW0 reading, AW1 schema and words, AW2 structure, AW3 chronology and facts, AW5 actions, AW6 library.
"""

from __future__ import annotations

from afterword.rules import (
    byte_order_mark,
    duplicate_key,
    front_matter,
    missing_field,
    schema_value,
    suppression,
    unknown_field,
    unreadable_file,
    yaml_syntax,
)
from afterword.rules.base import Rule

_MODULES = (
    unreadable_file,
    front_matter,
    yaml_syntax,
    duplicate_key,
    byte_order_mark,
    schema_value,
    missing_field,
    unknown_field,
    suppression,
)

RULES: dict[str, Rule] = {module.RULE.code: module.RULE for module in _MODULES}
"""All rules by code, in the order of codes."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES.values()}
"""All rules by name."""
