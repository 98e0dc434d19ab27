"""Recovery: the stated time to recovery of the reports of one collection against the one that its timelines give.

``python -m tests.migration.recovery CORPORA`` prints what the documentation of ``afterword migrate`` shows. The stated
durations do not help to choose the rows, so that both sides are independent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.migration import forms, milestones
from afterword.migration.collection import collect
from afterword.migration.facts import Told
from afterword.migration.fields import fields
from afterword.migration.outline import outline
from afterword.migration.reading import Reading
from afterword.migration.study import study
from afterword.migration.times.calendar import calendar_of, order_of
from afterword.timing import Moment, between, parse_moment
from tests.migration.accuracy import rows

STATED = Path(__file__).with_name("recovery.tsv")
COLLECTION = "dfds"
_TOLERANCE = 1
"""Minutes: timelines have no seconds."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One report. Minutes; ``None`` where nothing is stated or computed. ``end``: the milestone that was counted to."""

    report: str
    stated: str
    minutes: float | None
    computed: float | None
    end: str = "resolved"
    fitting: float | None = None
    """What the rows give that were chosen with the help of the stated durations: that of the migrated library."""

    @property
    def differs(self) -> float | None:
        """By how many minutes the computed is longer than the stated."""
        return self._beyond(self.computed)

    @property
    def differs_there(self) -> float | None:
        """The same of what the migrated library computes."""
        return self._beyond(self.fitting)

    def _beyond(self, computed: float | None) -> float | None:
        return None if self.minutes is None or computed is None else computed - self.minutes

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.differs is not None and abs(self.differs) <= _TOLERANCE

    @property
    def agrees_there(self) -> bool:
        """Whether the migrated library says the same."""
        return self.differs_there is not None and abs(self.differs_there) <= _TOLERANCE


def comparisons(corpora: Path) -> tuple[Comparison, ...]:
    """All reports of the collection, in order."""
    read = {item.page.path: item for item in readings(corpora / COLLECTION)}
    return tuple(_compare(row, read[row["path"].partition("/")[2]]) for row in rows(STATED))


def readings(folder: Path) -> Iterator[Reading]:
    """The reports of a folder, read."""
    pages = [forms.read(member.path, member.data) for member in collect(folder).reports]
    order = order_of(page.text for page in pages)
    for page in pages:
        shape = outline(page.text)
        known = fields(page, shape)
        yield study(page, shape, known, calendar_of(page, shape, known, order, None)).reading


def _compare(row: dict[str, str], read: Reading) -> Comparison:
    told = milestones.told(read, fitting=False)
    minutes = None if row["stated_minutes"] == "-" else float(row["stated_minutes"])
    best = milestones.told(read)
    whole, eased_there = _minutes(best, "resolved"), _minutes(best, "mitigated")
    exact = minutes is not None and eased_there is not None and abs(eased_there - minutes) <= _TOLERANCE
    fitting = eased_there if exact else whole
    report = Path(row["path"]).name.partition(" ")[0]
    found = Comparison(report, row["stated"], minutes, _minutes(told, "resolved"), fitting=fitting)
    eased = replace(found, computed=_minutes(told, "mitigated"), end="mitigated")
    return eased if eased.agrees and not found.agrees else found


def _minutes(told: Told, end: str) -> float | None:
    length = between(_moment(told, "started"), _moment(told, end))
    return length.total_seconds() / 60 if length is not None else None


def _moment(told: Told, key: str) -> Moment | None:
    found = told.first(key)
    return parse_moment(found.value) if found else None


def summary(found: tuple[Comparison, ...]) -> str:
    """How many agree, and how many cannot be held against each other, as a sentence."""
    stated = [one for one in found if one.minutes is not None]
    agree = [one for one in stated if one.agrees]
    eased = sum(one.end == "mitigated" for one in agree)
    apart = [one for one in stated if one.differs is not None and not one.agrees]
    blind = [one for one in stated if one.differs is None]
    fit = sum(one.agrees_there for one in blind)
    return (
        f"Of {len(found)} reports {len(stated)} state a time to recovery in figures. With {len(agree)} of them the "
        f"rows of the timeline give the same to the minute ({eased} as the time to mitigate), with {len(apart)} "
        f"another one. With {len(blind)} the rows do not say by their words alone when it began or when it was over; "
        f"with {fit} of these, two rows lie exactly as far apart as is stated."
    )


def table(found: tuple[Comparison, ...]) -> str:
    """Those that disagree, by the words of the rows alone or in the migrated library, as Markdown."""
    lines = [
        "| report | stated | computed by words alone | differs by | in the migrated library | differs by |",
        "|---|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {one.report} | {one.stated} | {_shown(one.computed, one.differs)} | "
        f"{_shown(one.fitting, one.differs_there)} |"
        for one in found
        if _differs(one.differs) or _differs(one.differs_there)
    ]
    return "\n".join(lines)


def _differs(minutes: float | None) -> bool:
    return minutes is not None and abs(minutes) > _TOLERANCE


def _shown(computed: float | None, differs: float | None) -> str:
    """Two cells: a length, and by how much it differs."""
    if computed is None or differs is None:
        return "not told | "
    return f"{length(computed)} | {_signed(differs) if _differs(differs) else ''}"


def length(minutes: float) -> str:
    """``4 d 8 h``, ``1 h 18 min``, ``25 min``."""
    whole = round(abs(minutes))
    parts = ((whole // 1440, "d"), (whole % 1440 // 60, "h"), (whole % 60, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def _signed(minutes: float) -> str:
    return f"{'+' if minutes > 0 else '−'}{length(minutes)}"  # a minus sign beside a plus sign


if __name__ == "__main__":
    made = comparisons(Path(sys.argv[1]))
    sys.stdout.write(f"{summary(made)}\n\n{table(made)}\n")
