"""Pyrra's specifications as OpenSLO: the Kubernetes kind ``ServiceLevelObjective`` of ``pyrra.dev/v1alpha1``.

The format: https://github.com/pyrra-dev/pyrra (``kubernetes/api/v1alpha1``). It names no service: that is a label,
or a service whose name the objective's begins with, or the objective's own name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from afterword.budgets import promql
from afterword.budgets.foreign.specification import Facts, Fields, Imported, document, name_of, query
from afterword.errors import AfterwordError

_LABELS = ("pyrra.dev/service", "service", "app.kubernetes.io/name", "app")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_DURATION = re.compile(r"(\d+)(ms|[smhdwy])", re.ASCII)


def speaks(raw: dict[str, Any]) -> bool:
    """Whether a document is one of Pyrra's."""
    return str(raw.get("apiVersion", "")).startswith("pyrra.dev/")


def convert(
    raw: dict[str, Any], path: str, services: Collection[str], service: str | None = None
) -> tuple[list[Imported], list[str]]:
    """The SLOs of one document, and notes on what none of them could take. Raises ``AfterwordError``."""
    outer = Fields(raw, path)
    for key in ("apiVersion", "kind", "status"):
        outer.any(key)
    if str(raw.get("kind", "")).endswith("List"):
        outer.any("metadata")
        parts = [_convert(item, services, service) for item in outer.items("items")]
        return parts, outer.left()
    return [_convert(outer, services, service)], []


def _convert(outer: Fields, services: Collection[str], wanted: str | None) -> Imported:
    for key in ("apiVersion", "kind", "status"):
        outer.any(key)
    metadata, spec = outer.fields("metadata"), outer.fields("spec")
    if metadata is None or spec is None:
        raise AfterwordError(f"{outer.where}: “metadata” or “spec” is missing")
    name, labels = metadata.wanted("name"), metadata.words("labels")
    metadata.any("namespace")
    where = f"{outer.where.split('.items[')[0]}: {name}"
    outer.where, spec.where, metadata.where = where, where, f"{where}.metadata"
    service, notes = (wanted, []) if wanted else _service(name, labels, services, where)
    facts = Facts(
        name=name_of(name),
        title=name,
        service=service,
        indicator=_indicator(spec, notes),
        percent=spec.wanted("target"),
        description=spec.text("description") or "",
        duration=_window(spec),
        labels=labels,
    )
    text = document(facts, f"Imported from a specification of Pyrra: {name}.")
    return Imported(facts.name, text, (*outer.left(), *metadata.left(), *spec.left(), *notes))


def _service(name: str, labels: dict[str, str], services: Collection[str], where: str) -> tuple[str, list[str]]:
    for label in _LABELS:
        if label in labels:
            return labels[label], []
    known = max((service for service in services if name.startswith(service)), key=len, default=None)
    if known:
        return known, []
    return name, [f"{where} names no service: its own name stands for one; give --service, or edit the file"]


def _window(spec: Fields) -> str:
    written = spec.wanted("window")
    seconds = _seconds(written, spec.where)
    for letter in "dhm":
        if seconds and seconds % _SECONDS[letter] == 0:
            return f"{int(seconds // _SECONDS[letter])}{letter}"
    raise AfterwordError(f"{spec.where}: a window of {written} is no number of minutes")


def _seconds(written: str, where: str) -> float:
    if not re.fullmatch(f"(?:{_DURATION.pattern})+", written, re.ASCII):
        raise AfterwordError(f"{where}: “{written}” is no duration")
    return sum(int(number) * _SECONDS[unit] for number, unit in _DURATION.findall(written))


def _indicator(spec: Fields, notes: list[str]) -> dict[str, Any]:
    outer = spec.fields("indicator")
    if outer is None:
        raise AfterwordError(f"{spec.where}: “indicator” is missing")
    makers = {"ratio": _ratio, "latency": _latency, "latencyNative": _native, "bool_gauge": _gauge}
    for key, make in makers.items():
        found = outer.fields(key)
        if found is None:
            continue
        found.where = f"{spec.where}.indicator.{key}"
        grouping = found.any("grouping")
        if grouping:
            names = ", ".join(map(str, grouping)) if isinstance(grouping, list) else str(grouping)
            notes.append(f"{found.where}.grouping ({names}) has no counterpart: one objective holds for all together")
        made = make(found)
        notes += [*found.left(), *outer.left()]
        return {"ratioMetric": made}
    raise AfterwordError(f"{spec.where}.indicator has none of: {', '.join(makers)}")


def _metric(found: Fields, key: str) -> str:
    inner = found.fields(key)
    if inner is None:
        raise AfterwordError(f"{found.where}: “{key}” is missing")
    return inner.wanted("metric")


def _ratio(found: Fields) -> dict[str, Any]:
    return {"counter": True, "bad": query(_metric(found, "errors")), "total": query(_metric(found, "total"))}


def _latency(found: Fields) -> dict[str, Any]:
    return {"counter": True, "good": query(_metric(found, "success")), "total": query(_metric(found, "total"))}


def _native(found: Fields) -> dict[str, Any]:
    """Events below a threshold, from the share that a native histogram gives."""
    metric, threshold = _metric(found, "total"), _seconds(found.wanted("latency"), found.where)
    if promql.selector(metric) is None:
        raise AfterwordError(f"{found.where}: the metric “{metric}” is no selector")
    count = f"histogram_count(sum(increase({metric}[{{{{.window}}}}])))"
    share = f"histogram_fraction(0, {threshold:g}, sum(rate({metric}[{{{{.window}}}}])))"
    return {"counter": True, "good": query(f"{share} * {count}"), "total": query(count)}


def _gauge(found: Fields) -> dict[str, Any]:
    metric = found.wanted("metric")
    return {"counter": False, "good": query(f"sum({metric})"), "total": query(f"count({metric})")}
