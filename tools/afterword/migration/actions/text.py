"""The text of an action: its title, what is beside it about owner, day, ticket and state, and what else is said."""

from __future__ import annotations

import re
from collections.abc import Mapping

from afterword.migration.actions.attributes import (
    BARE,
    LINK,
    Attribute,
    attributes,
    initials,
    person,
    tracker,
    whole_day,
)
from afterword.migration.actions.given import given as given_name
from afterword.migration.actions.given import team
from afterword.migration.actions.labelled import ASKED, MOST, labelled, with_day
from afterword.migration.actions.said import Said
from afterword.migration.actions.words import DUE, TYPES, VERBS
from afterword.migration.stated.titles import shortened
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.dates import days_in
from afterword.migration.words import normal, plain

LONGEST = 300
"""Characters of a title."""
_GROUP = re.compile(
    r"(?:^|(?<=\s))(?P<all>(?:\*\*|__)?[(\[](?P<inner>(?:[^()\[\]]|\[[^\[\]]*\]\([^()\s]*\)){1,400})[)\]](?:\*\*|__)?)"
    r"\s?\.?\s*\Z"
)
_SEGMENT = re.compile(r"(?:\s[–—|-]|;)\s(?P<inner>(?:(?!\s[–—|-]\s)[^;\n]){1,200})\Z|\n(?P<last>[^\n]{1,200})\Z")
_SIGN = re.compile(r"\s*(?P<sign>(?<=[^\s–—|;-]\s)DONE|✅|✔️?|☑️?|✓|🚧)\s*\Z")
_HANDLE_LAST = re.compile(r"(?<=\s)(?:[Oo]wner\s?:\s?)?(?P<handle>`?@[\w][\w./-]{0,40}`?)\s?\.?\s*\Z")
_LEADS_ON = re.compile(
    r"[(\[,:]\Z|\b(?:see|in|here|at|via|from|e\.g\.|to|of|with|for|by|on|and|or|the|ticket|issue|jira|pr|bug|card|task|story|"
    r"link)s?\Z",
    re.IGNORECASE,
)
"""What an address may not be taken away behind: the words would stop short."""
_FIRST = re.compile(
    r"\s*(?:(?P<wrap>\*\*|__)?[\[(](?P<inner>[^\[\]()]{1,60})[\])](?(wrap)(?P=wrap))(?![(\[])\s?[:–—-]?\s*"
    r"|(?P<sign>✅|✔️?|☑️?|✓|🚧)\s*"
    r"|(?P<mark>\*\*|__)(?P<bold>[^*_\n]{1,40}?)\s?:?(?P=mark)\s?[:–—-]?\s+"
    r"|(?P<handle>`?@[\w][\w./-]{0,40}`?)\s?(?P<colon>[:,–—-])?\s+"
    r"|(?P<word>[^\W\d_]{1,12}\d?|P\d)\s?(?::|\s[–—-])\s+)(?=\S)"
)
_ASKS = re.compile(rf"\s?:\s+(?:{'|'.join(sorted(VERBS))})\s", re.IGNORECASE)
"""Behind a name: a colon and what is asked for: “Paul: renew the key”."""
_NEEDS = re.compile(r"(?:and|or|to|will|should|is|has|can|must)\b|[,/&+]")
"""Behind a name: words that need it as their subject."""
_MENTIONED = re.compile(r"\s*(?P<link>\[(?P<person>@[^\[\]\n]{2,60})\]\([^()\s]{1,1000}\))\s+(?=\S)")
_LAST_DAY = re.compile(r"\s(?P<day>\d{1,2} [^\W\d_]{3,9} \d{4}|\d{4}-\d\d-\d\d)\s*\Z")
_LEAD = re.compile(
    r"(?P<mark>\*\*|__)(?P<lead>(?:(?!(?P=mark)).){3,300}?)(?P<end>\s?[:.–—-]?)(?P=mark)"
    r"(?P<apart>\s?:\s+|\s?[–—-]\s+|\.\s+|\n|\s+(?=[A-ZÀ-Ý(])|)(?P<rest>\S.*)",
    re.DOTALL,
)
_STATE = re.compile(
    r"(?:completed?|done|fixed|finished|implemented|merged|pending|open|new|todo|in progress)"
    r"\s?[(\[][^()\[\]]{1,60}[)\]]",
    re.IGNORECASE,
)
"""A lead that only says how far it is: “**Completed (PR #12)**: Pin the version”."""
_ALREADY = re.compile(
    r"(?:we|they|this|it|these|the \w{1,20})(?:\s(?:have|has|was|were)(?:\sbeen)?|['’]ve)\salready\s"
    r"(?:been\s)?(?:fixed|done|implemented|deployed|added|merged|completed|resolved|removed|changed|updated|created|increased"
    r"|enabled|disabled|moved|shipped|released|patched|rolled out|set up)\b",
    re.IGNORECASE,
)
"""“We have already fixed …”."""
_SENTENCE = re.compile(r"[.!?][\"”)\]*_`]{0,3}\s+(?=\S)")
_BY = re.compile(rf"\b(?:by|{DUE}|até|trước)\s?:?\s", re.IGNORECASE)
_BY_REFERENCE = re.compile(
    r"(?<![!\]\\])\[(?P<text>[^\[\]]{1,300})\](?:\[(?P<name>[^\[\]]{0,200})\])?(?![(\[])"
    r"(?!:[ \t]*\S*[/#.]\S*[ \t]*(?:\n|\Z))"
)
"""A link by reference; what an address follows on the same line defines one."""


def read(text: str, calendar: Calendar, *, done: bool | None = None) -> Said:
    """Reads the inline Markdown of an action. ``done``: the state of its box, if it has one."""
    said = Said()
    if done is not None:
        said.found["status"] = Attribute("status", "done" if done else "open", exact=True)
    whole = text.strip()
    struck = re.fullmatch(r"~~([^~]+)~~\s*\.?", whole)
    if struck:
        said.found["status"] = Attribute("status", "done", exact=True)
        whole = struck[1].strip()
    whole = with_day(labelled(_assigned(whole, said, calendar), said, calendar), said, calendar)
    whole = labelled(_from_end(whole, said, calendar), said, calendar)
    left = _from_front(whole, said, calendar)
    left = left or whole
    if "status" not in said.found and _ALREADY.match(plain(left[:200])):
        said.found["status"] = Attribute("status", "done", exact=False)
    _tickets(left, said)
    _day(left, said, calendar)
    rest = _split(left, said)
    beside = " · ".join(said.details)
    said.details = [part for part in (rest, beside) if part]
    return said


def _assigned(text: str, said: Said, calendar: Calendar) -> str:
    """The text of a task of Confluence without whom it mentions first and without its day at the end."""
    found = _MENTIONED.match(text) if "status" in said.found else None
    if found is None or _NEEDS.match(text[found.end() :]):
        return text
    said.take((Attribute("owner", found["person"], exact=False),), found["link"])
    text = text[found.end() :]
    last = _LAST_DAY.search(text)
    due = whole_day(last["day"], calendar) if last else None
    if last and due and text[: last.start()].strip():
        said.take((Attribute("due", due, exact=last["day"] == due.isoformat()),), last["day"])
        text = text[: last.start()]
    return text


def _from_end(text: str, said: Said, calendar: Calendar) -> str:
    """The text without the groups, segments, signs and tickets behind it that are attributes and nothing else."""
    for _ in range(MOST):
        for pattern in (_SIGN, _GROUP, _SEGMENT, _HANDLE_LAST):
            found = pattern.search(text, max(len(text) - 450, 0))
            if found and text[: found.start()].strip() and _taken(found, text, said, calendar):
                text = text[: found.start()].rstrip()
                break
        else:
            left = _without_ticket(text, said)
            if left == text:
                return text
            text = left
    return text


def _taken(found: re.Match[str], text: str, said: Said, calendar: Calendar) -> bool:
    groups = found.groupdict()
    if groups.get("handle"):
        if ASKED.search(text[: found.start()]):
            return False
        return said.take(attributes(groups["handle"].strip("`"), calendar), groups["handle"])
    if groups.get("sign"):
        return said.take(attributes(groups["sign"].rstrip("\ufe0f"), calendar), "")
    inner = groups.get("inner") or groups.get("last") or ""
    given = attributes(inner, calendar)
    if not given and "[" in (groups.get("all") or "")[:3] and (name := person(inner) or given_name(inner)):
        given = (Attribute("owner", name, exact=True),)
    return said.take(given, inner)


def _without_ticket(text: str, said: Said) -> str:
    """The text without the address or link of its ticket at the end, when all of its words stand in the address."""
    if len([*LINK.finditer(text), *BARE.finditer(LINK.sub(" ", text))]) != 1 or "tracker" in said.found:
        return text
    end = len(text.rstrip(" ."))
    for pattern in (LINK, BARE):
        near = pattern.finditer(text, max(len(text) - 1500, 0))
        found = next((item for item in near if end <= item.end()), None)
        given = tracker(found) if found else None
        before = text[: found.start()].rstrip() if found else ""
        if given and given.exact and before and not _LEADS_ON.search(before):
            said.found["tracker"] = given
            return before
    return text


def _from_front(text: str, said: Said, calendar: Calendar) -> str:
    """The text without what stands before it: ``[done]``, ``P1:``, ``@jane``, ``**JG**``."""
    for _ in range(3):
        found = _FIRST.match(text)
        if found is None or not text[found.end() :].strip():
            return text
        groups = found.groupdict()
        inner = groups["inner"] or groups["sign"] or groups["bold"] or groups["handle"] or groups["word"] or ""
        told = attributes(inner.strip("`").rstrip("\ufe0f"), calendar)
        if not told and (groups["bold"] or groups["inner"]):
            name = (groups["bold"] and initials(inner)) or given_name(inner) or team(inner)
            told = (Attribute("owner", name, exact=True),) if name else ()
        if groups["word"] and any(item.key not in ("status", "priority") for item in told):
            told = ()
        if not told and groups["word"] and _ASKS.match(text[found.end("word") :]) and (name := given_name(inner)):
            told = (Attribute("owner", name, exact=True),)
        rest = text[found.end() :]
        if groups["handle"] and not groups["colon"] and _NEEDS.match(rest):
            said.take(told, "")  # the sentence needs its subject
            return text
        if not told or not all(item.exact for item in told) or not said.take(told, inner):
            _type_in_front(inner, said)
            return text
        text = rest
    return text


def _type_in_front(inner: str, said: Said) -> None:
    """“Prevention: …” says the type; the word stays, for it is another one than that of the schema."""
    kind = TYPES.get(plain(inner).casefold().strip(" :"))
    if kind:
        said.found.setdefault("type", Attribute("type", kind, exact=False))


def _tickets(text: str, said: Said) -> None:
    """The one ticket that the text links to, wherever it stands."""
    links = [*LINK.finditer(text), *BARE.finditer(LINK.sub(" ", text))]
    given = [item for item in map(tracker, links) if item]
    if len({item.value for item in given}) == 1:
        said.found.setdefault("tracker", given[0])
    if not given and len(links) == 1 and links[0][0] == text and links[0]["url"].startswith(("https://", "http://")):
        said.found.setdefault("tracker", Attribute("tracker", links[0]["url"], exact=False))


def _day(text: str, said: Said, calendar: Calendar) -> None:
    """“… by 1 April 2024”, “due 2024-04-01”; the words stay."""
    found = list(_BY.finditer(text[:2000]))
    days = (
        [(item.start, item.day) for item in days_in(text[:2000], calendar) if item.day and not item.yearless]
        if found
        else []
    )
    told = {day for start, day in days for lead in found if lead.end() == start}
    if len(told) == 1 and "due" not in said.found:
        said.found["due"] = Attribute("due", told.pop(), exact=False)


def _split(text: str, said: Said) -> str:
    """Sets the title, and gives the rest of the text as Markdown."""
    lead = _LEAD.fullmatch(text)
    if lead and _STATE.fullmatch(plain(lead["lead"])):
        lead = None
    ends = lead and (lead["end"].strip() or lead["apart"].strip() or "\n" in lead["apart"])
    if lead and ends and len(lead["lead"].split()) > 1 and plain(lead["lead"]).casefold().rstrip("s") != "action item":
        said.title = plain(lead["lead"])
        return _with_links(lead["lead"], said, lead["rest"].strip())
    told = plain(text)
    if len(told) <= LONGEST:
        said.title = told
        return _with_links(text, said, "")
    for found in _SENTENCE.finditer(text[: 3 * LONGEST]):
        first = text[: found.end()].strip()
        if len(plain(first)) > LONGEST:
            break
        if _is_whole(first):
            said.title = plain(first)
            return _with_links(first, said, text[found.end() :].strip())
    said.title = shortened(told, LONGEST)
    return text


def _is_whole(text: str) -> bool:
    """Whether no mark is open at the end of a text that was cut."""
    pairs = text.count("[") == text.count("]") and text.count("(") == text.count(")")
    return pairs and all(text.count(mark) % 2 == 0 for mark in ("`", "**", "__"))


def _with_links(title: str, said: Said, rest: str) -> str:
    """The rest with the links of the title before it, for a title is plain text: all but that of the ticket."""
    ticket = said.found.get("tracker")
    kept = [
        item[0]
        for item in re.finditer(rf"!?{LINK.pattern.removeprefix('(?<!!)')}", title)
        if not (ticket and item["url"] == ticket.value and normal(item["text"]) in normal(said.title))
    ]
    return "\n\n".join(part for part in (", ".join(kept), rest) if part)


def expanded(text: str, references: Mapping[str, str]) -> str:
    """The text with links by reference as links with their address: the reference stays behind in the body."""
    if not references or "[" not in text:
        return text

    def full(found: re.Match[str]) -> str:
        name = " ".join((found["name"] or found["text"]).casefold().split())
        return f"[{found['text']}]({references[name]})" if name in references else found[0]

    return _BY_REFERENCE.sub(full, text)
