"""When it started, was detected, acknowledged, mitigated and resolved: what fields and the timeline's words say."""

from __future__ import annotations

from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.milestones.choosing import Choice, Pick, choose
from afterword.migration.milestones.durations import Durations, durations
from afterword.migration.milestones.rows import rows
from afterword.migration.reading import Reading

KEYS = ("started", "detected", "acknowledged", "mitigated", "resolved")
"""In the order in which they happen."""
_QUOTED = 60


def told(reading: Reading, *, fitting: bool = True) -> Told:
    """What the page tells of its milestones, and what it does not.

    ``fitting``: whether durations that the page states help to choose between rows; without, values and stated
    durations can be held against each other.
    """
    choice = choose(rows(reading.events), durations(reading) if fitting else Durations())
    facts = [_fact(reading, key, choice.picks[key]) for key in KEYS if key in choice.picks]
    known = {fact.key for fact in facts}
    return Told(tuple(facts), tuple(_gap(reading, key, choice) for key in KEYS if key not in known))


def _fact(reading: Reading, key: str, pick: Pick) -> Fact:
    moment = pick.row.moment
    assert moment is not None  # noqa: S101  # choose() looks at rows with a moment only
    value = moment.day.isoformat() if pick.day else moment.text
    text = pick.row.text
    quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]}…"
    how = f"the row of the timeline “{quoted}” {pick.why}{'; only its day is sure' if pick.day else ''}"
    return Fact(key, value, reading.line(pick.row.event.at), how)


def _gap(reading: Reading, key: str, choice: Choice) -> Gap:
    why = choice.gaps.get(key) or ("no row of the timeline says so" if reading.events else "there is no timeline")
    return Gap(key, why)
