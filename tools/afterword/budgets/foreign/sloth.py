"""Sloth's specifications as OpenSLO: ``prometheus/v1`` and the Kubernetes kind ``PrometheusServiceLevel``.

The format: https://github.com/slok/sloth (``pkg/prometheus/api/v1``). Its window is 30 days; its alerts by burn rates
are those that this library makes for every objective.
"""

from __future__ import annotations

from typing import Any

from afterword.budgets.foreign.specification import Facts, Fields, Imported, document, name_of, query
from afterword.errors import AfterwordError
from afterword.validation import is_link


def speaks(raw: dict[str, Any]) -> bool:
    """Whether a document is one of Sloth's."""
    return raw.get("version") == "prometheus/v1" or (
        str(raw.get("apiVersion", "")).startswith("sloth.slok.dev/") and raw.get("kind") == "PrometheusServiceLevel"
    )


def convert(raw: dict[str, Any], path: str, service: str | None = None) -> tuple[list[Imported], list[str]]:
    """The SLOs of one document, and notes on what none of them could take. Raises ``AfterwordError``."""
    outer = Fields(raw, path)
    spec = outer
    for key in ("version", "apiVersion", "kind", "metadata", "status"):
        outer.any(key)
    if "apiVersion" in raw:
        inner = outer.fields("spec")
        if inner is None:
            raise AfterwordError(f"{path}: “spec” is missing")
        spec = inner
    named, labels = spec.wanted("service"), spec.words("labels")
    made: list[Imported] = []
    notes: list[str] = []
    for item in spec.items("slos"):
        found = _convert(item, service or named, labels, notes)
        if found:
            made.append(found)
    return made, [*(outer.left() if outer is not spec else []), *spec.left(), *notes]


def _convert(item: Fields, service: str, labels: dict[str, str], skipped: list[str]) -> Imported | None:
    name = item.wanted("name")
    item.where = f"{item.where.split('.slos[')[0]}: {name}"
    indicator = _indicator(item, skipped)
    if indicator is None:
        return None
    runbook, notes = _alerting(item)
    facts = Facts(
        name=name_of(name if name.startswith(service) else f"{service}-{name}"),
        title=name,
        service=service,
        indicator=indicator,
        percent=item.wanted("objective"),
        description=item.text("description") or "",
        labels=labels | item.words("labels"),
        runbook=runbook,
    )
    text = document(facts, f"Imported from a specification of Sloth: {name}.")
    return Imported(facts.name, text, (*item.left(), *notes))


def _indicator(item: Fields, skipped: list[str]) -> dict[str, Any] | None:
    sli = item.fields("sli")
    if sli is None:
        raise AfterwordError(f"{item.where}: “sli” is missing")
    events, raw = sli.fields("events"), sli.fields("raw")
    if events is not None:
        return {
            "ratioMetric": {
                "counter": True,
                "bad": query(events.wanted("error_query", "errorQuery")),
                "total": query(events.wanted("total_query", "totalQuery")),
            }
        }
    if raw is not None:
        return {"ratioMetric": {"raw": query(raw.wanted("error_ratio_query", "errorRatioQuery")), "rawType": "failure"}}
    if sli.fields("plugin") is None:
        raise AfterwordError(f"{item.where}: sli has neither events nor raw")
    skipped.append(f"{item.where} was left out: its queries come from a plugin of Sloth; write them out first")
    return None


def _alerting(item: Fields) -> tuple[str | None, list[str]]:
    """The runbook, and a note on whatever else the alerts say."""
    alerting = item.fields("alerting")
    if alerting is None:
        return None, []
    annotations = alerting.words("annotations")
    runbook = annotations.pop("runbook", None) or annotations.pop("runbook_url", None)
    if runbook and not (is_link(runbook) and runbook.startswith("http")):
        annotations["runbook"], runbook = runbook, None
    alerting.where = f"{item.where}.alerting"
    notes = [f"{alerting.where}.annotations.{key} has no counterpart and was left out" for key in annotations]
    return runbook, [*notes, *alerting.left()]
