"""Detection: who or what noticed first, by the source's words."""

from __future__ import annotations

from afterword.migration.facts import Told
from afterword.migration.reading import Reading


def told(reading: Reading) -> Told:
    """What the page tells, and what it does not."""
    return Told()
