"""AW3: times, and what is said of them."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.chronology import (
    future_date,
    late_postmortem,
    local_time,
    milestone_order,
    mixed_durations,
    published_before_resolved,
    stated_duration,
    timeline_far,
    timeline_order,
    timeline_table,
    timeline_zone,
    unknown_but_given,
    unread_time,
)

RULES: tuple[Rule, ...] = (
    milestone_order.RULE,
    future_date.RULE,
    timeline_order.RULE,
    timeline_far.RULE,
    timeline_zone.RULE,
    stated_duration.RULE,
    published_before_resolved.RULE,
    late_postmortem.RULE,
    unknown_but_given.RULE,
    unread_time.RULE,
    mixed_durations.RULE,
    local_time.RULE,
    timeline_table.RULE,
)
