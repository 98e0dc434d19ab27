"""Record: what one file says, read once and kept in the cache: values, positions, the body's facts, findings.

Everything here depends on the file's bytes, the schema, the settings and the rules that look at one file alone: never
on other files or the clock.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from afterword import confidentiality, document, prose, schema, source
from afterword.brief import Brief, brief_of
from afterword.building import build
from afterword.confidentiality import Hit, Kind, Mask
from afterword.findings import Finding, Level, Span, bounded
from afterword.hyperlinks import Link
from afterword.markdown import Body, Leftover, Row, Section, Stated, Suppression
from afterword.marks import Marks
from afterword.model import Postmortem
from afterword.prose import Passage
from afterword.settings import Settings
from afterword.source import Source
from afterword.yamltree import plain

Examine: TypeAlias = "Callable[[Source, tuple[Passage, ...], tuple[Hit, ...], Postmortem | None], Iterable[Finding]]"
"""What the rules of one file find: its text, its prose, what is confidential in it, the postmortem if there is one."""


@dataclass(frozen=True)
class Record:
    """One file, read. ``judged`` and ``stored`` are what it says, as JSON; looked into only when somebody asks.

    A rejected file (``accepted`` is false) has no postmortem and no brief; its findings then say why.
    ``examined``: whether its findings are also those of the rules that look at one file.
    """

    path: str
    digest: str
    stored: str
    judged: str
    accepted: bool = False
    examined: bool = False
    title: str = ""
    aliases: tuple[str, ...] = ()
    brief: Brief | None = None

    @cached_property
    def postmortem(self) -> Postmortem | None:
        """The postmortem, or ``None`` when the file is rejected."""
        if not self.accepted:
            return None
        said: dict[str, Any] = json.loads(self.stored)
        return build(self.path, said["v"], _body(said["b"]), Marks(said["m"]), Span(*said["s"]))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file by itself: how it reads, against the schema, and by the rules if examined."""
        return tuple(
            Finding(code, name, Level(level), message, self.path, Span(*span), hint)
            for code, name, level, message, _, span, hint in self._judged["f"]
        )

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments in the body that silence rules."""
        return tuple(Suppression(code, reason, Span(*span)) for code, reason, span in self._judged["s"])

    @cached_property
    def masks(self) -> tuple[Span, ...]:
        """Where text stands that is never shown, in the order of the file."""
        return tuple(Span(*span) for span in self._judged["m"])

    @property
    def is_silent(self) -> bool:
        """Whether it has no findings, suppressions or masks, so that nobody has to look."""
        return self.judged == _NOTHING

    @cached_property
    def _judged(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.judged)
        return said


def read(path: str, data: bytes, settings: Settings, examine: Examine | None = None) -> Record:
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
        filled, found = schema.check(path, parsed.front, parsed.fence, settings.minor)
        findings += found
        if not any(finding.code == "AW101" for finding in found):
            values = plain(filled)
            marks = Marks.of(parsed.front)
    hits = confidentiality.findings(text, settings)
    # lists, figures and the site quote the front matter and the timeline: a secret is none of what they say
    secrets = Mask.of(text, (hit for hit in hits if hit.kind is Kind.SECRET))
    told, body = secrets.values(values), _without(secrets, parsed.body) if secrets else parsed.body
    postmortem = _postmortem(path, told, body, marks, parsed.fence)
    if examine:
        front = prose.of_front(text, values, marks) if postmortem else ()
        findings += examine(text, (*front, *parsed.passages), hits, postmortem)
    mask = Mask.of(text, hits)
    judged = _judge(map(mask.finding, bounded(findings)), parsed.body.suppressions if postmortem else (), hits)
    if postmortem is None:
        return Record(path, digest, "", judged, examined=examine is not None)
    return Record(
        path, digest, _store(told, body, marks, parsed.fence), judged, accepted=True,
        examined=examine is not None, title=postmortem.title, aliases=postmortem.aliases,
        brief=brief_of(postmortem, settings.zone),
    )  # fmt: skip


def unread(path: str, findings: Collection[Finding], digest: str = "") -> Record:
    """The record of a file that no rule can look at, and why."""
    return Record(path, digest, "", _judge(findings, (), ()), examined=True)


def _postmortem(path: str, values: Any, body: Body, marks: Marks, fence: Span) -> Postmortem | None:
    """``None`` without the keys that make a postmortem; an AW102 finding then says which is missing."""
    if values is None:
        return None
    try:
        return build(path, values, body, marks, fence)
    except KeyError:
        return None


def _without(secrets: Mask, body: Body) -> Body:
    """The body with secrets taken out of what is quoted from it elsewhere."""
    said = secrets.values
    rows = (Row(said(row.time), said(row.event), said(row.action), row.span) for row in body.rows)
    sections = (dataclasses.replace(section, heading=said(section.heading)) for section in body.sections)
    return dataclasses.replace(body, rows=tuple(rows), sections=tuple(sections))


def _store(values: Any, body: Body, marks: Marks, fence: Span) -> str:
    parts = {"v": values, "b": _pack(body), "m": marks.packed, "s": _pack(fence)}
    return json.dumps(parts, separators=(",", ":"))


def _judge(findings: Iterable[Finding], suppressions: Iterable[Suppression], hits: Iterable[Hit]) -> str:
    parts = {"f": _packs(findings), "s": _packs(suppressions), "m": _packs(hit.span for hit in hits)}
    return json.dumps(parts, separators=(",", ":"))


def _packs(items: Iterable[Any]) -> list[Any]:
    return [_pack(item) for item in items]


def _pack(value: Any) -> Any:
    """Dataclasses as plain lists, in the order of their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_pack(getattr(value, field.name)) for field in dataclasses.fields(value)]
    return [_pack(item) for item in value] if isinstance(value, tuple) else value


_NOTHING = _judge((), (), ())


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
