"""Standalone: what a gate judges by where there is no library, from the settings of its environment.

The names are those that operators' scripts have used before: ``SLO_TARGET``, ``TIME_WINDOW`` and the thresholds.
"""

from __future__ import annotations

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
"""Where the status of an answer stands; the first that the metric has is taken."""


def thresholds(environment: Mapping[str, str], base: Thresholds) -> Thresholds:
    """The thresholds of the environment, in percent, over those of the policy. Raises ``AfterwordError``."""
    given = {
        field: _percent(variable, environment[variable])
        for field, variable in THRESHOLDS.items()
        if environment.get(variable, "").strip()
    }
    found = replace(base, **given)
    if not found.caution >= found.warning >= found.freeze:
        raise AfterwordError(
            "the thresholds are out of order: CAUTION_THRESHOLD, WARNING_THRESHOLD and FREEZE_THRESHOLD have to fall",
            "For example 80, 50 and 20.",
        )
    return found


def objective(environment: Mapping[str, str], service: str | None, label: str) -> Objective:
    """Availability of a service, or of all: answers that are no 5xx. Raises ``AfterwordError`` for bad settings.

    Only series that bear ``label`` count: without it nobody can tell good from bad.
    """
    quoted = (service or "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    scope = f',service="{quoted}"' if service is not None else ""
    name = service or "all"
    return Objective(
        id=f"{name}-availability",
        slo=f"{name}-availability",
        title=f"Availability of {service}" if service else "Availability of all services",
        service=name,
        target=_target(environment.get(TARGET, "").strip()),
        indicator=Ratio(
            total=f'{METRIC}{{{label}!=""{scope}}}', bad=f'{METRIC}{{{label}=~"5.."{scope}}}', counter=True
        ),
        window=Rolling(_window(environment.get(WINDOW, "").strip())),
    )


def _target(text: str) -> Fraction:
    """``99.9`` and ``99.9%`` are percent, ``0.999`` is a fraction; 1 is 100 %."""
    if not text:
        return Fraction("0.999")
    try:
        value = Fraction(text.removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        raise AfterwordError(f"{TARGET} is “{text[:40]}”, no number", "For example 99.9.") from None
    if value > 1 or text.endswith("%"):
        value /= 100
    if not 0 < value <= 1:
        raise AfterwordError(f"{TARGET} is “{text[:40]}”, not between 0 and 100 percent", "For example 99.9.")
    return value


def _window(text: str) -> int:
    if not text:
        return 30 * DAY
    seconds = seconds_of(text)
    if seconds is None or not 300 <= seconds <= 400 * DAY:
        raise AfterwordError(f"{WINDOW} is “{text[:40]}”", "It takes a length from 5m to 400d, such as 30d, 4w or 12h.")
    return seconds


def _percent(variable: str, text: str) -> Fraction:
    try:
        value = Fraction(text.strip().removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        raise AfterwordError(f"{variable} is “{text[:40]}”, no number", "It takes percent, such as 20.") from None
    if not 0 <= value <= 100:
        raise AfterwordError(f"{variable} is “{text[:40]}”, not between 0 and 100", "It takes percent, such as 20.")
    return value / 100
