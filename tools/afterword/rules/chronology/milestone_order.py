"""AW301: milestones that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule
from afterword.timing import surely_before

_ENDS = ("mitigated", "resolved")
_HINTS: tuple[tuple[str, str, str], ...] = (
    ("detected", "started", "Fine when it was noticed before users were; else mend one of the times."),
    ("acknowledged", "detected", "Fine when a responder was there first; else mend one of the times."),
    ("mitigated", "detected", "Fine when it healed by itself; else mend one of the times."),
    ("mitigated", "acknowledged", "Fine when it healed by itself; else mend one of the times."),
    ("resolved", "detected", "Fine when it was found later, after it had ended; else mend one of the times."),
    ("resolved", "mitigated", "Users have recovered before it is over: mend one of the times."),
)


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    wrong = {name for name in _ENDS if _before(postmortem, name, "started", file)}
    for name in sorted(wrong):
        hint = "Mend one of the two times; look at the date and the offset first."
        yield RULE.finding(postmortem, postmortem.mark(name), f"{name} is before started", hint)
    told = set(wrong)
    for name, other, hint in _HINTS:
        if name not in told and _before(postmortem, name, other, file):
            told.add(name)
            message = f"{name} is before {other}"
            yield RULE.finding(postmortem, postmortem.mark(name), message, hint, Level.HINT)


def _before(postmortem: Postmortem, name: str, other: str, file: File) -> bool:
    first, second = postmortem.milestone(name), postmortem.milestone(other)
    return first is not None and second is not None and surely_before(first, second, file.settings.zone)


RULE = Rule(
    code="AW301",
    name="milestone-order",
    level=Level.ERROR,
    milder="Only an end before the start is an error. Any other order can be true and is a hint: noticed before "
    "users were, recovered by itself, found when it was over.",
    summary="An incident ends after it starts, and its milestones come in order.",
    rationale="Every duration is a difference of two milestones; one wrong day makes it negative or a day too long. "
    "Two times compare exactly; a bare date compares by days, in whichever zone is kindest.",
    good=(
        Example("started: 2026-03-04T09:12:00Z\ndetected: 2026-03-04T09:16:00Z\nresolved: 2026-03-04T09:50:00Z"),
        Example("started: 2026-03-04T09:12:00Z\ndetected: 2026-03-04", note="A bare date: the same day."),
    ),
    bad=(
        Example("started: 2026-03-04T09:12:00Z\nresolved: 2026-03-04T08:50:00Z"),
        Example("started: 2026-03-04T09:12:00Z\nmitigated: 2026-03-03", note="A bare date, a day too early."),
        Example(
            "started: 2026-03-04T09:12:00Z\ndetected: 2026-03-04T09:02:00Z\nmitigated: 2026-03-04T09:44:00Z",
            note="A hint.",
        ),
    ),
    check=_check,
)
