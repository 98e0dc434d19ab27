"""Report: findings as text or JSON, with the lines of the files that they stand in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterword.checking import Report
    from afterword.source import Source


def as_text(
    report: Report, root: Path, *, color: bool, seconds: float | None = None, unsaved: dict[str, bytes] | None = None
) -> str:
    """For people. ``unsaved`` holds files as they would be, by path."""
    from afterword import source  # noqa: PLC0415  # --help must not wait for it
    from afterword.reporters import text  # noqa: PLC0415

    @cache
    def text_of(path: str) -> Source | None:
        try:
            data = (unsaved or {}).get(path) or source.read(root, path)
        except OSError:
            return None
        return source.decode(path, data)[0]

    def line(path: str, number: int) -> str:
        found = text_of(path)
        return found.line(number) if found else ""

    return text.render(report, line, seconds=seconds, color=color)


def as_json(report: Report) -> str:
    """For programs: ``findings.schema.json``."""
    from afterword.reporters import json  # noqa: PLC0415  # --help must not wait for it

    return json.render(report)
