"""OpenSLO documents: what stands in the files, one by one, held against the schema, each value with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from afterword import marks, resources, validation, yamltree
from afterword.findings import START, Finding, Level, Span
from afterword.source import Excerpt, Source, decode

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

MAX_DOCUMENTS = 1_000
KINDS = ("SLO", "SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget", "Service")

NAMES = {
    "AW101": "schema-value",
    "AW103": "unknown-field",
    "AW104": "unknown-word",
    "AW611": "objective-query",
    "AW612": "objective-target",
    "AW613": "objective-reference",
    "AW614": "objective-duplicate",
    "AW615": "objective-indicator",
    "AW616": "objective-window",
    "AW617": "objective-source",
    "AW618": "objective-unused",
}
"""Names of the rules that the reader of objectives finds something for; they are explained under ``rules``."""

_MARKER = re.compile(r"^---(?=[ \t\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """One object. ``kind`` and ``name`` are what it goes by; ``at`` is where it lies within its document.

    ``places`` belong to the whole document: inline objects look up theirs below ``at``.
    """

    source: Source
    raw: Mapping[str, Any]
    places: Mapping[marks.Path, tuple[Span, Span | None]]
    at: marks.Path = ()
    broken: bool = False

    @property
    def kind(self) -> str:
        """The kind that it says, or an empty text."""
        return str(self.raw.get("kind", ""))

    @property
    def name(self) -> str:
        """``metadata.name``."""
        return str(self.metadata.get("name", ""))

    @property
    def metadata(self) -> Mapping[str, Any]:
        """``metadata``, empty where it is absent."""
        return self._mapping("metadata")

    @property
    def spec(self) -> Mapping[str, Any]:
        """``spec``, empty where it is absent."""
        return self._mapping("spec")

    def _mapping(self, key: str) -> Mapping[str, Any]:
        value = self.raw.get(key)
        return value if isinstance(value, dict) else {}

    def below(self, *path: str | int) -> Document:
        """An object that is written inside this one."""
        raw: Any = self.raw
        for step in path:
            raw = raw[step]
        return Document(self.source, raw or {}, self.places, (*self.at, *path), self.broken)

    def span(self, *path: str | int) -> Span:
        """Where a value stands, or the nearest thing around it."""
        full = (*self.at, *path)
        while full not in self.places and full:
            full = full[:-1]
        value, key = self.places.get(full, (START, None))
        return key if key and (len(full) < len(self.at) + len(path) or value.line != key.line) else value

    def key(self, *path: str | int) -> Span:
        """Where a key stands, or its value when it has none."""
        return self.places.get((*self.at, *path), (START, None))[1] or self.span(*path)

    def inside(self, offset: int, text: str, *path: str | int) -> Span:
        """Where a character of a text value stands; where that cannot be told, the value itself."""
        whole = self.places.get((*self.at, *path), (START, None))[0]
        line = self.source.line(whole.line)
        if text in line[whole.column - 1 :]:
            return Excerpt(self.source, whole.line, text, whole.column - 1).span(offset, offset)
        lines = text.rstrip("\n").split("\n")
        first = whole.line + 1
        if all(self.source.line(first + number).strip() == part.strip() for number, part in enumerate(lines)):
            return Excerpt(self.source, first, text).span(offset, offset)
        return whole


@dataclass
class Report:
    """Findings as they are made."""

    findings: list[Finding] = field(default_factory=list)

    def add(
        self, code: str, document: Document, span: Span, message: str, hint: str | None = None,
        level: Level = Level.ERROR,
    ) -> None:  # fmt: skip
        """One finding about a place of a document."""
        self.findings.append(Finding(code, NAMES[code], level, message, document.source.path, span, hint))

    @property
    def errors(self) -> int:
        """How many errors there are by now."""
        return sum(finding.level is Level.ERROR for finding in self.findings)


def documents(path: str, data: bytes, report: Report) -> Iterator[Document]:
    """The documents of a file that can be read; those that do not fit the schema are marked as broken."""
    for source, node, faulty in trees(path, data, report.findings):
        yield from _document(source, node, report, faulty=faulty)


def trees(path: str, data: bytes, findings: list[Finding]) -> Iterator[tuple[Source, yamltree.Node, bool]]:
    """The YAML documents of a file, and whether a finding was added for one; those that are no YAML are left out."""
    source, faults = decode(path, data)
    findings += [_adapted(item) for item in faults]
    if source is None:
        return
    starts = [0, *(found.start() for found in _MARKER.finditer(source.text) if found.start())]
    if len(starts) > MAX_DOCUMENTS:
        message = f"file holds more than {MAX_DOCUMENTS:,} documents"
        findings.append(Finding("AW003", "yaml", Level.ERROR, message, path, START, "Split it."))
        return
    for start, end in zip(starts, [*starts[1:], len(source.text)], strict=True):
        node, faults = yamltree.parse(source, start, end)
        findings += faults
        if node is not None and not (isinstance(node, yamltree.Scalar) and node.value is None):
            yield source, node, bool(faults)


def _document(source: Source, node: yamltree.Node, report: Report, *, faulty: bool) -> Iterator[Document]:
    if not isinstance(node, yamltree.Mapping):
        message = "an OpenSLO document is a mapping with apiVersion, kind, metadata and spec"
        report.findings.append(
            Finding("AW101", NAMES["AW101"], Level.ERROR, message, source.path, _start(node), "For example: kind: SLO")
        )
        return
    found = validation.validate(_validator(), source.path, node, _start(node))
    report.findings += found
    raw = yamltree.plain(node)
    if isinstance(raw, dict):
        yield Document(source, raw, marks.places(node), broken=bool(found) or faulty)


def _adapted(finding: Finding) -> Finding:
    """The reader of files thinks of postmortems."""
    hint = "Describe an objective in it, or remove it." if finding.message == "file is empty" else finding.hint
    return replace(finding, hint=hint)


def _start(node: yamltree.Node) -> Span:
    span = node.span
    return Span(span.line, span.column, span.line, span.column)


def near(word: str, known: Collection[str]) -> str | None:
    """``Did you mean `x`?``, or the known words when there are few, or nothing."""
    found = get_close_matches(word, sorted(known), 1, 0.6)
    if found:
        return f"Did you mean `{found[0]}`?"
    return f"Known: {', '.join(sorted(known))}." if 0 < len(known) <= 12 else None


@cache
def _validator() -> Draft202012Validator:
    return validation.build(resources.schema("openslo"))
