"""AW307: a postmortem that was published before its incident was over."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule
from afterword.timing import Moment, surely_before


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if postmortem.published is None:
        return
    published = Moment(postmortem.published.isoformat(), postmortem.published)
    for name in ("started", "resolved"):
        moment = postmortem.milestone(name)
        if moment and surely_before(published, moment, file.settings.zone):
            message = f"published is before {name} ({moment.day})"
            hint = "Look at the year first."
            if name == "resolved":
                hint = "Right for an interim report: then list later changes under `updates`. Else mend one of them."
            yield RULE.finding(postmortem, postmortem.mark("published"), message, hint)
            return


RULE = Rule(
    code="AW307",
    name="published-before-resolved",
    level=Level.WARNING,
    summary="A postmortem is published after the incident is over.",
    rationale="Time to postmortem counts from the day of `resolved` and cannot be negative. Interim reports exist, "
    "so this is not an error.",
    good=(Example("resolved: 2026-03-04T23:50:00Z\npublished: 2026-03-04", note="The same day is fine."),),
    bad=(Example("resolved: 2026-03-04T09:50:00Z\npublished: 2026-03-02"),),
    check=_check,
)
