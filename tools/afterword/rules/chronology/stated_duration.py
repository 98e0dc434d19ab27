"""AW306: durations in the text that differ from the milestones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from afterword.findings import Finding, Level
from afterword.markdown import Stated
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.timing import format_duration

TOLERANCE = 0.05
"""Share of the computed duration by which a stated one may differ."""

_NAMES = {
    "ttd": ("time to detect", ("ttd",)),
    "tta": ("time to acknowledge", ("tta",)),
    "ttm": ("time to mitigate", ("ttm",)),
    "ttr": ("time to resolve", ("ttr",)),
    # some mean the first by these words and some the last
    "restore": ("time to restore", ("ttm", "ttr")),
}
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:[.,](\d+))?\s*([^\W\d_])")
_UNITS = {"d": 86400.0, "n": 86400.0, "h": 3600.0, "g": 3600.0, "m": 60.0, "p": 60.0, "s": 1.0}
"""By the first letter, in English, Portuguese and Vietnamese (ngày, giờ or giây, phút)."""


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    for stated in postmortem.body.stated:
        name, measures = _NAMES[stated.measure]
        computed = [value for value in (getattr(postmortem, measure) for measure in measures) if value is not None]
        if not computed or any(_agree(stated, value) for value in computed):
            continue
        message = f"{name} is stated as {stated.text.strip()}, but the milestones give {format_duration(computed[0])}"
        yield RULE.finding(postmortem, stated.span, message, "Mend the text, or the milestone that is wrong.")


def _agree(stated: Stated, computed: timedelta) -> bool:
    seconds = computed.total_seconds()
    return abs(stated.seconds - seconds) <= max(TOLERANCE * abs(seconds), _slack(stated.text))


def _slack(text: str) -> float:
    """Seconds that the text leaves open: half of its smallest unit, a whole minute for times to the minute."""
    parts = list(_NUMBER.finditer(text))
    if not parts:
        return 60.0
    last = parts[-1]
    unit = 1.0 if text[last.end() - 1 :].casefold().startswith("giây") else _UNITS.get(last[3].casefold(), 60.0)
    return max(60.0, unit / 2 / 10.0 ** len(last[2] or ""))


RULE = Rule(
    code="AW306",
    name="stated-duration",
    level=Level.WARNING,
    summary="A duration that the text states agrees with the milestones.",
    rationale="Numbers in the text are written early and the times corrected later. A labelled duration such as "
    "“Time to detect: 4 min” may differ by 5 %, or by what its own rounding explains. Bare dates give no duration.",
    good=(
        Example("## Detection\n\nTime to detect: 4 min.", Form.BODY, "From 09:12 to 09:16."),
        Example("## Resolution\n\nTime to resolve: about an hour less than expected.", Form.BODY, "No number."),
    ),
    bad=(Example("## Detection\n\nTime to detect: 14 min.", Form.BODY, "From 09:12 to 09:16 it is 4 min."),),
    check=_check,
)
