"""AW8: links and images."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.links import broken_anchor

RULES: tuple[Rule, ...] = (broken_anchor.RULE,)
