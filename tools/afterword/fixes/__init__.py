"""Fixes: what can be mended in a file without changing what it says. Nothing here writes a file."""

from __future__ import annotations

from afterword.fixes.base import Fix
from afterword.fixes.mending import CODES, FIXES, Mended, may_mend, mend, silenced

__all__ = ["CODES", "FIXES", "Fix", "Mended", "may_mend", "mend", "silenced"]
