"""Options: what the person who migrates says about all pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo


@dataclass(frozen=True, slots=True)
class Options:
    """``origin``: internal or public. ``source_base``: the address below which the pages are read now.

    ``zone``: of times that name none; ``None``: then only their day is taken.
    """

    origin: str = "internal"
    organization: str | None = None
    source_base: str | None = None
    zone: tzinfo | None = None
