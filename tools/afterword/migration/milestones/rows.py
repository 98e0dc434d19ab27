"""Rows: the events of a timeline, and how strongly the words of each say which milestone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afterword.migration.milestones import signs, signs_after
from afterword.migration.milestones.lists import Sign, pattern
from afterword.migration.times.events import Event
from afterword.migration.times.zones import instant
from afterword.migration.words import plain
from afterword.timing import Moment

_LONGEST = 400
_CLAUSE = re.compile(
    r"\band (?=(?:no|not|the|it|we|they|there|all)\b|[^\W\d_]+ (?:is|are|was|were)\b)|"
    r"\b(?:but|however|although|mas|porém|nhưng)\b|"
    r"[.;:!?](?=\s|$)|[()\[\]“”|]|,\s(?!which|that|includ)|\s[-–—]+\s"
)
_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+")
_MANY = 400
"""A timeline is read up to that many rows; the longest seen has 120."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event. ``when``: without a zone, for what lies how far from what within a timeline; ``None`` without a clock.

    The strengths, from 0: ``starts`` names the beginning, ``fails`` tells of the failure, the others are milestones.
    """

    event: Event
    moment: Moment | None
    when: datetime | None
    text: str
    starts: int = 0
    fails: int = 0
    detects: int = 0
    acknowledges: int = 0
    mitigates: int = 0
    resolves: int = 0
    reported: bool = False
    """Whether people noticed, who may see a failure long after it begins."""
    machine: bool = False
    """Whether an alert noticed, which follows at once."""
    repairs: bool = False
    """Whether it tells of a repair."""
    declares: bool = False
    """Whether an incident was declared, so that somebody had noticed."""
    mends: bool = False
    """Whether somebody at least tries to mend it, and so has noticed."""
    investigates: bool = False
    """Whether somebody begins to look into it, and so has noticed."""
    lasting: bool = False
    """Whether it says that this was for good, so that something before it helped for the time being."""


class _Scale:
    """The signs of a milestone as one pattern for each strength, the strongest first."""

    def __init__(self, found: Iterable[Sign]) -> None:
        by_strength: dict[int, list[str]] = {}
        for sign in found:
            by_strength.setdefault(sign.strength, []).append(sign.words)
        self._patterns = [(strength, pattern(*lists)) for strength, lists in sorted(by_strength.items(), reverse=True)]

    def of(self, text: str) -> int:
        """How strongly a text in small letters says it; 0: not at all."""
        return self.found(text)[0]

    def found(self, text: str) -> tuple[int, int]:
        """The same, and where the words end that say it."""
        for strength, words in self._patterns:
            match = words.search(text)
            if match:
                return strength, match.end()
        return 0, 0


_STARTED, _FAILING = _Scale(signs.STARTED), _Scale(signs.FAILING)
_DETECTED, _ACKNOWLEDGED = _Scale(signs_after.DETECTED), _Scale(signs_after.ACKNOWLEDGED)
_MITIGATED, _RESOLVED = _Scale(signs_after.MITIGATED), _Scale(signs_after.RESOLVED)
_NO_START, _UNINTENDED, _NO_FAILURE = pattern(signs.NO_START), pattern(signs.UNINTENDED), pattern(signs.NO_FAILURE)
_SEEN = pattern(signs_after.SEEN, "noticed|notices|spotted|discovered")
_MACHINE = pattern(signs_after.MACHINE)
_TELLS, _NOT_DETECTED = pattern(signs_after.TELLS), pattern(signs_after.NOT_DETECTED)
_RESUMED, _NOT_YET = pattern(signs_after.RESUMED), pattern(signs_after.NOT_YET)
_REPAIRED, _TALK = pattern(signs_after.REPAIRED), pattern(signs_after.TALK)
_NOT_QUITE = pattern(signs_after.NOT_QUITE)
_DECLARED = pattern(signs_after.DECLARED)
_MENDING = pattern(signs_after.MENDING)
_INVESTIGATED = pattern(signs_after.INVESTIGATED)
_LASTING, _ELSEWHERE = pattern(signs_after.LASTING), pattern(signs_after.ELSEWHERE)


def rows(events: Iterable[Event]) -> tuple[Row, ...]:
    """The rows of a timeline, in the order of their times where all have one, else in the order of the text."""
    found = [row(event) for _, event in zip(range(_MANY), events, strict=False)]
    if all(item.when for item in found):
        found.sort(key=lambda item: item.when.isoformat() if item.when else "")
    return tuple(found)


def row(event: Event) -> Row:
    """One event, read."""
    text = plain(event.text[: 2 * _LONGEST])[:_LONGEST]
    small = text.casefold()
    if _ELSEWHERE.search(small):
        return Row(event, event.moment, _when(event), text)
    detects = _detects(small)
    fails = _fails(small)
    told = bool(fails and _TELLS.search(small))
    detects = max(detects, 2 if told else 0)
    if detects == 2 and not fails and _RESOLVED.of(small) > 1:  # “users tell that it is back”
        detects = 0
    resolves = _settled(_RESOLVED, small)
    if resolves < 2 and _RESUMED.search(small):
        resolves = 2
    elif resolves == 2 and fails:  # “the service works for us, the API is down again”
        resolves = 0
    if event.close:
        resolves = max(resolves, _closing(plain(event.close[: 2 * _LONGEST])[:_LONGEST].casefold()))
    return Row(
        event, event.moment, _when(event), text,
        starts=_plainly(_STARTED, small, _NO_START),
        fails=fails,
        detects=detects,
        acknowledges=_settled(_ACKNOWLEDGED, small),
        mitigates=_settled(_MITIGATED, small),
        resolves=resolves,
        reported=told or bool(detects and _SEEN.search(small)),
        machine=bool(detects and _MACHINE.search(small)),
        repairs=bool(resolves and _REPAIRED.search(small) and not _TALK.search(small)),
        declares=bool(detects and _DECLARED.search(small)),
        mends=bool(not fails and _MENDING.search(small)),
        investigates=bool(_INVESTIGATED.search(small)),
        lasting=bool(resolves and _LASTING.search(small)),
    )  # fmt: skip


def _detects(small: str) -> int:
    """How strongly a text says that it was noticed: by its first sentence, unless one of them denies it there.

    “Alerts received. How far it went remained undetected” tells of alerts.
    """
    strength = _DETECTED.of(small)
    if not strength or not _NOT_DETECTED.search(small):
        return strength
    first = _SENTENCE.split(small, maxsplit=1)[0]
    return 0 if first == small or _NOT_DETECTED.search(first) else _DETECTED.of(first)


def _closing(small: str) -> int:
    """How strongly the last paragraph of an event says that it is over; what may be a repair is none there."""
    strength = _settled(_RESOLVED, small)
    return strength if strength > 1 and not _fails(small) else 0


def _fails(small: str) -> int:
    if _UNINTENDED.search(small):
        return 2
    strength = _FAILING.of(small)
    return 0 if strength and _NO_FAILURE.search(small) else strength


def _settled(scale: _Scale, small: str) -> int:
    """How strongly a clause says it that neither denies nor plans nor asks for it."""
    return _plainly(scale, small, _NOT_YET)


def _plainly(scale: _Scale, small: str, unless: re.Pattern[str]) -> int:
    if not scale.of(small):  # most rows say nothing of the kind: nothing is cut up for them
        return 0
    best, at = 0, 0
    for end in [*_CLAUSE.finditer(small), None]:
        clause = small[at : end.start()] if end else small[at:]
        strength, until = scale.found(clause)
        if strength > best and not (end and end[0] == "?") and not _denied(clause, strength, until, unless):
            best = strength
        at = end.end() if end else len(small)
    return best


def _denied(clause: str, strength: int, until: int, unless: re.Pattern[str]) -> bool:
    """Whether a clause does not say it after all: by what stands before the words; behind them by less."""
    if strength == 1:
        return unless.search(clause) is not None
    return unless.search(clause, 0, until) is not None or _NOT_QUITE.search(clause, until) is not None


def _when(event: Event) -> datetime | None:
    if event.day is None or event.clock is None:
        return None
    try:
        if event.zone is None:
            return datetime.combine(event.day, event.clock)
        at = instant(event.day, event.clock, event.zone)
        return at.astimezone(UTC).replace(tzinfo=None) if at else None
    except (OverflowError, ValueError):
        return None


def apart(first: Row, second: Row) -> timedelta | None:
    """How long after the first the second was; ``None`` where a clock is missing."""
    return second.when - first.when if first.when and second.when else None
