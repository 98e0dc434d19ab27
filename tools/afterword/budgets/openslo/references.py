"""OpenSLO references: objects by kind and name, across files, and the servers that data sources name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from afterword.budgets.objective import DataSource
from afterword.budgets.openslo.documents import Document, Report, near
from afterword.findings import Level
from afterword.validation import is_link

SPEAKERS = ("prometheus", "thanos", "mimir", "cortex", "victoriametrics")
"""Servers that answer PromQL, as ``type`` names them, without regard to case."""

Index = Mapping[tuple[str, str], Document]
"""Objects by their kind and name."""


def index(documents: Iterable[Document], report: Report) -> Index:
    """The first object of each kind and name; a finding for every later one."""
    found: dict[tuple[str, str], Document] = {}
    folded: dict[tuple[str, str], Document] = {}
    for document in documents:
        if not document.kind or not document.name:
            continue
        # names become names of files, and some systems hold two spellings for one
        first = folded.setdefault((document.kind, document.name.casefold()), document)
        if first is document:
            found[document.kind, document.name] = document
            continue
        place = f"{first.source.path}:{first.span('metadata', 'name').line}"
        message = f"{document.kind} “{document.name}” stands already in {place}"
        report.add("AW614", document, document.span("metadata", "name"), message, "Rename or remove one of them.")
    return found


_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")


@dataclass(frozen=True)
class Reader:
    """What the parts of the reader share."""

    index: Index
    environment: Mapping[str, str]
    services: Collection[str] | None
    report: Report

    def find(self, kind: str, document: Document, *path: str | int) -> Document | None:
        """The object that the text at ``path`` names; ``None`` after a finding, or when it has faults of its own."""
        name = document.raw
        for step in path:
            name = name[step]  # type: ignore[index]  # steps are keys and numbers of what the schema let through
        found = self.index.get((kind, str(name)))
        if found is None:
            known = [known for other, known in self.index if other == kind]
            hint = near(str(name), known) or f"Add a document of kind {kind}, or write it here."
            self.report.add("AW613", document, document.span(*path), f"no {kind} is called “{name}”", hint)
            return None
        if found.broken:
            place = f"{found.source.path}:{found.span('metadata', 'name').line}"
            message = f"{kind} “{name}” in {place} has faults of its own"
            self.report.add("AW613", document, document.span(*path), message, "Mend them first.")
            return None
        return found

    def source(self, document: Document) -> DataSource:
        """A data source; its address after substitution, ``None`` when it cannot be told."""
        kind = str(document.spec["type"])
        self.speaks(kind, document, "spec", "type")
        details = document.spec.get("connectionDetails") or {}
        written = details.get("url")
        url = self._address(written, document) if isinstance(written, str) else None
        return DataSource(document.name, kind.lower(), url)

    def speaks(self, kind: str, document: Document, *path: str | int) -> None:
        """Adds a finding for a kind of server that does not answer PromQL."""
        if re.sub(r"[^a-z]", "", kind.lower()) not in SPEAKERS:
            message = f"“{kind}” is no server that answers PromQL"
            self.report.add("AW617", document, document.span(*path), message, f"Known: {', '.join(SPEAKERS)}.")

    def _address(self, written: str, document: Document) -> str | None:
        """The address, its variables filled in. No message repeats a value of the environment."""
        path = ("spec", "connectionDetails", "url")
        where = document.span(*path)
        missing = [
            name for name, otherwise in _VARIABLE.findall(written) if not self.environment.get(name) and not otherwise
        ]
        if missing:
            message = f"{', '.join(dict.fromkeys(missing))} is not set, so the address is not known here"
            hint = "Set it where telemetry is read, or give `--url`."
            self.report.add("AW617", document, where, message, hint, Level.HINT)
            return None
        url = _VARIABLE.sub(lambda found: self.environment.get(found[1]) or found[2], written).rstrip("/")
        from_here = "what the variables give is" if _VARIABLE.search(written) else "this is"
        if not is_link(url) or not url.startswith(("http://", "https://")):
            self.report.add("AW617", document, where, f"{from_here} no http or https address")
            return None
        if "@" in urlsplit(url).netloc:
            hint = "Keep user, password and token in the environment: AFTERWORD_PROMETHEUS_USER and the like."
            self.report.add("AW617", document, where, "an address must not hold credentials", hint)
            return None
        return url
