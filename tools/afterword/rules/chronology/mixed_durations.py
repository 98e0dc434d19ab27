"""AW311: durations in more than one style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from afterword.findings import Finding, Level
from afterword.markdown import Stated
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.timing import format_duration

_UNIT = re.compile(r"\d\s*([^\W\d_]+)")
_SIGNS = frozenset({"d", "h", "min", "s"})
_CLIPPED = frozenset({"m", "mins", "hr", "hrs", "sec", "secs"})


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    stated = sorted(postmortem.body.stated, key=lambda item: item.span)
    styles = [_style(item) for item in stated]
    if len(set(styles)) < 2:
        return
    model = stated[styles.index("signs")] if "signs" in styles else None
    others = [item for item, style in zip(stated, styles, strict=True) if style != "signs"]
    more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
    beside = f"another way than “{model.text.strip()}”" if model else "one of several ways"
    message = f"“{others[0].text.strip()}” is written in {beside}{more}"
    hint = f"Write {format_duration(timedelta(seconds=others[0].seconds))}."
    yield RULE.finding(postmortem, others[0].span, message, hint)


def _style(stated: Stated) -> str:
    """How the units are written: as signs (``min``), as words (``minutes``), clipped (``mins``), or several ways."""
    units = {unit.casefold() for unit in _UNIT.findall(stated.text)}
    if units <= _SIGNS:
        return "signs"
    if not units & (_SIGNS | _CLIPPED):
        return "words"
    return "clipped" if units & _CLIPPED and not units & _SIGNS - {"d", "h"} else "mixed"


RULE = Rule(
    code="AW311",
    name="mixed-durations",
    level=Level.HINT,
    summary="Labelled durations of one postmortem are written in one style.",
    rationale="“4 min”, “38 minutes” and “2 hrs” side by side make readers convert before they can compare. The site "
    "writes 38 min, 4 h 05 min and 2 d 3 h. Only durations behind a label, such as “Time to detect:”, are compared; "
    "sentences may use words.",
    good=(
        Example(
            "## Detection\n\nTime to detect: 4 min.\n\n## Resolution\n\nTime to resolve: 38 min, after 38 minutes "
            "of errors.",
            Form.BODY,
        ),
    ),
    bad=(
        Example(
            "## Detection\n\nTime to detect: 4 min.\n\n## Resolution\n\nTime to resolve: 38 minutes.",
            Form.BODY,
        ),
    ),
    check=_check,
)
