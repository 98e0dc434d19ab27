"""Schema: the front matter of a document against the postmortem's schema and the table of what is required."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from afterword import required, resources, validation
from afterword.findings import Finding, Level, Span, in_order
from afterword.yamltree import Mapping, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


def check(path: str, front: Mapping, fence: Span, minor: Collection[str] = required.MINOR) -> list[Finding]:
    """Findings of a front matter. ``fence`` is where top-level keys that are missing are reported.

    A draft may have gaps: what it lacks for review is a warning.
    """
    return in_order(validation.validate(_validator(), path, front, fence) + _missing(path, front, fence, minor))


@cache
def _validator() -> Draft202012Validator:
    """The schema without its conditions: the table that they come from answers sooner, and for any severities."""
    schema = resources.schema("postmortem")
    return validation.build({key: value for key, value in schema.items() if key != "allOf"})


def _missing(path: str, front: Mapping, fence: Span, minor: Collection[str]) -> list[Finding]:
    values = plain(front)
    status = values.get("status", "draft") if isinstance(values, dict) else None
    if not isinstance(values, dict) or status not in ("draft", "in-review", "published"):
        return []  # of a mistyped status nobody knows what it asks for
    row = required.row(values.get("kind", "incident"), values.get("origin"), values.get("severity"), minor)
    unknown = values.get("unknown")
    excused = unknown if isinstance(unknown, list) else []
    keys = (*row.keys, *row.on_publishing) if status == "published" else row.keys
    wanted = [(key, f"Add `{key}:`") for key in keys if key not in required.ALWAYS]
    wanted += [(key, f"Add `{key}:`, or list it under `unknown`") for key in row.milestones if key not in excused]
    # `drill: null` is for the other kinds
    missing = [(key, what) for key, what in wanted if key not in values or (key == "drill" and values[key] is None)]
    if status == "draft":
        return _gaps(path, fence, [key for key, _ in missing if key != "status"])
    return [_finding(path, fence, f"“{key}” is missing", f"{what}.", Level.ERROR) for key, what in missing]


def _gaps(path: str, fence: Span, keys: list[str]) -> list[Finding]:
    """A draft is told once what it still lacks: a finding for each would bury the others."""
    if not keys:
        return []
    count = f"{len(keys)} keys are" if len(keys) > 1 else "a key is"
    hint = "Add them before review; a milestone that nobody can tell goes under `unknown`."
    return [_finding(path, fence, f"{count} missing before review: {', '.join(keys)}", hint, Level.WARNING)]


def _finding(path: str, fence: Span, message: str, hint: str, level: Level) -> Finding:
    return Finding("AW102", "missing-field", level, message, path, fence, hint)
