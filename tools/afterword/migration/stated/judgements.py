"""Judgements: what a page says of itself in words of its own: severity, category, services, kind, status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from afterword.migration.facts import Fact, Gap
from afterword.migration.fields.names import folded, meaning
from afterword.migration.fields.values import is_link, says_nothing
from afterword.migration.page import Field
from afterword.migration.reading import Reading
from afterword.migration.words import normal, plain

_FOOTNOTE = re.compile(r"\s?\[\^[^\[\]]{1,40}\]$")
_PICTURE = re.compile(r"^(?:[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]{1,4}\s*){1,3}(?=\w)")
"""Pictures in front of a value: a red circle before “Critical”."""
_RANK = re.compile(
    r"(?:sev(?:erity)?|p|s|prio(?:rity)?)[\s_.-]{0,2}\d\b|"
    r"(?:critical|major|minor|high|medium|moderate|low|severe|blocker|emergency|down|disrupted|notice|"
    r"crítica|crítico|alta|alto|média|médio|baixa|baixo|nghiêm trọng|cao|trung bình|thấp)(?!\w)|\d\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\Z|\s*[–—:(,/|.]|\s+-|(?<=\d)-")
"""What follows a rank: “High - all of Europe”, “SEV2-major”; but “major-outage” is one word of another scale."""
_NUMBERED = re.compile(r"(?:sev(?:erity)?|p|s|prio(?:rity)?)[\s_.-]{0,2}\d", re.IGNORECASE)
_MAY_SAY = re.compile(r"[Ss][Ee]?[Vv][\w\s-]{0,10}\d|\bP\d")
_AS = r"(?:an? )?"
_CALLED = r"(?:classified|declared|treated|handled|categori[sz]ed|rated|considered)"
_SAID = re.compile(
    rf"\b(?:(?:this|it|the incident|the outage|incident) (?:was|is) (?:{_CALLED} (?:as )?)?{_AS}|{_CALLED} as {_AS}|"
    rf"severity (?:level )?(?:was|is|of) {_AS})"
    r"(?P<rank>(?:sev(?:erity)?)[\s-]?\d\b|P\d\b(?= (?:incident|outage|issue)))",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:initially|at first|originally|first|upgraded|escalated|downgraded|not|would|could|if)\b", re.IGNORECASE
)
_OF_INCIDENTS = frozenset(
    ("severity", "priority", "status", "incident_id", "incident id", "started", "detected", "resolved")
)
_ALL = re.compile(r"(?:all|multiple|several|various|many|most|some|everything|todos|tất cả)\b", re.IGNORECASE)
_NEAR_MISS = re.compile(r"near[- ]?miss(?:es)?\b|quase[- ]acidente|suýt xảy ra", re.IGNORECASE)
_DRILL = re.compile(
    r"\bgame ?day\b|\b(?:chaos|fire|dr|disaster[- ]recovery|failover|incident|outage)[- ](?:drill|exercise)\b|"
    r"\btabletop(?: exercise)?\b|\bchaos experiment\b|\bdrill\b(?![- ]?(?:down|ed|ing))|\bdiễn tập\b|\bsimulado\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"\b(?:during|after|caused|by|from|following|in|of|triggered|due|outage|failure|incident|durante|após|trong|sau)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
_STATUS = {
    "published": (
        "final", "finalized", "finalised", "published", "complete", "completed", "reviewed", "approved", "signed off",
        "publicado", "concluído", "aprovado", "đã công bố", "hoàn thành", "đã duyệt",
    ),
    "in-review": (
        "in review", "in-review", "under review", "ready for review", "in_review", "awaiting review", "pending review",
        "em revisão", "đang xem xét",
    ),
    "draft": ("draft", "wip", "work in progress", "rascunho", "bản nháp"),
}  # fmt: skip
_STATUSES = {word: status for status, words in _STATUS.items() for word in words}


def the(fields: Sequence[Field], *wanted: str) -> Iterator[Field]:
    """The fields of a meaning, those outside of the text first."""
    return (field for field in fields if meaning(field.key) in wanted)


def one(fields: Sequence[Field], *wanted: str) -> Field | tuple[Field, Field] | None:
    """The field of a meaning that says something; two of them that say different things; ``None`` without any."""
    told = [field for field in the(fields, *wanted) if not says_nothing(field.value)]
    told = [field for field in told if field.front] or told
    other = next((field for field in told if normal(field.value) != normal(told[0].value)), None)
    return (told[0], other) if other else told[0] if told else None


def by(field: Field) -> str:
    """What a fact was taken from."""
    return f"the field “{field.key}”"


def severity(reading: Reading) -> Fact | Gap:
    """The severity as written: of a field, of a priority with a figure, of “This was a SEV-2”."""
    found = one(reading.fields, "severity")
    if isinstance(found, tuple):
        ranks = {(rank(field.value) or field.value).casefold() for field in the(reading.fields, "severity")}
        if len(ranks) > 1:
            return _two("severity", *found)
        found = found[0]
    if found:
        written = rank(found.value)
        if written:
            return Fact("severity", written, found.line, by(found))
        return Gap("severity", f"“{short(found.value)}” is no word for a severity", found.line)
    priority = one(reading.fields, "priority")
    if isinstance(priority, Field) and (number := _NUMBERED.match(plain(priority.value))):
        return Fact("severity", number[0], priority.line, by(priority))
    said = _said(reading)
    return said or _empty(reading, "severity", "severity") or Gap("severity", "no field and no sentence says so")


_FIGURES = re.compile(r"\b(?:sev(?:erity)?|p|s)[-\s]?(\d)\b", re.IGNORECASE)
_WORDS = re.compile(r"\b(critical|high|medium|moderate|low|major|minor)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"[\s,;]*(?:/|->|→|=>|,|\b(?:to|then|later|and|or|até|para)\b)\s*(?:(?:then|later)\s+)?", re.IGNORECASE
)
"""Between two severities: which of them counts nobody says."""


def rank(value: str) -> str | None:
    """The word or figure of a value that is a severity, as written, without what explains it."""
    told = _PICTURE.sub("", _FOOTNOTE.sub("", plain(value))).strip(" .,;*")
    ranks = list(_FIGURES.finditer(told)) or list(_WORDS.finditer(told))
    for one, other in pairwise(ranks):
        if one[1].casefold() != other[1].casefold() and _CHANGED.fullmatch(told, one.end(), other.start()):
            return None
    found = _RANK.match(told)
    if found and _EXPLAINED.match(told, found.end()):
        return found[0]
    return told if 0 < len(told) <= 40 and len(told.split()) <= 3 and not is_link(value) else None


def _said(reading: Reading) -> Fact | None:
    """“This was a SEV-2”, when all that say so agree."""
    found: list[tuple[str, int]] = []
    for block in reading.outline.blocks:
        part = reading.outline.sections[block.section].part
        if block.kind not in ("paragraph", "item") or part in ("timeline", "actions", "lessons"):
            continue
        text = block.text[:5000]
        for match in _SAID.finditer(text) if _MAY_SAY.search(text) else ():
            before = re.split(r"[.!?;]", text[: match.end()])[-1]
            if not _EARLIER.search(before):
                found.append((match["rank"], block.first))
    if not found or len({normal(word) for word, _ in found}) > 1:
        return None
    return Fact("severity", found[0][0], reading.line(found[0][1]), "a sentence that says so")


def category(reading: Reading) -> Fact | Gap:
    """The category of the cause, as written."""
    beside = frozenset(folded(field.key) for field in reading.fields if field.front)
    fields = [field for field in reading.fields if not (field.front and _is_of_posts(field, beside))]
    found = one(fields, "category")
    if isinstance(found, tuple):
        return _two("root_cause", *found)
    if found is None:
        return _empty(reading, "category", "root_cause") or Gap("root_cause", "no field names a category")
    told = _FOOTNOTE.sub("", plain(found.value)).strip(" .,;*")
    if len(told) > 60 or len(told.split()) > 7 or is_link(found.value):
        return Gap("root_cause", f"“{short(told)}” is no category", found.line)
    return Fact("root_cause", told, found.line, by(found))


def _is_of_posts(field: Field, beside: Set[str]) -> bool:
    """Whether a category sorts posts of a blog, not causes: nothing beside it is of an incident."""
    return folded(field.key) in ("category", "categoria") and not beside & _OF_INCIDENTS


def services(reading: Reading) -> tuple[Fact, ...] | Gap:
    """The services of a field, a list or cState's ``affected``, as written."""
    fields = list(the(reading.fields, "services"))
    fields += [
        field for field in reading.fields if field.front and folded(field.key) in ("affected", "affectedsystems")
    ]
    first = next((field.key for field in fields if not says_nothing(field.value)), None)
    if first is None:
        empty = _empty(reading, "services", "services")
        return empty or Gap("services", "no field names a service")
    facts: dict[str, Fact] = {}
    why: Gap | None = None
    for field in fields:
        if folded(field.key) != folded(first) or says_nothing(field.value):
            continue
        pieces = [piece for piece in _pieces(field.value) if not says_nothing(piece)]
        wrong = next((piece for piece in pieces if not _is_service(piece, listed=field.front)), None)
        if wrong:
            why = why or Gap("services", f"“{short(wrong)}” is no name of a service", field.line)
            continue
        for piece in pieces:
            facts.setdefault(normal(piece), Fact("services", piece, field.line, by(field)))
    return tuple(facts.values()) or why or Gap("services", f"the field “{first}” names none")


def _pieces(value: str) -> list[str]:
    """The names of a list in one line, apart by commas or semicolons outside of brackets, and by line breaks."""
    lines = re.split(r"<br\s?/?>", value)
    told = [plain(line) for line in lines]
    return [
        piece.strip(" .*•-") for line in told for piece in re.split(r"[,;](?![^()]{0,200}\))(?=\s|$)|\s[|•]\s", line)
    ]


def _is_service(text: str, *, listed: bool) -> bool:
    """Whether a text is a name; an item of a list beside the text may have more words than one of a sentence."""
    short_enough = len(text) <= 60 and len(text.split()) <= 9 if listed else len(text) <= 40 and len(text.split()) <= 5
    return short_enough and not _ALL.match(text) and text[-1] not in ".!?:"


def kind(reading: Reading, title: str) -> Fact | None:
    """``near-miss`` or ``drill`` where a field or the title calls it so; an outage during a drill is none."""
    for field in the(reading.fields, "kind"):
        told = plain(field.value)
        for name, pattern in (("near-miss", _NEAR_MISS), ("drill", _DRILL)):
            if pattern.match(told):
                return Fact("kind", name, field.line, by(field))
    for name, pattern in (("near-miss", _NEAR_MISS), ("drill", _DRILL)):
        found = pattern.search(title)
        if found and not _CAUSED.search(title[: found.start()]):
            return Fact("kind", name, 0, "the title")
    return None


def status(reading: Reading) -> Fact | None:
    """What the document says of itself; the state of the incident, such as ``Resolved``, is no status of it."""
    for field in reading.fields:
        if field.front and folded(field.key) == "draft" and field.value.strip().casefold() == "true":
            return Fact("status", "draft", field.line, by(field))
    for field in the(reading.fields, "status"):
        told = re.split(r"[,;.(]|\s[–—-]\s", plain(field.value).casefold(), maxsplit=1)[0].strip(" !*✅✔️")
        if told in _STATUSES:
            return Fact("status", _STATUSES[told], field.line, by(field))
    return None


def _two(key: str, first: Field, second: Field) -> Gap:
    told = f"“{short(first.value)}” and “{short(second.value)}”"
    return Gap(key, f"the source says {told}", second.line)


def _empty(reading: Reading, wanted: str, key: str) -> Gap | None:
    """The gap for a field that is there and says nothing."""
    found = next((field for field in the(reading.fields, wanted) if says_nothing(field.value)), None)
    if found is None:
        return None
    said = f"says “{short(found.value)}”" if found.value.strip() else "is empty"
    return Gap(key, f"the field “{found.key}” {said}", found.line)


def short(text: str) -> str:
    """A text for a message: one line of at most 60 characters."""
    told = plain(text)
    return told if len(told) <= 60 else f"{told[:59]}…"
