"""Content: does somebody who was not there learn what happened, how deep it goes, and what it cost?"""

from __future__ import annotations

from afterword.model import MILESTONES, Kind
from afterword.scorecard.base import YES, Answer, Area, Question, no, not_asked
from afterword.scorecard.facts import Facts
from afterword.scorecard.words import (
    FACTORS,
    FAILED,
    LUCK,
    VERIFIED,
    WHY,
    WORKED,
    count,
    has_figure,
    numbered,
    says,
    ticked,
)

_ROWS = 3
"""A beginning, something that was done, and an end."""
_WHYS = 3
_DEEP, _DEEP_ENOUGH = 80, 40
"""Words of a cause that is told in prose instead of in whys: of a severe incident, and of anything smaller."""
_FIGURES = 2

ONGOING = "the incident is not over"
PUBLIC = "it is another organisation's"
MINOR = "not asked of this severity"
OTHER_KINDS = "not asked of near-misses and drills"


def _summary(facts: Facts) -> Answer:
    if facts.postmortem.kind is Kind.NEAR_MISS:
        return not_asked("a near-miss reached no user")
    if facts.postmortem.kind is Kind.DRILL:
        return not_asked("a drill is meant to reach no user")
    if has_figure(facts.part("summary")):
        return YES
    what = "has no figure" if facts.part("summary").strip() else "is missing"
    return no(f"the summary {what}", "Say in the summary how many users were hit, and for how long.")


def _timeline(facts: Facts) -> Answer:
    known = sum(event.moment is not None for event in facts.postmortem.timeline)
    if known >= _ROWS:
        return YES
    have = "no row" if not known else f"only {known} row" + ("s" if known > 1 else "")
    return no(
        f"the timeline has {have} with a time", f"Give at least {_ROWS}: how it began, what was done, how it ended."
    )


def _zone(facts: Facts) -> Answer:
    events = [event for event in facts.postmortem.timeline if event.moment and event.moment.at]
    if not events:
        return not_asked("the timeline has no clock times")
    if all(event.zoned for event in events):
        return YES
    return no("the timeline names no zone", "Name it once, in the head of the table: `Time (UTC)`.")


def _milestones(facts: Facts) -> Answer:
    postmortem = facts.postmortem
    if not postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked("only incidents have all milestones")
    names = [name for name in MILESTONES if name != "acknowledged" or not facts.is_minor]
    if postmortem.is_ongoing:
        names = [name for name in names if name not in ("mitigated", "resolved")]
    lacking = [name for name in names if name not in postmortem.unknown and not _has_time(facts, name)]
    if not lacking:
        return YES
    return no(f"no time for {_joined(lacking)}", "Give the time with its zone, or list the milestone under `unknown`.")


def _has_time(facts: Facts, name: str) -> bool:
    moment = facts.postmortem.milestone(name)
    return moment is not None and moment.at is not None


def _impact(facts: Facts) -> Answer:
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked("only incidents have an impact")
    impact = facts.postmortem.impact
    given = (
        [impact.users, impact.users_share, impact.requests_failed, impact.downtime_minutes, impact.revenue]
        if impact
        else []
    )
    if sum(value is not None for value in given) >= _FIGURES:
        return YES
    return no(
        f"the impact has fewer than {_FIGURES} figures",
        "Give two of `users`, `users_share`, `requests_failed`, `downtime_minutes` and `revenue` under `impact`.",
    )


def _detection(facts: Facts) -> Answer:
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked("only incidents are detected")
    if facts.postmortem.detection and (facts.is_minor or facts.part("detection").strip()):
        return YES
    what = "the part “Detection”" if facts.postmortem.detection else "`detection`"
    return no(f"{what} is missing", "Say which signal told of it, or which signal was missing.")


def _cause(facts: Facts) -> Answer:
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    if facts.postmortem.kind is Kind.DRILL:
        return not_asked("the fault of a drill is known")
    text = facts.part("root-cause")
    deep = _DEEP if facts.is_severe else _DEEP_ENOUGH
    if max(numbered(text), count(text, WHY)) >= _WHYS or len(text.split()) >= deep:
        return YES
    if not text.strip():
        return no("the root cause is missing", "Ask why until the answer is a condition that can be changed.")
    return no(
        "the root cause stops near the trigger",
        f"Give at least {_WHYS} whys, or tell in prose which conditions let the trigger do this.",
    )


def _factors(facts: Facts) -> Answer:
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    if facts.postmortem.kind is Kind.DRILL:
        return not_asked("the fault of a drill is known")
    if facts.postmortem.contributing_factors or says(facts.part("root-cause"), FACTORS):
        return YES
    return no("no contributing factor is named", "List under `contributing_factors` what made it worse or possible.")


def _resolution(facts: Facts) -> Answer:
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked("only incidents are resolved")
    if facts.is_minor:
        return not_asked(MINOR)
    text = facts.part("resolution")
    if ticked(text) or says(text, VERIFIED):
        return YES
    what = "does not say how it was verified" if text.strip() else "is missing"
    return no(f"the resolution {what}", "List what was looked at before the incident was closed.")


def _lessons(facts: Facts) -> Answer:
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    text = facts.part("lessons")
    if not text.strip():
        return no("the lessons are missing", "Say what worked and what did not.")
    if not facts.is_severe:
        return YES
    lacking = [what for what, words in (("what worked", WORKED), ("what did not", FAILED)) if not says(text, words)]
    if not lacking:
        return YES
    return no(f"the lessons do not say {_joined(lacking)}", "Both are worth keeping: say what worked and what did not.")


def _luck(facts: Facts) -> Answer:
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if facts.postmortem.kind is Kind.DRILL:
        return not_asked("nothing is left to luck in a drill")
    if facts.is_incident and facts.is_minor:
        return not_asked(MINOR)
    if says(facts.part("lessons"), LUCK):
        return YES
    return no("the lessons do not say where we were lucky", "Say what kept it from being worse by chance.")


def _evidence(facts: Facts) -> Answer:
    postmortem = facts.postmortem
    if postmortem.source or postmortem.links:
        return YES
    if any(link.target.startswith(("http://", "https://")) for link in postmortem.body.links):
        return YES
    if not facts.is_incident:
        return not_asked(OTHER_KINDS)
    if facts.is_minor:
        return not_asked(MINOR)
    return no("no link to evidence", "Link a dashboard, a log query or a change under `links`.")


def _consistent(_: Facts) -> Answer:
    return YES  # only findings speak against it


def _joined(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


QUESTIONS = (
    Question("summary-figures", Area.CONTENT, "The summary says with figures what users saw", _summary),
    Question("timeline-rows", Area.CONTENT, "The timeline has at least three rows with a time", _timeline),
    Question("timeline-zone", Area.CONTENT, "The timeline names its zone", _zone, ("AW305",)),
    Question("milestones", Area.CONTENT, "Every milestone has a time, or is listed as unknown", _milestones),
    Question("impact-figures", Area.CONTENT, "The impact has figures", _impact),
    Question("detection", Area.CONTENT, "It says how the incident was noticed", _detection),
    Question("root-cause", Area.CONTENT, "The root cause goes deeper than the trigger", _cause),
    Question("contributing-factors", Area.CONTENT, "Contributing factors are named", _factors),
    Question("verification", Area.CONTENT, "The resolution says how it was verified", _resolution),
    Question("lessons", Area.CONTENT, "Lessons are told: what worked and what did not", _lessons),
    Question("luck", Area.CONTENT, "The lessons say where we were lucky", _luck),
    Question("evidence", Area.CONTENT, "Claims can be followed to their evidence", _evidence, ("AW8", "AW604")),
    Question(
        "consistent",
        Area.CONTENT,
        "Parts, words and times are complete and agree with each other",
        _consistent,
        ("AW1", "AW2", "AW3"),
    ),
)
