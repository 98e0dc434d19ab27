"""Timeline: the milestones of one incident on a line, true to scale.

The labels stand beneath in columns of equal width, in the order of time, and a thin line leads from each to its
place. So they never meet, also when milestones coincide or one lies far from the rest. On a phone they become
rows. A milestone of which only the day is known is not put on a line of hours, but said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from markupsafe import Markup

from afterword.model import MILESTONES, Postmortem
from afterword.pages.charts.svg import dot, join, picture, stroke, tag
from afterword.pages.words import MILESTONES as NAMES
from afterword.timing import Moment, format_duration

_EDGE = 0.02
_LINE, _HEIGHT = 10.0, 36.0
"""Pixels: where the line lies, and the height with the leaders to the labels."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A milestone on the line: ``at`` places it; ``after`` is the time since ``started``, where that is known."""

    name: str
    moment: Moment
    at: datetime
    after: str


def timeline(postmortem: Postmortem) -> Markup:
    """The drawing with its labels, and what cannot be drawn in words."""
    known = [(name, moment) for name in MILESTONES if (moment := postmortem.milestone(name))]
    marks = _marks(known)
    drawn = (_drawing(marks), _labels(marks)) if marks else ()
    said = _said(postmortem, known, {mark.name for mark in marks})
    words = (tag("p", {"class": "aw-words"}, Markup(" ").join(said)),) if said else ()
    return tag("figure", {"class": "aw-timeline"}, *drawn, *words)


def _marks(known: list[tuple[str, Moment]]) -> list[_Mark]:
    """On a line of hours, or of days when hours are not known; nothing when there are no two places to draw."""
    exact = [(name, moment, moment.at) for name, moment in known if moment.at]
    start = next((moment for name, moment in known if name == "started"), None)
    by_days = len({moment.day for _, moment in known}) > 1
    if len(exact) > 1 and ((start and start.at) or not by_days):
        begun = start.at if start else None
        marks = [_Mark(name, moment, at, _after(name, begun, at)) for name, moment, at in exact]
    elif by_days:
        marks = [_Mark(name, moment, _midnight(moment), _days_after(name, start, moment)) for name, moment in known]
    else:
        marks = []
    return sorted(marks, key=lambda mark: (mark.at, MILESTONES.index(mark.name)))


def _midnight(moment: Moment) -> datetime:
    """On a line of days all that happened on a day stands in one place."""
    return datetime.combine(moment.day, time(), UTC)


def _after(name: str, start: datetime | None, at: datetime) -> str:
    if name == "started" or start is None:
        return ""
    value = format_duration(at - start)
    return "at once" if at == start else f"+{value}" if at > start else value


def _days_after(name: str, start: Moment | None, moment: Moment) -> str:
    if name == "started" or start is None:
        return ""
    days = (moment.day - start.day).days
    return f"{days:+d} d".replace("-", "−") if days else "same day"


def _drawing(marks: list[_Mark]) -> Markup:
    first, span = marks[0].at, marks[-1].at - marks[0].at
    count = len(marks)

    def place(mark: _Mark) -> float:
        share = (mark.at - first) / span if span else 0.5
        return _EDGE + share * (1 - 2 * _EDGE)

    leaders = (
        stroke((place(mark), _LINE), ((at + 0.5) / count, _HEIGHT), "aw-leader") for at, mark in enumerate(marks)
    )
    dots = (dot(place(mark), _LINE, 5, f"aw-mark aw-mark-{mark.name}", _hover(mark)) for mark in marks)
    line = stroke((_EDGE, _LINE), (1 - _EDGE, _LINE), "aw-span") if span else Markup("")
    ends = {mark.name: place(mark) for mark in marks}
    affected = Markup("")
    if ends.get("started", 1) < ends.get("mitigated", 0):
        affected = stroke((ends["started"], _LINE), (ends["mitigated"], _LINE), "aw-affected")
    listed = ", ".join(" ".join(filter(None, (NAMES[mark.name].lower(), mark.after))) for mark in marks)
    return picture("Timeline", f"Drawn to scale: {listed}.", _HEIGHT, join(leaders), line, affected, join(dots))


def _hover(mark: _Mark) -> str:
    return f"{NAMES[mark.name]} {_written(mark.moment, None)}"


def _labels(marks: list[_Mark]) -> Markup:
    items: list[Markup] = []
    before: Moment | None = None
    for mark in marks:
        name = tag("b", {}, NAMES[mark.name])
        after = tag("span", {"class": "aw-after"}, mark.after) if mark.after else Markup("")
        moment = mark.moment
        at = moment.at.astimezone(UTC) if moment.at else None
        stamp = f"{at.date()}T{at:%H:%M:%S}Z" if at else moment.day.isoformat()
        when = tag("time", {"datetime": stamp}, _written(moment, before))
        parts = [part for part in (name, after, when) if part]
        items.append(tag("li", {}, Markup(" ").join(parts)))
        before = moment
    return tag("ol", {"class": f"aw-marks aw-marks-{len(marks)}"}, join(items))


def _written(moment: Moment, before: Moment | None) -> str:
    """In UTC; the day is said again only when it has changed."""
    if moment.at is None:
        return moment.day.isoformat()
    at = moment.at.astimezone(UTC)
    same = before is not None and before.at is not None and before.at.astimezone(UTC).date() == at.date()
    clock = f"{at:%H:%M:%S} UTC" if at.second else f"{at:%H:%M} UTC"
    return clock if same else f"{at.date()} {clock}"


def _said(postmortem: Postmortem, known: list[tuple[str, Moment]], drawn: set[str]) -> list[Markup]:
    said = [
        tag("span", {}, f"{NAMES[name]}: {_written(moment, None)}{'' if moment.at else ', the hour is not known'}.")
        for name, moment in known
        if name not in drawn
    ]
    unknown = [NAMES[name].lower() for name in MILESTONES if name in postmortem.unknown]
    if unknown:
        said.append(tag("span", {}, f"Nobody can tell when it was {_or(unknown)}."))
    if postmortem.is_ongoing:
        said.append(tag("span", {}, "Not resolved yet."))
    return said


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
