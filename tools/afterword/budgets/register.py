"""Register: a YAML file that lists entries under one key, held against its schema, with a place for each entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from afterword import marks, validation, yamltree
from afterword.findings import START, Finding, Level, Span
from afterword.source import decode


@dataclass(frozen=True, slots=True)
class Place:
    """Where one entry of a list stands: ``base`` is its path in the tree, such as ``waivers/0``."""

    path: str
    spans: dict[str, Span]
    base: str

    def fault(self, key: str, message: str, hint: str | None = None) -> Finding:
        """What is wrong with a value of the entry, or with the entry when the value is not there."""
        span = self.spans.get(f"{self.base}/{key}") or self.spans.get(self.base) or START
        return Finding("AW101", "schema-value", Level.ERROR, message, self.path, span, hint)


def registered(
    data: bytes, path: str, name: str, *, judged: bool = False
) -> tuple[list[tuple[dict[str, Any], Place]], list[Finding]]:
    """The entries of a file's bytes, and what keeps it from its schema; no entries when it is at fault.

    ``name`` is both the schema's and that of the key that lists the entries. ``judged``: these very bytes have been
    held against the schema before, and were found good. Never raises for content.
    """
    source, findings = decode(path, data)
    if source is None:
        return [], findings
    node, found = yamltree.parse(source)
    findings = [*findings, *found]
    if node is None:
        return [], findings
    faults = [] if judged else validation.validate(validation.validator(name), path, node)
    raw = yamltree.plain(node)
    if faults or not isinstance(raw, dict):
        return [], [*findings, *faults]
    spans = marks.spans(node)
    listed: Any = raw.get(name)
    return [(item, Place(path, spans, f"{name}/{number}")) for number, item in enumerate(listed or ())], findings


def suggested(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant, or the first of them."""
    near = get_close_matches(word, sorted(known), 1, 0.6)
    return f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(sorted(known)[:12]) or 'none'}."
