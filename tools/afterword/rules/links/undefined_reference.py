"""AW804: links by reference to a definition that is not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from afterword import phrases
from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.prose import Passage
from afterword.rules.base import Example, File, Form, Rule, shortened

_DEFINED = re.compile(r"^[ \t>*+-]{0,20}\[([^\[\]\n^][^\[\]\n]{0,200})\]:", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\w\])\\!])\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{1,200})\](?![\[(:])")

_ENOUGH = 20
"""So many are told of in one file, and so many definitions are compared with each: time stays in proportion."""


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    passages = [passage for passage in file.passages if passage.kind != "front" and "][" in passage.text]
    if not passages:
        return
    defined = {_folded(label) for label in _DEFINED.findall(file.source.text)}
    for passage, found in islice(_undefined(passages, defined), _ENOUGH):
        near = _near(_folded(found[2]), defined)
        if not near and not _is_meant(found, defined):
            continue
        hint = f"Did you mean `[{near}]`?" if near else f"Add a line `[{shortened(found[2])}]: https://…`."
        message = f"“{shortened(found[0])}” shows as it is: nothing says where [{shortened(found[2])}] leads"
        yield RULE.finding(postmortem, passage.span(*found.span()), message, hint)


def _undefined(passages: Iterable[Passage], defined: Collection[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in passages:
        for found in _REFERENCE.finditer(phrases.without_code(passage.text)):
            if _folded(found[2]) not in defined:
                yield passage, found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _near(label: str, defined: Collection[str]) -> str | None:
    return next(iter(get_close_matches(label, sorted(defined)[: _ENOUGH * 5], 1, 0.7)), None)


def _is_meant(found: re.Match[str], defined: Collection[str]) -> bool:
    """Whether it repeats its text, or numbers are used as in other references; else it may be a line of a log."""
    label = _folded(found[2])
    return _folded(found[1]) == label or (label.isdigit() and any(other.isdigit() for other in defined))


RULE = Rule(
    code="AW804",
    name="undefined-reference",
    level=Level.WARNING,
    summary="A link by reference has a definition.",
    rationale="`[the dashboard][pool]` without a line `[pool]: https://…` is no link: the brackets show, and where it "
    "led is lost. Two pairs of brackets may also be a line of a log or an index, so only what repeats its own text, "
    "or is like a definition that is there, is looked at.",
    good=(
        Example("## Notes\n\nSee [the dashboard][pool].\n\n[pool]: https://example.org/d/pool", Form.BODY),
        Example("## Notes\n\nThe log said [09:12][ERROR] pool is full.", Form.BODY, "Not a link."),
    ),
    bad=(
        Example("## Notes\n\nSee [INC-17][INC-17].", Form.BODY),
        Example("## Notes\n\nSee [the dashboard][pol].\n\n[pool]: https://example.org/d/pool", Form.BODY, "Mistyped."),
    ),
    check=_check,
)
