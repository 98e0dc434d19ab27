"""AW616: windows without a fixed length or calendar, and slices that do not fit."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW616",
    name="objective-window",
    level=Level.ERROR,
    summary="A window is rolling with a fixed length, or follows a calendar; slices fit into it.",
    rationale="A month is not 30 days, and a small m is a minute: a window that is misread gives a wrong budget"
    " in silence.",
    good=(
        Example("timeWindow:\n  - {duration: 30d, isRolling: true}", Form.SPEC),
        Example(
            "timeWindow:\n  - duration: 1M\n    calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Lisbon}",
            Form.SPEC,
        ),
    ),
    bad=(
        Example("timeWindow:\n  - {duration: 1M, isRolling: true}", Form.SPEC, "Months differ in length."),
        Example("timeWindow:\n  - duration: 1m\n    calendar: {timeZone: Europe/Lisbon}", Form.SPEC, "A minute."),
        Example(
            "budgetingMethod: Timeslices\nobjectives:\n  - {target: 0.99, timeSliceTarget: 0.9}",
            Form.SPEC,
            "How long is a slice?",
        ),
    ),
    milder="Slices where events are counted are a warning.",
)
