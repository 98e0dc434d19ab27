"""Mending: one file's bytes with everything in place that can be put there without changing what the file says.

Each fix is tried, and the file read again: unless it says exactly what the fix claims, the fix is left out. Rounds are
made until nothing changes, so that a second run has nothing to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from afterword import source
from afterword.findings import Finding, Level
from afterword.fixes import dates, durations, headings, ids, keys, pretest, rows
from afterword.fixes.base import Edit, Fix, Page, Proposal, holds, read
from afterword.record import Record
from afterword.settings import Settings

BYTE_ORDER_MARK = Fix("byte-order-mark", "A byte-order mark at the start of a file goes.", ("AW005",), lambda _: ())
FIXES = (
    BYTE_ORDER_MARK, keys.BLANKS, keys.SPACING, dates.FIX, ids.FIX, keys.ORDER, headings.FIX, durations.FIX, rows.FIX,
)  # fmt: skip
"""In the order in which they are tried."""
CODES = frozenset(code for fix in FIXES for code in fix.codes)
"""The rules some of whose findings can be mended."""

_BOM = b"\xef\xbb\xbf"
_ENDING = re.compile(r"\r\n|\r|\n")
_ROUNDS = 6
"""Keys inside keys move one level in each round."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file's bytes as they would be, and how often each thing was mended: ``{"date": 2}``. Empty: nothing was."""

    data: bytes
    changes: tuple[tuple[str, int], ...] = ()


def mend(path: str, data: bytes, fixes: Iterable[Fix] = FIXES, *, anchors: frozenset[str] = frozenset()) -> Mended:
    """A file mended. Never raises on any bytes: what cannot be read is given back as it is.

    ``anchors`` are those of its headings that other files link to, in lower case.
    """
    fixes = tuple(fixes)
    if source.decode(path, data)[0] is None:
        return Mended(data)
    counts: Counter[str] = Counter()
    bare = data.removeprefix(_BOM)
    if BYTE_ORDER_MARK in fixes and bare != data and not bare.startswith(_BOM):
        counts["byte-order mark"] += 1
    text = bare.decode("utf-8")
    kept = b"" if counts or bare == data else _BOM
    endings = _ENDING.findall(text)
    page = read(path, _ENDING.sub("\n", text), movable=len(set(endings)) == 1, anchors=anchors)
    last = _settled(page, fixes, counts) if page else None
    if not counts:
        return Mended(data)
    mended = _with_endings(last.lines, endings) if last else text
    return Mended(kept + mended.encode("utf-8"), tuple(sorted(counts.items())))


class _Readings:
    """How many characters may still be read again to see whether a fix holds."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _READ_AGAIN

    def allow(self, text: str) -> bool:
        """Whether one more text may be read."""
        self.left -= len(text)
        return self.left >= 0


_READ_AGAIN = 1_000_000
"""A hundred readings of an ordinary file, and so few of a hostile one that it takes seconds and not hours."""


def _settled(page: Page, fixes: Iterable[Fix], counts: Counter[str]) -> Page | None:
    """The page when nothing changes any more; ``None`` when nothing did, or when that never comes.

    Nor is anything mended when it takes too many readings: half of it would be mended by the next run.
    """
    first, found, readings = page, Counter[str](), _Readings()
    for _ in range(_ROUNDS):
        before = page
        for fix in fixes:
            page = _apply(page, list(fix.propose(page)), found, readings)
        if readings.left < 0:
            return None
        if page is before:
            counts.update(found)
            return None if page is first else page
    return None


def _with_endings(lines: Collection[str], endings: list[str]) -> str:
    """The lines with the endings that they had, or with the only one there is when lines were added."""
    wanted = endings if len(endings) == len(lines) - 1 else endings[:1] * (len(lines) - 1)
    return "".join(line + ending for line, ending in zip(lines, [*wanted, ""], strict=True))


def _apply(page: Page, proposals: list[Proposal], counts: Counter[str], readings: _Readings) -> Page:
    """The page with all proposals, or with those that hold when not all do."""
    if not proposals:
        return page
    mended = _tried(page, proposals, readings)
    if mended is not None:
        for proposal in proposals:
            counts[proposal.what] += proposal.count
        return mended
    if len(proposals) == 1:
        return page
    # from the last to the first: the places of the others stay what they are
    for proposal in sorted(proposals, key=lambda item: item.edits, reverse=True)[:_ALONE]:
        alone = _tried(page, [proposal], readings)
        if alone is not None:
            counts[proposal.what] += proposal.count
            page = alone
    return page


_ALONE = 100
"""So many proposals are tried one by one, so that a hostile file takes no hours."""


def _tried(page: Page, proposals: Iterable[Proposal], readings: _Readings) -> Page | None:
    """The page with some proposals, if it says what they claim and nothing else."""
    text = _edited(page.source.text, sorted(edit for proposal in proposals for edit in proposal.edits))
    if text is None or not readings.allow(text):
        return None
    claimed = page.facts
    for proposal in proposals:
        claimed = proposal.claim(claimed)
    mended = read(page.source.path, text, movable=page.movable, anchors=page.anchors)
    if mended is None or not holds(claimed, mended.facts):
        return None
    return mended if page.movable or len(mended.lines) == len(page.lines) else None


def _edited(text: str, edits: Iterable[Edit]) -> str | None:
    """The text with some edits, in their order; ``None`` when two of them overlap."""
    kept: list[str] = []
    last = 0
    for edit in edits:
        if edit.start < last:
            return None
        kept += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*kept, text[last:]])


def may_mend(record: Record, data: bytes) -> bool:
    """Whether it is worth the while to ``mend`` a file with these bytes. May be wrong only when it says yes."""
    if not record.accepted or data.startswith(_BOM) or record.digest != source.digest(data):
        return True
    text = _ENDING.sub("\n", data.decode("utf-8"))
    if pretest.may_mend(text):
        return True
    if pretest.is_in_order(text) or record.postmortem is None:
        return False
    return rows.go_back(event.moment for event in record.postmortem.timeline)


def silenced(path: str, record: Record, settings: Settings) -> frozenset[str]:
    """The codes of fixable rules that somebody chose not to hear of in a file, with a reason: these are left alone."""
    named = {item.code.casefold() for item in record.suppressions if item.reason}
    return frozenset(
        code
        for fix in FIXES
        for code in fix.codes
        if {code.casefold(), _NAMES.get(code, code)} & named
        or any(entry.covers(Finding(code, _NAMES.get(code, code), Level.HINT, "", path)) for entry in settings.ignored)
    )


_NAMES = {"AW101": "schema-value", "AW102": "missing-field", "AW303": "timeline-order"}
"""Of the rules that can be silenced."""
