"""Postmortems that try everything: they set ``window.pwned`` or call another host if they get the chance."""

from __future__ import annotations

from pathlib import Path

from tests.site import FOLDER

CASES = Path(__file__).resolve().parent / "cases"
NAMES = ("2026-07-01-hostile-html", "2026-07-02-extensions")
PAGES = tuple(f"incidents/2026/{name}" for name in NAMES)
FILES = {f"{FOLDER}{name}.md": (CASES / f"{name[11:]}.md").read_text(encoding="utf-8") for name in NAMES}
