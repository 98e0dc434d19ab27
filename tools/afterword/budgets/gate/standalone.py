"""Standalone: what a gate judges by where there is no library, from the settings of its environment.

The names are those that operators' scripts have used before: ``SLO_TARGET``, ``TIME_WINDOW`` and the thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from afterword.budgets.budget import Thresholds
from afterword.budgets.objective import DAY, Objective, Ratio
from afterword.budgets.window import Rolling, seconds_of
from afterword.errors import AfterwordError

TARGET, WINDOW = "SLO_TARGET", "TIME_WINDOW"
THRESHOLDS = {"freeze": "FREEZE_THRESHOLD", "warning": "WARNING_THRESHOLD", "caution": "CAUTION_THRESHOLD"}
METRIC = "http_requests_total"
LABELS = ("status", "code")
"""Where the status of an answer stands. Each that the metric has is judged, and the worst counts."""
_DECIMAL = re.compile(r"\s*(\d{1,6}(?:\.\d{1,12})?)\s*%?\s*\Z", re.ASCII)


def thresholds(environment: Mapping[str, str], base: Thresholds) -> Thresholds:
    """The thresholds of the environment, in percent, over those of the policy. Raises ``AfterwordError``."""
    fields = {
        field: _percent(variable, environment[variable])
        for field, variable in THRESHOLDS.items()
        if environment.get(variable, "").strip()
    }
    found = replace(base, **fields)
    if not found.caution >= found.warning >= found.freeze:
        raise AfterwordError(
            "the thresholds are out of order: CAUTION_THRESHOLD, WARNING_THRESHOLD and FREEZE_THRESHOLD have to fall",
            "For example 80, 50 and 20.",
        )
    return found


def given(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that are set and change where states begin."""
    return tuple(name for name in THRESHOLDS.values() if environment.get(name, "").strip())


def objective(environment: Mapping[str, str], service: str | None, label: str) -> Objective:
    """Availability of a service, or of all: answers that are no 5xx. Raises ``AfterwordError`` for bad settings.

    Only series that bear ``label`` count: without it nobody can tell good from bad.
    """
    quoted = (service or "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    scope = f',service="{quoted}"' if service is not None else ""
    name = service or "all"
    return Objective(
        id=f"{name}-availability-by-{label}",
        slo=f"{name}-availability-by-{label}",
        title=f"Availability of {service}" if service else "Availability of all services",
        service=name,
        target=_target(environment.get(TARGET, "").strip()),
        indicator=Ratio(
            total=f'{METRIC}{{{label}!=""{scope}}}', bad=f'{METRIC}{{{label}=~"5.."{scope}}}', counter=True
        ),
        window=Rolling(_window(environment.get(WINDOW, "").strip())),
    )


def _target(text: str) -> Fraction:
    """``99.9`` and ``99.9%`` are percent, ``0.999`` is a fraction; 1 is 100 %.

    A target below a half is refused: ``0.1`` is somebody's share of errors, and as a target it lets nearly all pass.
    """
    if not text:
        return Fraction("0.999")
    value = _number(text)
    if value is None:
        raise AfterwordError(f"{TARGET} is “{text[:40]}”, no number", "For example 99.9.")
    if value > 1 or text.endswith("%"):
        value /= 100
    if not Fraction(1, 2) <= value <= 1:
        raise AfterwordError(f"{TARGET} is “{text[:40]}”, not between 50 and 100 percent", "For example 99.9.")
    return value


def _number(text: str) -> Fraction | None:
    """A plain decimal number, with or without a percent sign."""
    found = _DECIMAL.match(text)
    return Fraction(found[1]) if found else None


def _window(text: str) -> int:
    if not text:
        return 30 * DAY
    seconds = seconds_of(text)
    if seconds is None or not 300 <= seconds <= 400 * DAY:
        raise AfterwordError(f"{WINDOW} is “{text[:40]}”", "It takes a length from 5m to 400d, such as 30d, 4w or 12h.")
    return seconds


def _percent(variable: str, text: str) -> Fraction:
    """Percent. A number between 0 and 1 is refused: 0.2 was meant as 20 %, and as 0.2 % would let nearly all pass."""
    value = _number(text.strip())
    if value is None:
        raise AfterwordError(f"{variable} is “{text[:40]}”, no number", "It takes percent, such as 20.")
    if 0 < value < 1 or value > 100:
        raise AfterwordError(f"{variable} is “{text[:40]}”, not 0 or from 1 to 100", "It takes percent, such as 20.")
    return value / 100
