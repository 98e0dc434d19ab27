"""Schema: the front matter of a document against the postmortem's schema and the table of what is required."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from jsonschema import Draft202012Validator

from afterword import required, resources, validation
from afterword.findings import Finding, Level, Span, in_order
from afterword.yamltree import Mapping, plain


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
    if not isinstance(values, dict):
        return []
    status = values.get("status", "draft")
    row = required.row(values.get("kind", "incident"), values.get("origin"), values.get("severity"), minor)
    unknown = values.get("unknown")
    excused = unknown if isinstance(unknown, list) else []
    keys = (*row.keys, *row.on_publishing) if status == "published" else row.keys
    wanted = [(key, f"Add `{key}:`") for key in keys if key not in required.ALWAYS]
    wanted += [(key, f"Add `{key}:`, or list it under `unknown`") for key in row.milestones if key not in excused]
    return [
        _finding(path, fence, key, what, draft=status == "draft")
        for key, what in wanted
        if key not in values and not (status == "draft" and key == "status")
    ]


def _finding(path: str, fence: Span, key: str, what: str, *, draft: bool) -> Finding:
    level = Level.WARNING if draft else Level.ERROR
    message = f"“{key}” is missing before review" if draft else f"“{key}” is missing"
    hint = f"{what} before the status becomes in-review." if draft else f"{what}."
    return Finding("AW102", "missing-field", level, message, path, fence, hint)
