"""Fixes: what can be mended in a file without changing what it says. Nothing here writes a file."""

from __future__ import annotations

from afterword.fixes.mending import CODES, FIXES, Mended, chosen, may_mend, mend, silenced

__all__ = ["CODES", "FIXES", "Mended", "chosen", "may_mend", "mend", "silenced"]
