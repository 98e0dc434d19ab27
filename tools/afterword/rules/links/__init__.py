"""AW8: links and images."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.links import broken_anchor, dead_link, image_text, undefined_reference

RULES: tuple[Rule, ...] = (broken_anchor.RULE, image_text.RULE, dead_link.RULE, undefined_reference.RULE)
