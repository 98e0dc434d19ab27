"""Definition: an objective as JSON, so that a snapshot alone suffices to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from afterword.budgets.objective import (
    Alert,
    DataSource,
    Indicator,
    LowTraffic,
    Method,
    Objective,
    Op,
    Ratio,
    Raw,
    Silence,
    Threshold,
)
from afterword.budgets.window import Calendar, Rolling, Unit, Window
from afterword.errors import AfterwordError


def dump(objective: Objective) -> dict[str, Any]:
    """All of an objective but where it is written and asked for. Shares are exact, as text; absent facts left out."""
    facts: dict[str, Any] = {
        "id": objective.id,
        "slo": objective.slo,
        "title": objective.title,
        "service": objective.service,
        "description": objective.description,
        "target": exact(objective.target),
        "method": str(objective.method),
        "window": _window(objective.window),
        "indicator": _indicator(objective.indicator),
        "slice_seconds": objective.slice_seconds,
        "slice_target": None if objective.slice_target is None else exact(objective.slice_target),
        "source": None if objective.source is None else {"name": objective.source.name, "type": objective.source.type},
        "alerts": [_alert(alert) for alert in objective.alerts],
        "required": objective.required,
        "no_data": str(objective.no_data),
        "low_traffic": str(objective.low_traffic),
        "minimum_events": objective.minimum_events,
        "runbook": objective.runbook,
    }
    return {key: value for key, value in facts.items() if value is not None}


def load(facts: object) -> Objective:
    """The objective that ``dump`` wrote. Raises ``AfterwordError`` for anything else."""
    try:
        return _load(facts)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
        name = facts.get("id") if isinstance(facts, Mapping) else None
        raise AfterwordError(
            f"the definition of objective “{name}” cannot be read: {type(error).__name__}: {error}",
            "Take the snapshot again.",
        ) from error


def _load(facts: object) -> Objective:
    if not isinstance(facts, Mapping):
        raise TypeError("it is not a mapping")
    slice_target, source = facts.get("slice_target"), facts.get("source")
    objective = Objective(
        id=_text(facts["id"]),
        slo=_text(facts["slo"]),
        title=_text(facts["title"]),
        service=_text(facts["service"]),
        description=_text(facts["description"]),
        target=Fraction(facts["target"]),
        indicator=_load_indicator(facts["indicator"]),
        window=_load_window(facts["window"]),
        method=Method(facts["method"]),
        slice_seconds=int(facts["slice_seconds"]),
        slice_target=None if slice_target is None else Fraction(slice_target),
        source=None if source is None else DataSource(_text(source["name"]), _text(source["type"])),
        alerts=tuple(Alert(**{**alert, "op": Op(alert.get("op", Op.GT))}) for alert in facts["alerts"]),
        required=bool(facts["required"]),
        no_data=Silence(facts["no_data"]),
        low_traffic=LowTraffic(facts["low_traffic"]),
        minimum_events=int(facts["minimum_events"]),
        runbook=facts.get("runbook"),
    )
    if not 0 < objective.target <= 1:
        raise ValueError(f"target {facts['target']} is not a share")
    return objective


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def exact(share: Fraction) -> str:
    """A share without rounding: ``0.999`` where decimals can say it, else ``1/3``."""
    with localcontext() as context:
        context.prec = 60
        value = Decimal(share.numerator) / Decimal(share.denominator)
        return f"{value:f}" if Fraction(value) == share else str(share)


def _alert(alert: Alert) -> dict[str, Any]:
    facts = {**asdict(alert), "op": str(alert.op)}
    if alert.query is None:
        del facts["op"]
    return {key: value for key, value in facts.items() if value is not None}


def _window(window: Window) -> dict[str, Any]:
    if isinstance(window, Rolling):
        return {"rolling_seconds": window.seconds}
    facts = {"calendar": str(window.unit), "count": window.count, "time_zone": window.zone}
    return facts if window.anchor is None else {**facts, "anchor": window.anchor.isoformat()}


def _load_window(facts: Mapping[str, Any]) -> Window:
    if "rolling_seconds" in facts:
        return Rolling(int(facts["rolling_seconds"]))
    anchor = facts.get("anchor")
    return Calendar(
        Unit(facts["calendar"]),
        int(facts["count"]),
        _text(facts["time_zone"]),
        None if anchor is None else datetime.fromisoformat(anchor),
    )


def _indicator(indicator: Indicator) -> dict[str, Any]:
    if isinstance(indicator, Ratio):
        facts = {"kind": "ratio", "good": indicator.good, "bad": indicator.bad, "total": indicator.total}
        return {key: value for key, value in facts.items() if value is not None} | {"counter": indicator.counter}
    if isinstance(indicator, Raw):
        return {"kind": "raw", "query": indicator.query, "success": indicator.success}
    return {"kind": "threshold", "query": indicator.query, "op": str(indicator.op), "value": indicator.value}


def _load_indicator(facts: Mapping[str, Any]) -> Indicator:
    kind = facts["kind"]
    if kind == "ratio":
        return Ratio(_text(facts["total"]), facts.get("good"), facts.get("bad"), bool(facts["counter"]))
    if kind == "raw":
        return Raw(_text(facts["query"]), bool(facts["success"]))
    if kind == "threshold":
        return Threshold(_text(facts["query"]), Op(facts["op"]), float(facts["value"]))
    raise ValueError(f"“{kind}” is no kind of indicator")
