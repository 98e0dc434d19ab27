"""AW0: whether a file can be read at all."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.reading import byte_order_mark, duplicate_key, front_matter, unreadable_file, yaml_syntax

RULES: tuple[Rule, ...] = (
    unreadable_file.RULE,
    front_matter.RULE,
    yaml_syntax.RULE,
    duplicate_key.RULE,
    byte_order_mark.RULE,
)
