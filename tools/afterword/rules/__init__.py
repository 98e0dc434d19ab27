"""The rules: one file each, in a room for each family of codes."""

from __future__ import annotations

from afterword.rules import (
    actions,
    chronology,
    confidentiality,
    language,
    library,
    links,
    objectives,
    reading,
    schema,
    structure,
)
from afterword.rules.base import Rule

_ROOMS = (reading, schema, structure, chronology, language, actions, library, objectives, confidentiality, links)

RULES: dict[str, Rule] = {rule.code: rule for room in _ROOMS for rule in room.RULES}
"""All rules by code, in the order of codes."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES.values()}
"""All rules by name."""
