"""Schema: the front matter of a document against the postmortem's schema and the table of what is required."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from afterword import required, resources, validation
from afterword.findings import Finding, Level, Span, in_order
from afterword.yamltree import Entry, Mapping, Plain, Scalar, Sequence, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


_MAY_BE_EMPTY = ("merged_into", "drill")


def check(
    path: str, front: Mapping, fence: Span, minor: Collection[str] = required.MINOR
) -> tuple[Mapping, list[Finding]]:
    """The front matter without its empty values, and what is wrong with it.

    ``fence`` is where top-level keys that are missing are reported. A draft may have gaps: what it lacks for review,
    and keys that wait for a value, are warnings.
    """
    empty: list[tuple[str, Span]] = []
    filled = _filled(front, "", empty)
    findings = validation.validate(_validator(), path, filled, fence)
    findings += _missing(path, filled, fence, minor, [name for name, _ in empty])
    draft = _status(plain(filled)) == "draft"
    for name, span in empty:
        level = Level.WARNING if draft else Level.ERROR
        findings.append(
            _finding(path, span, f"“{name}” is empty", "Fill it in, or leave the key out.", level)
        )  # fmt: skip
    return filled, in_order(findings)


def _filled(node: Mapping, path: str, empty: list[tuple[str, Span]]) -> Mapping:
    """A mapping without keys that have no value; where these stand is added to ``empty``."""
    entries: list[Entry] = []
    for entry in node.entries:
        name = f"{path}{entry.key}"
        value = entry.value
        if isinstance(value, Scalar) and value.value is None and entry.key in _known() and name not in _MAY_BE_EMPTY:
            empty.append((name, entry.key_span))
            continue
        if isinstance(value, Mapping):
            value = _filled(value, f"{name}, ", empty)
        elif isinstance(value, Sequence):
            items = tuple(
                _filled(item, f"{name} {number}, ", empty) if isinstance(item, Mapping) else item
                for number, item in enumerate(value.items, 1)
            )
            value = Sequence(items, value.span)
        entries.append(Entry(entry.key, entry.key_span, value))
    return Mapping(tuple(entries), node.span)


@cache
def _known() -> frozenset[str]:
    """The name of every property of the schema, at any depth: an unknown one is not excused by being empty."""

    def names(schema: object) -> set[str]:
        if isinstance(schema, list):
            return {name for item in schema for name in names(item)}
        if not isinstance(schema, dict):
            return set()
        below = {name for item in schema.values() for name in names(item)}
        return below | set(schema["properties"]) if isinstance(schema.get("properties"), dict) else below

    return frozenset(
        names(resources.schema("postmortem")["properties"]) | set(resources.schema("postmortem")["properties"])
    )


@cache
def _validator() -> Draft202012Validator:
    """The schema without its conditions: the table that they come from answers sooner, and for any severities."""
    schema = resources.schema("postmortem")
    return validation.build({key: value for key, value in schema.items() if key != "allOf"})


def _status(values: Plain) -> str | None:
    """What the status asks for; of a mistyped one nobody knows."""
    status = values.get("status", "draft") if isinstance(values, dict) else None
    return status if status in ("draft", "in-review", "published") else None


def _missing(path: str, front: Mapping, fence: Span, minor: Collection[str], told: Collection[str]) -> list[Finding]:
    """What the table asks for and the front matter has not; ``told`` are keys that are there, but empty."""
    values = plain(front)
    status = _status(values)
    if not isinstance(values, dict) or status is None:
        return []
    row = required.row(values.get("kind", "incident"), values.get("origin"), values.get("severity"), minor)
    unknown = values.get("unknown")
    excused = unknown if isinstance(unknown, list) else []
    keys = (*row.keys, *row.on_publishing) if status == "published" else row.keys
    wanted = [(key, f"Add `{key}:`") for key in keys if key not in required.ALWAYS]
    wanted += [(key, f"Add `{key}:`, or list it under `unknown`") for key in row.milestones if key not in excused]
    # `drill: null` is for the other kinds
    missing = [
        (key, what)
        for key, what in wanted
        if key not in told and (key not in values or (key == "drill" and values[key] is None))
    ]
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
