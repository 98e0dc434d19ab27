"""Template: the fifteen parts of a new postmortem, with guidance as comments that no reader of the site sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC

from afterword import required
from afterword.parts import BY_KEY, PARTS, Part
from afterword.timing import Moment
from afterword.yamlscalar import write_scalar

MAX_SLUG = 80
"""Characters of the title in a file's name: a path stays short enough for every system and every listing."""
NAMELESS = "incident"
"""The name of a file whose title has no ASCII letter, as in Chinese."""

_LETTERS = str.maketrans({
    "đ": "d", "Đ": "d", "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "\u0131": "i", "’": "", "'": "", "%": " percent ",
    "&": " and ", "+": " plus ",
})  # fmt: skip
"""What does not come apart into an ASCII letter and a mark."""

# Which guidance stands in the front matter beside a key that has no value yet, in the order of the keys.
_GUIDANCE = {
    "summary": "one sentence for lists and search",
    "organization": "whose incident it is",
    "source": "the address of the published write-up",
    "severity": "a key of severities in afterword.yml",
    "services": "[a key of services in afterword.yml]",
    "detected": "when somebody or something noticed: 2026-03-04T09:16:00Z",
    "acknowledged": "when a responder took it",
    "mitigated": "when users had recovered",
    "resolved": "when it was over; leave it out while it is ongoing",
    "unknown": "[milestones that nobody can tell]",
    "detection": "alert, customer, employee or third-party",
    "root_cause": "a key of categories in afterword.yml, or unknown",
    "contributing_factors": "[what-else-had-to-be-so]",
    "caused_by_change": "true or false",
    "required_because": "[why it has to be written: see the guide, “When to write”]",
    "recurrence_of": "[the id of an earlier postmortem that this one repeats]",
}
_IMPACT = (
    "users: 0",
    "users_share: 0.0",
    "requests_failed: 0",
    "downtime_minutes: 0",
    "data_loss: false",
    "business: …",
)
_DRILL = ("hypothesis: what should hold", "fault: what is injected", "expected_alert: which alert should fire",
          "runbook: its address", "outcome: what happened, as a sentence")  # fmt: skip
_PEOPLE = ('author: "@handle"', 'lead: "@handle"', 'incident_commander: "@handle"', 'reviewers: ["@handle"]')
_APPROVALS = ("- {role: author}   # add by, and on once it is given", "- {role: tech-lead}", "- {role: executive}")
_ACTION = ("- id: A1", "  title: a verb, an object, and a measure or an artefact",
           "  type: prevent, detect, mitigate or process", "  horizon: short, medium or long", '  owner: "@handle"',
           "  created: 2026-03-04", "  due: 2026-03-11", "  priority: P1", "  status: open")  # fmt: skip
_OWN_ONLY = ("detection", "caused_by_change", "required_because", "recurrence_of", "severity", "services")
_INCIDENT_ONLY = ("detection", "required_because", "caused_by_change", "acknowledged")


@dataclass(frozen=True, slots=True)
class Start:
    """What is known when a postmortem is begun. ``minor`` are the severities that ask for less."""

    title: str
    started: Moment
    kind: str = "incident"
    origin: str = "internal"
    severity: str | None = None
    services: tuple[str, ...] = ()
    summary: str | None = None
    organization: str | None = None
    source: str | None = None
    author: str | None = None
    minor: Collection[str] = required.MINOR

    @property
    def row(self) -> required.Row:
        """What this kind of postmortem must have."""
        return required.row(self.kind, self.origin, self.severity, self.minor)


def file_name(title: str, started: Moment) -> str:
    """``postmortems/incidents/2026/2026-03-04-checkout-answered-503.md``."""
    day = started.day.isoformat()
    return f"postmortems/incidents/{day[:4]}/{day}-{slug(title)}.md"


def slug(title: str, limit: int = MAX_SLUG) -> str:
    """A title in ASCII kebab case, cut between words; ``NAMELESS`` when nothing is left of it."""
    letters = unicodedata.normalize("NFKD", title.translate(_LETTERS))
    plain = letters.encode("ascii", "ignore").decode().lower()
    text = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(text) > limit:
        cut = text[: limit + 1].rpartition("-")[0]
        text = cut or text[:limit]
    return text or NAMELESS


def render(start: Start) -> str:
    """The whole file. It has no finding of level error."""
    front = "\n".join(_front(start))
    body = "\n\n".join(_body(start))
    return f"---\n{front}\n---\n\n{body}\n"


def _front(start: Start) -> Iterator[str]:
    values = {
        "summary": start.summary,
        "organization": start.organization,
        "source": start.source,
        "severity": start.severity,
    }
    yield "schema: 1"
    yield f"title: {write_scalar(start.title)}"
    yield from _line(start, "summary", values)
    yield f"kind: {start.kind}"
    yield f"origin: {start.origin}"
    if start.origin == "public":
        yield from _line(start, "organization", values)
        yield from _line(start, "source", values)
    yield "status: draft"
    yield from _line(start, "severity", values)
    if start.services:
        yield f"services: [{', '.join(write_scalar(key, flow=True) for key in start.services)}]"
    else:
        yield from _line(start, "services", values)
    yield f"started: {start.started.text}"
    for key in ("detected", "acknowledged", "mitigated", "resolved", "unknown", "detection", "root_cause",
                "contributing_factors", "caused_by_change", "required_because", "recurrence_of"):  # fmt: skip
        yield from _line(start, key, values)
    yield from _blocks(start)


def _line(start: Start, key: str, values: dict[str, str | None]) -> Iterator[str]:
    """A key with its value, or a comment that says what to write, unless the key is not for this kind."""
    value = values.get(key)
    if value:
        yield f"{key}: {write_scalar(value)}"
    elif (start.origin == "public" and key in _OWN_ONLY) or (start.kind != "incident" and key in _INCIDENT_ONLY):
        return
    else:
        yield f"# {key}: {_GUIDANCE[key]}"


def _blocks(start: Start) -> Iterator[str]:
    if start.kind == "drill":
        yield from _commented("drill", _DRILL)
    if start.kind == "incident" and start.origin == "internal":
        yield from _commented("impact", _IMPACT)
    if start.author:
        yield "people:"
        yield f"  author: {write_scalar(start.author)}"
        yield from (f"  # {line}" for line in _PEOPLE[1:])
    elif start.origin == "internal":
        yield from _commented("people", _PEOPLE)
    if start.row is required.MAJOR_INCIDENT:
        yield from _commented("approvals", _APPROVALS)
    if start.origin == "internal":
        yield "# actions:   # or: afterword action add"
        yield from (f"#   {line}" for line in _ACTION)


def _commented(key: str, lines: Collection[str]) -> Iterator[str]:
    yield f"# {key}:"
    yield from (f"#   {line}" for line in lines)


def _body(start: Start) -> Iterator[str]:
    """All parts for those that need most of them; else those that are required, and the others by name."""
    wanted = start.row.parts
    full = start.row is required.MAJOR_INCIDENT
    for part in PARTS:
        if full or part.key in wanted:
            yield f"## {part.title}"
            yield from _part(start, part, optional=part.key not in wanted)
    left = [part.title for part in PARTS if part.key not in wanted]
    if not full and left:
        yield f"<!-- Where there is something to say, in the order of the guide: {', '.join(left)}. -->"


def _part(start: Start, part: Part, *, optional: bool) -> Iterator[str]:
    leave = " Leave the part out when there is nothing to say." if optional else ""
    yield f"<!-- {BY_KEY[part.key].guidance}{leave} -->"
    if part.key == "timeline":
        yield _timeline(start.started)
    elif part.key == "root-cause" and start.row is required.MAJOR_INCIDENT:
        yield from ("### Five whys", "### Statement", "### Contributing factors")
    elif part.key == "resolution":
        yield from ("### Mitigation", "### Verification")
    elif part.key == "lessons":
        yield from ("### What worked", "### What did not work", "### Where we were lucky")


def _timeline(started: Moment) -> str:
    at = started.at
    when = started.day.isoformat() if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return f"| Time (UTC) | Event | Action |\n| --- | --- | --- |\n| {when} | It began | |"
