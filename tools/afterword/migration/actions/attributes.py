"""Attributes: what a few words beside an action say of it: its owner, its day, its ticket, its state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from afterword.migration.actions.words import DONE_WITH_MORE, DUE, NO_INITIALS, NOBODY, OWNER, STATUSES, TICKET, TYPES
from afterword.migration.fields.values import says_nothing
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.dates import day_at, days_in
from afterword.migration.words import normal, plain

Key = Literal["owner", "due", "completed", "status", "type", "priority", "tracker", "reason"]

_TARGET = r"(?:[^()\s<>]|\((?:[^()\s<>]|\([^()\s<>]{0,300}\)){0,300}\)){1,2000}"
LINK = re.compile(rf"(?<!!)\[(?P<text>[^\[\]]{{0,300}})\]\(<?(?P<url>{_TARGET})>?(?:\s\"[^\"]{{0,200}}\")?\)")
BARE = re.compile(r"<?(?P<url>https?://[^\s()<>]{1,1000})>?")
_HANDLES = re.compile(r"@[\w][\w./-]{0,40}(?:(?:,\s?|\s?[/&+]\s?|\sand\s)@[\w][\w./-]{0,40}){0,5}")
_OWNER = re.compile(rf"(?P<label>{OWNER})\s?[:=]?\s(?P<name>\S.{{0,60}})", re.IGNORECASE)
_DUE = re.compile(rf"(?P<label>{DUE})\s?[:=]?\s(?P<day>\S.{{0,40}})", re.IGNORECASE)
_PRIORITY = re.compile(r"(?:(?:priority|prio|prioridade)\s?[:=]?\s)?(P\d)", re.IGNORECASE)
_NO_OWNER = re.compile(rf"\w\w[.!?]\s|\d[-/.]\d|\d{{4}}|[,;|]\s(?:{DUE}|status|state|ticket)\b", re.IGNORECASE)
"""What is in no name: a second sentence, a day, a word for something else."""
_DROPPED = re.compile(
    r"(?:won['’]?t (?:do|fix)|wontfix|will not (?:do|fix)|cancell?ed|abandoned|rejected|obsolete"
    r"|(?:not|no longer) needed)(?:\Z|\s?[:,;–—-]\s|\s(?:as|because|since|due)\b)",
    re.IGNORECASE,
)
"""Nobody will do it, and these words are the reason that is told."""
_TICKET = re.compile(r"(?:ticket|issue|jira)\s?[*_]{0,2}:[*_]{0,2}\s", re.IGNORECASE)
_STATE = re.compile(r"(?:status|state)\s?[:=]\s?(?P<state>\S.{0,40})", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{2}(?:\s?[/&+]\s?[A-Z]{2}){0,3}")
_PULL = re.compile(r"pr", re.IGNORECASE)
"""What a link to a pull request may be called whose address says so with more letters; longer names stay."""
_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)?(?:\s[^\W\d_]\.)?(?:\s[^\W\d_]+){0,2}")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One key of an action and its value. ``exact``: the key and the value hold every word that was written."""

    key: Key
    value: str | date
    exact: bool


def attributes(text: str, calendar: Calendar) -> tuple[Attribute, ...]:
    """What a text says when it says nothing else; none when any word of it says something else."""
    text = text.strip().strip("*_").strip()
    if not text or len(text) > 400:
        return ()
    pieces = [piece.strip() for piece in re.split(r"[,;|]\s|\s[|–—-]\s", text)]
    found = [_one(piece, calendar) for piece in pieces] if len(pieces) > 1 else []
    items = tuple(item for items in found for item in items) if found and all(found) else ()
    return items if items and len({item.key for item in items}) == len(items) else _one(text, calendar)


def _one(text: str, calendar: Calendar) -> tuple[Attribute, ...]:
    link = LINK.fullmatch(text) or BARE.fullmatch(text)
    if link:
        found = tracker(link)
        return (found,) if found else ()
    told = plain(text).strip(" .!")
    small = told.casefold()
    if small in STATUSES:
        return (Attribute("status", STATUSES[small], normal(small) in ("", normal(STATUSES[small]))),)
    if _DROPPED.match(told) and len(told) <= 200:
        return (Attribute("status", "wont-do", exact=True), Attribute("reason", told, exact=True))
    if small in TYPES:
        return (Attribute("type", TYPES[small], TYPES[small] == small),)
    if priority := _PRIORITY.fullmatch(told):
        return (Attribute("priority", priority[1].upper(), not small.startswith("prio ")),)
    if _HANDLES.fullmatch(told):
        return (Attribute("owner", told, exact=True),)
    if state := _STATE.fullmatch(told):
        return _one(state["state"], calendar)
    if ticket := _TICKET.match(text):
        link = LINK.fullmatch(text, ticket.end()) or BARE.fullmatch(text, ticket.end())
        found = tracker(link) if link else None
        return (Attribute("tracker", found.value, exact=False),) if found else ()
    labelled = _labelled(told, calendar) if LINK.search(text) is None else ()  # an address is no part of a name
    return labelled or _done(told, calendar)


def _labelled(told: str, calendar: Calendar) -> tuple[Attribute, ...]:
    owner, due = _OWNER.fullmatch(told), _DUE.fullmatch(told)
    if owner and is_owner(owner["name"]):
        name = owner["name"].lstrip(":= ")
        return (Attribute("owner", name, owner["label"].casefold() == "owner"),)
    day = whole_day(due["day"].lstrip(":= "), calendar) if due else None
    if due and day:
        exact = due["label"].casefold() == "due" and due["day"].lstrip(":= ").startswith(day.isoformat())
        return (Attribute("due", day, exact),)
    return ()


def _done(told: str, calendar: Calendar) -> tuple[Attribute, ...]:
    """“Done in #12”, “completed on 2 April 2024”; the words stay, for they say more."""
    found = DONE_WITH_MORE.match(told)
    if found is None or len(told) > 160:
        return ()
    days = [item for item in days_in(told, calendar) if item.day and not item.yearless]
    status = Attribute("status", "done", exact=False)
    on = re.match(r"\w+(?:\son|\sem|:)?\s", told)
    is_day = len(days) == 1 and on is not None and on.end() == days[0].start
    return (status, Attribute("completed", days[0].day, exact=False)) if is_day and days[0].day else (status,)


def whole_day(text: str, calendar: Calendar) -> date | None:
    """The day that a text is, when it is one with its year and nothing else."""
    text = text.strip(" .")
    found = day_at(text, 0, calendar)
    if found is None or found.day is None or found.end != len(text) or found.last not in (None, found.day):
        return None
    return None if found.yearless else found.day


def is_owner(text: str) -> bool:
    """Whether a text may name who has an action: a few words, none of which says that nobody does."""
    told = plain(text).strip(" .")
    few = 0 < len(told) <= 60 and len(told.split()) <= 6 and _NO_OWNER.search(told) is None
    return few and not says_nothing(text) and told.casefold() not in NOBODY


def person(text: str) -> str | None:
    """Who is meant by a text in square brackets or in bold letters: a handle, initials, or capitalised words."""
    told = plain(text).strip(" .:")
    if _HANDLES.fullmatch(told) or initials(told):
        return told
    words = told.split()
    is_name = _NAME.fullmatch(told) is not None and all(word[0].isupper() and not word.isupper() for word in words)
    known = told.casefold() in NOBODY or told.casefold() in STATUSES or told.casefold() in TYPES
    return told if is_name and not known and len(told) <= 40 else None


def initials(text: str) -> str | None:
    """Initials of people: ``JG``, ``RC/RK``; no abbreviation that means something else."""
    told = plain(text).strip(" .:")
    parts = re.split(r"\s?[/&+]\s?", told)
    return told if _INITIALS.fullmatch(told) and not any(part.casefold() in NO_INITIALS for part in parts) else None


def tracker(link: re.Match[str]) -> Attribute | None:
    """The ticket that a link leads to; ``None`` when the link leads elsewhere."""
    url = link["url"].rstrip(".,;")
    if not TICKET.fullmatch(url):
        return None
    said = link.groupdict().get("text")
    is_pull = re.search(r"/pulls?/\d", url) is not None and said is not None and _PULL.fullmatch(said) is not None
    return Attribute("tracker", url, is_pull or said is None or _stands_in(said, url))


def _stands_in(text: str, url: str) -> bool:
    """Whether an address holds each word of a text: “GitHub issue 12”."""
    address = normal(url)
    words = [normal(word) for word in text.split()]
    return normal(text) in address or all(word in address and (len(word) > 2 or word.isdecimal()) for word in words)
