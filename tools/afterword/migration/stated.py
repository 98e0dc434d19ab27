"""Stated: title, summary, severity, category, services, people and status, from the source's words alone."""

from __future__ import annotations

from afterword.migration.facts import Told
from afterword.migration.reading import Reading


def told(reading: Reading) -> Told:
    """What the page tells, and what it does not."""
    return Told()
