"""The rules: one file each. Codes run in families.

AW0 reading, AW1 schema and words, AW2 structure, AW3 chronology and facts, AW5 actions, AW6 library.
"""

from __future__ import annotations

from afterword.rules import (
    action_incomplete,
    action_outcome,
    action_overdue,
    broken_link,
    byte_order_mark,
    dangling_reference,
    done_without_date,
    duplicate_action_id,
    duplicate_id,
    duplicate_key,
    duplicate_title,
    file_name,
    front_matter,
    future_date,
    late_postmortem,
    milestone_order,
    missing_field,
    missing_part,
    published_before_resolved,
    repeated_part,
    schema_value,
    stated_duration,
    suppression,
    template_leftover,
    timeline_far,
    timeline_order,
    timeline_zone,
    unknown_but_given,
    unknown_field,
    unknown_word,
    unread_time,
    unreadable_file,
    vague_verb,
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
    unknown_word,
    file_name,
    missing_part,
    repeated_part,
    template_leftover,
    suppression,
    milestone_order,
    future_date,
    timeline_order,
    timeline_far,
    timeline_zone,
    stated_duration,
    published_before_resolved,
    late_postmortem,
    unknown_but_given,
    unread_time,
    action_incomplete,
    action_overdue,
    done_without_date,
    vague_verb,
    action_outcome,
    duplicate_action_id,
    duplicate_id,
    duplicate_title,
    dangling_reference,
    broken_link,
)

RULES: dict[str, Rule] = {module.RULE.code: module.RULE for module in _MODULES}
"""All rules by code, in the order of codes."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES.values()}
"""All rules by name."""
