"""Record: what one file says, read once and kept in the cache: values, positions, the body's facts, findings.

Everything here depends on the file's bytes, the schema and the settings alone: never on other files or the clock.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from afterword import document, schema, source
from afterword.building import build
from afterword.findings import START, Finding, Level, Span
from afterword.markdown import Body, Leftover, Link, Row, Section, Stated, Suppression
from afterword.marks import Marks
from afterword.model import Postmortem
from afterword.yamltree import plain


@dataclass(frozen=True)
class Record:
    """One file, read. ``stored`` is all that it says, as JSON; it is looked into only when somebody asks.

    A rejected file (``accepted`` is false) has no postmortem; its findings then say why.
    """

    path: str
    digest: str
    stored: str
    accepted: bool = False
    title: str = ""
    aliases: tuple[str, ...] = ()

    @cached_property
    def postmortem(self) -> Postmortem | None:
        """The postmortem, or ``None`` when the file is rejected."""
        if not self.accepted:
            return None
        said = self._said
        return build(self.path, said["v"], _body(said["b"]), Marks(said["m"]), Span(*said["s"]))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file by itself: how it reads, and against the schema."""
        return tuple(
            Finding(code, name, Level(level), message, self.path, Span(*span), hint)
            for code, name, level, message, _, span, hint in self._said["f"]
        )

    @cached_property
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.stored)
        return said


def read(path: str, data: bytes, minor: Collection[str]) -> Record:
    """Reads one file's bytes. Never raises on any bytes."""
    digest = source.digest(data)
    text, findings = source.decode(path, data)
    if text is None:
        return unread(path, findings, digest)
    parsed = document.parse(text)
    findings = [*findings, *parsed.findings]
    values: Any = None
    marks = Marks()
    if parsed.front is not None:
        filled, found = schema.check(path, parsed.front, parsed.fence, minor)
        findings += found
        if not any(finding.code == "AW101" for finding in found):
            values = plain(filled)
            marks = Marks.of(parsed.front)
    postmortem = _postmortem(path, values, parsed.body, marks, parsed.fence)
    if postmortem is None:
        return unread(path, findings, digest)
    stored = _store(values, parsed.body, marks, parsed.fence, findings)
    return Record(path, digest, stored, accepted=True, title=postmortem.title, aliases=postmortem.aliases)


def unread(path: str, findings: Collection[Finding], digest: str = "") -> Record:
    """The record of a file that is no postmortem, and why."""
    return Record(path, digest, _store(None, Body(), Marks(), START, findings))


def _postmortem(path: str, values: Any, body: Body, marks: Marks, fence: Span) -> Postmortem | None:
    """``None`` without the keys that make a postmortem; an AW102 finding then says which is missing."""
    if values is None:
        return None
    try:
        return build(path, values, body, marks, fence)
    except KeyError:
        return None


def _store(values: Any, body: Body, marks: Marks, fence: Span, findings: Collection[Finding]) -> str:
    parts = {
        "v": values,
        "b": _pack(body),
        "m": marks.packed if values is not None else "",
        "s": _pack(fence),
        "f": [_pack(finding) for finding in findings],
    }
    return json.dumps(parts, separators=(",", ":"))


def _pack(value: Any) -> Any:
    """Dataclasses as plain lists, in the order of their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_pack(getattr(value, field.name)) for field in dataclasses.fields(value)]
    return [_pack(item) for item in value] if isinstance(value, tuple) else value


def _body(packed: list[Any]) -> Body:
    sections, rows, zone, at, links, stated, suppressions, leftovers, words = packed
    return Body(
        tuple(Section(heading, part, Span(*span), count) for heading, part, span, count in sections),
        tuple(Row(time, event, action, Span(*span)) for time, event, action, span in rows),
        zone,
        Span(*at),
        tuple(Link(target, Span(*span), image) for target, span, image in links),
        tuple(Stated(measure, text, seconds, Span(*span)) for measure, text, seconds, span in stated),
        tuple(Suppression(code, reason, Span(*span)) for code, reason, span in suppressions),
        tuple(Leftover(text, Span(*span)) for text, span in leftovers),
        words,
    )
