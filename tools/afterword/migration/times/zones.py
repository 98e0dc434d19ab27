"""Zones: the words for a zone behind a time, in a heading, in a column's name, and in a sentence about all times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timezone, tzinfo
from functools import lru_cache

from afterword.timeline import zone_named

_LONG = {
    "pacific": "America/Los_Angeles", "eastern": "America/New_York", "central": "America/Chicago",
    "mountain": "America/Denver", "pacific standard": "PST", "pacific daylight": "PDT", "eastern standard": "EST",
    "eastern daylight": "EDT", "central standard": "CST", "central daylight": "CDT", "mountain standard": "MST",
    "mountain daylight": "MDT",
}  # fmt: skip
_PLACES = {
    "horário de brasília": "America/Sao_Paulo", "hora de brasília": "America/Sao_Paulo",
    "horário de lisboa": "Europe/Lisbon", "hora de lisboa": "Europe/Lisbon",
    "giờ việt nam": "Asia/Ho_Chi_Minh", "giờ hà nội": "Asia/Ho_Chi_Minh",
}  # fmt: skip
_LINKS = {
    "US/Pacific": "America/Los_Angeles", "US/Eastern": "America/New_York", "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver",
}  # fmt: skip
_MORE = {
    "SGT": "+08:00", "HKT": "+08:00", "KST": "+09:00", "MSK": "+03:00", "SAST": "+02:00", "NZST": "+12:00",
    "NZDT": "+13:00", "AWST": "+08:00", "WIB": "+07:00", "PKT": "+05:00", "NPT": "+05:45", "AKST": "-09:00",
    "AKDT": "-08:00", "HST": "-10:00", "CT": "America/Chicago", "MT": "America/Denver", **_LINKS,
}  # fmt: skip
_SEVERAL = frozenset(("IST", "AST", "ADT", "AMT", "SST", "ECT", "GST"))
"""Short names that stand for zones of several countries (IST: India, Ireland, Israel), so that they tell none."""
_LOOSE = frozenset(("CT", "MT"))
"""Short names that are something else as often: a zone only when nothing but a sign follows."""
_SMALL = frozenset(("utc", "gmt", "pst", "pdt", "est", "edt", "cst", "cdt", "mst", "mdt", "cet", "cest", "bst", "ist"))

_NUMERIC = re.compile(r"\s?([+−-])(\d{2})(:?)(\d{2})(?![\d:])")
_LOCAL = re.compile(
    r"\s?[(\[]?\s?(?:in\s+)?(?:local(?:\s+time)?|hora\s+local|giờ\s+địa\s+phương)\b[)\]]?", re.IGNORECASE
)
_WORD = re.compile(
    r"(?P<open>\s?[(\[]\s?|\s?,\s?|\s{1,4}\+(?=UTC|GMT)|\s{0,4})"
    r"(?P<name>(?:UTC|GMT|utc|gmt)(?:\s?[+]\s?\d{1,2}(?::?\d{2})?|[−–-]\d{1,2}(?::?\d{2})?(?!\s?[A-Z\d:.]))?(?![\w/])|"
    r"[A-Z][a-z]+/[A-Z][\w/-]{2,40}|US/[A-Z][a-z]{5,7}(?![\w/])|"
    r"(?P<long>(?:[Pp]acific|[Ee]astern|[Cc]entral|[Mm]ountain)(?:\s(?:[Ss]tandard|[Dd]aylight))?)\s[Tt]ime\b|[Pp]acific\b|"
    r"(?P<place>(?:hor(?:a|ário)\s+de\s+(?:Brasília|Lisboa)|giờ\s+(?:Việt Nam|Hà Nội))\b)|"
    r"[A-Za-z]{1,5}(?![\w/]))"
)
_ANY = re.compile(
    r"(?<![\w/.@-])(?:(?:UTC|GMT|utc|gmt)\b|[A-Z][a-z]+/[A-Z][\w/-]{2,40}|US/[A-Z][a-z]{5,7}\b|[A-Z]{2,5}\b|"
    r"[Ll]ocal(?: time)?\b|hora local\b|"
    r"(?:[Pp]acific|[Ee]astern|[Cc]entral|[Mm]ountain)(?:\s(?:[Ss]tandard|[Dd]aylight))?\s[Tt]ime\b|[Pp]acific\b|"
    r"hor(?:a|ário) de (?:Brasília|Lisboa)|giờ (?:Việt Nam|Hà Nội|địa phương))"
)
_ABOUT = re.compile(
    r"\b(?=[adeghmt])(?:"
    r"(?:(?:all|the)\s+)?(?:(?:date|event)s?\s+and\s+)?time(?:s|stamps?|\s?zone|zone)?\b|"
    r"(?:all|the)\s+(?:events|entries|rows)(?=\s+are\b)|hor(?:a|ário)s?\b|múi giờ\b|(?:thời gian|giờ)\b)"
)
"""What a sentence begins with that says the zone of the times: ``All times are in CET``, ``Timezone: UTC``.

For a text in lower case. Here and below a pattern tells first what most of a text is not: whole reports are searched.
"""
_SAYS = re.compile(
    r"\s*(?:\(|\[|are\b|is\b|in\b|:|=|as\b|given\b|listed\b|shown\b|below\b|here\b|em\b|são\b|theo\b|là\b|[*_:])"
)
_EMPHASIS = re.compile(r"_(?:(?<!\w_)_{0,2}(?=\w)|(?<=[\w.:]_)_{0,2}(?!\w))")
"""Underscores beside a word, which would belong to it: ``_All times in UTC_``, not ``America/New_York``."""
_WRAPPED = re.compile(r"\n(?:(?<=\b(?:in|is)\n)|(?<=\bare\n))(?=\S)")
_REACH = 60
_REMARK = re.compile(
    r"[(\[*_\s]{0,4}(?:(?:all\s)?times?(?:\szone|zone)?\s?:?\s?(?:are\s)?)?(?:in\s)?"
    r"(?:[A-Z]\w*(?:[+/−-]\w+)?(?:\s[A-Z]\w+){0,2}|local(?:\stime)?)[)\]*_.:\s]{0,4}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as written, up to ``end`` of the text. ``zone`` is ``None`` for one that could be several: local time."""

    end: int
    zone: tzinfo | None


def zone_at(text: str, at: int, *, precise: bool = False) -> Zone | None:
    """The zone that is written right at a place, behind a time. ``precise``: the time has seconds or a ``T``.

    ``-08:00`` is one behind such a time alone; behind others it is as likely the end of a stretch.
    """
    figures = _NUMERIC.match(text, at)
    if figures and (precise or figures[1] == "+" or (not figures[3] and figures.start(1) > at)):
        named = zone_named(f"{figures[1]}{figures[2]}:{figures[4]}")
        return Zone(figures.end(), named) if named else None
    local = _LOCAL.match(text, at)
    if local:
        return Zone(local.end(), None)
    word = _WORD.match(text, at)
    if word is None or (word["open"].strip() == "," and not word["name"].isupper()):
        return None
    found = _meaning(word["name"], word["long"], word["place"])
    if found is None or (
        word["name"] in _LOOSE and not re.match(r"\s*(?:\Z|[^\w\s])", text[word.end() : word.end() + 9])
    ):
        return None
    end = word.end()
    if word["open"].strip() in "([" and word["open"].strip():
        if text[end : end + 1] not in (")", "]"):
            return None
        end += 1
    return Zone(end, found[0])


def instant(day: date, clock: time, zone: tzinfo) -> datetime | None:
    """When a clock on a wall shows a time; ``None`` where those of the zone skip it on that day, or show it twice."""
    at = datetime.combine(day, clock, zone)
    fixed = isinstance(zone, timezone)
    return at if fixed or at.utcoffset() == at.replace(fold=1).utcoffset() else None


def zone_in(text: str) -> Zone | None:
    """The first zone that a heading or the name of a column writes."""
    for found in _ANY.finditer(text[:300]):
        zone = zone_at(text, found.start())
        if zone is not None:
            return zone
    return None


def zone_alone(text: str) -> Zone | None:
    """The zone of a remark that says nothing else: ``(all times UTC)``, ``in CET``."""
    return zone_in(text) if len(text) <= _REACH and _REMARK.match(text) else None


def zone_named_in(text: str) -> tzinfo | None:
    """The zone of a text that names one, without more."""
    found = zone_in(text)
    return found.zone if found else None


def zone_of_all(text: str) -> Zone | None:
    """The zone that a text says all times are in: ``All times in CET.``, ``Time zone: Europe/Lisbon``."""
    text = _WRAPPED.sub(" ", _EMPHASIS.sub(lambda marks: " " * len(marks[0]), text))
    for about in _ABOUT.finditer(text.replace("İ", "I").lower()):  # no place may move: this letter becomes two
        end = min((at for at in (text.find("\n", about.end()), about.end() + _REACH) if at >= 0), default=len(text))
        stretch = text[about.end() : end]
        if _SAYS.match(stretch) or (about[0].startswith("all") and re.match(r"\s[A-Z]{2}", stretch)):
            zone = zone_in(stretch)
            if zone is not None and not re.search(r"\d:\d\d|[.!?]\s", stretch[: zone.end]):
                return zone
    return None


@lru_cache(maxsize=1024)
def _meaning(name: str, long: str | None, place: str | None) -> tuple[tzinfo | None] | None:
    """What a word means as a zone, in a tuple; ``None`` for a word that is none."""
    if long or name.casefold() == "pacific":
        return (zone_named(_LONG[(long or name).casefold()]),)
    if place:
        return (zone_named(_PLACES[" ".join(place.casefold().split())]),)
    if name in _SMALL or name[:3] in ("utc", "gmt"):
        name = name.upper()
    if name in _SEVERAL:
        return (None,)
    named = zone_named(_MORE.get(name, "".join(name.split())))
    return (named,) if named else None
