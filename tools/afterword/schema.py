"""Schema: the front matter of a document against the postmortem's schema."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from jsonschema import Draft202012Validator

from afterword import required, resources, validation
from afterword.findings import Finding, Level, Span, in_order
from afterword.yamltree import Mapping, plain


def check(path: str, front: Mapping, fence: Span, minor: Collection[str] = required.MINOR) -> list[Finding]:
    """Findings of a front matter. ``fence`` is where top-level keys that are missing are reported.

    A draft may have gaps: what it lacks for review is a warning.
    """
    findings = validation.validate(_validator(tuple(sorted(minor))), path, front, fence)
    return in_order(findings + _gaps(path, front, fence, minor))


@lru_cache(maxsize=8)
def _validator(minor: tuple[str, ...]) -> Draft202012Validator:
    """The schema with its conditions for this library's severities."""
    return validation.build(resources.schema("postmortem") | {"allOf": required.conditions(minor)})


def _gaps(path: str, front: Mapping, fence: Span, minor: Collection[str]) -> list[Finding]:
    values = plain(front)
    if not isinstance(values, dict) or values.get("status", "draft") != "draft":
        return []
    row = required.row(values.get("kind", "incident"), values.get("origin"), values.get("severity"), minor)
    unknown = values.get("unknown")
    excused = unknown if isinstance(unknown, list) else []
    wanted = [key for key in row.keys if key not in required.ALWAYS and key not in values]
    wanted += [key for key in row.milestones if key not in values and key not in excused]
    return [
        Finding("AW102", "missing-field", Level.WARNING, f"“{key}” is missing before review", path, fence,
                f"Add `{key}:` before the status becomes in-review.")
        for key in wanted
        if key != "status"
    ]  # fmt: skip
