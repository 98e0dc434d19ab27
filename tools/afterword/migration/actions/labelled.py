"""Labelled: what stands behind or below an action with a label, or as a handle and a day: “Owner: Ann. Due: …”."""

from __future__ import annotations

import re

from afterword.migration.actions.attributes import Attribute, attributes, whole_day
from afterword.migration.actions.said import Said
from afterword.migration.actions.words import DUE, OWNER
from afterword.migration.times.calendar import Calendar

MOST = 30
"""Attributes behind the words of one action; what has more is no action."""
ASKED = re.compile(
    r"\b(?:ask|asks|with|to|from|by|for|notify|tell|contact|cc|and|via|at|of|or|see|per|thank|thanks)\s*\Z",
    re.IGNORECASE,
)
"""Words in front of a handle that is somebody in the sentence."""
_DAY_END = r"(?P<day>(?:\d{4}-\d\d-\d\d|\d{1,2} [^\W\d_]{3,9},? \d{4}|[^\W\d_]{3,9} \d{1,2},? \d{4}))\s?\.?\s*\Z"
_HANDLE_DAY = re.compile(
    rf"(?<=\s)(?:[–—-]\s)?(?P<handle>`?@[\w][\w./-]{{0,40}}`?)(?:\s?[,–—-])?\s(?:(?P<word>by|{DUE}):?\s)?{_DAY_END}",
    re.IGNORECASE,
)
"""Behind an action: who does it, and until when."""
_LABEL = rf"[*_]{{0,2}}(?:{OWNER}|{DUE}|status|state|priority|prio|ticket|issue|jira)\s?[*_]{{0,2}}:[*_]{{0,2}}\s"
_LABEL_MARKS = re.compile(r"\A[*_]{0,2}([^:*_]{1,40}?)\s?[*_]{0,2}:[*_]{0,2}\s")
_LABELS = re.compile(rf"(?<=[\s(]){_LABEL}", re.IGNORECASE)
_NESTED = re.compile(rf"[ \t]{{0,20}}[-*+][ \t]{{1,4}}(?P<all>{_LABEL}.{{1,100}})", re.IGNORECASE)


def labelled(text: str, said: Said, calendar: Calendar) -> str:
    """The text without labelled attributes behind it: “Add an alert. Owner: Kim. Due: 2024-04-01”."""
    found = list(_LABELS.finditer(text[:4000]))
    while found and not _apart(text, found[0]):  # “the name of the service owner: …”
        del found[0]
    if not found or len(found) > MOST or not text[: found[0].start()].strip():
        return text
    ends = [*(label.start() for label in found[1:]), len(text)]
    pieces = [text[label.start() : end].strip(" \t\n.,;|·(") for label, end in zip(found, ends, strict=True)]
    pieces = [piece.rstrip(".") if piece.count("(") >= piece.count(")") else piece.rstrip(".")[:-1] for piece in pieces]
    given = [attributes(_bare(piece), calendar) for piece in pieces]
    if not all(given):  # “Due: next summer” stays in the words; who it is for is known all the same
        for item in (item for items in given for item in items):
            said.found.setdefault(item.key, item)
        return text
    if any(not said.take(items, piece) for items, piece in zip(given, pieces, strict=True)):
        return text
    return text[: found[0].start()].rstrip(" \t\n,;|·–—-(")


def _apart(text: str, label: re.Match[str]) -> bool:
    """Whether a label is none of the words before it: by a sign, a new line or its capital."""
    before = text[: label.start()]
    return before.rstrip(" \t")[-1:] in tuple("\n.,;|(·–—-!?)*_]") or label[0].strip("*_")[:1].isupper()


def with_day(text: str, said: Said, calendar: Calendar) -> str:
    """The text without a handle and a day behind it; that of a task ends with the day, whoever is named first."""
    found = _HANDLE_DAY.search(text, max(len(text) - 100, 0))
    due = whole_day(found["day"], calendar) if found else None
    if not (found and due and text[: found.start()].strip()) or ASKED.search(text[: found.start()]):
        return text
    owner = Attribute("owner", found["handle"].strip("`"), exact=True)
    exact = found["day"] == due.isoformat() and not found["word"]
    written = text[found.start("word") if found["word"] else found.start("day") :]
    taken = said.take((owner,), "") and said.take((Attribute("due", due, exact),), written)
    return text[: found.start()].rstrip() if taken else text


def _bare(labelled: str) -> str:
    """A label and its value without the marks around the label."""
    return _LABEL_MARKS.sub(r"\1: ", labelled, count=1)


def told_below(inside: str, said: Said, calendar: Calendar) -> str:
    """What is nested in an action without the items that name its owner, day, state and priority and nothing else."""
    kept = []
    for line in inside.split("\n"):
        found = _NESTED.fullmatch(line)
        given = attributes(_bare(found["all"]), calendar) if found else ()
        if not (given and said.take(given, "") and all(item.exact for item in given)):
            kept.append(line)
    return "\n".join(kept).strip("\n")
