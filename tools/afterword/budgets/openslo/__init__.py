"""OpenSLO v1, read natively: files → objectives, and findings for whatever is wrong with them.

https://github.com/OpenSLO/OpenSLO describes the format, ``schemas/openslo.schema.json`` what of it is understood here.
An objective with an error, its own or of what it refers to, is left out: whoever judges must then say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from afterword.budgets.objective import Alert, Indicator, Method, Objective, Threshold
from afterword.budgets.openslo.alerts import alerts
from afterword.budgets.openslo.annotations import Answers, answers
from afterword.budgets.openslo.documents import Document, Report, documents, near
from afterword.budgets.openslo.indicators import indicator
from afterword.budgets.openslo.references import Reader, index
from afterword.budgets.openslo.windows import slices, target, window
from afterword.budgets.window import Window
from afterword.findings import Finding, Level, in_order


@dataclass(frozen=True, slots=True)
class Specs:
    """What some files describe: objectives in the order of their ids, findings in the order of reports."""

    objectives: tuple[Objective, ...]
    findings: tuple[Finding, ...]


def read(files: Mapping[str, bytes], environment: Mapping[str, str], services: Collection[str] | None = None) -> Specs:
    """The objectives of some files, by their paths with ``/``. Never raises for what stands in them.

    ``environment`` fills in addresses of data sources. ``services``: the ones that are known, where any are.
    """
    report = Report()
    found = [document for path in sorted(files) for document in documents(path, files[path], report)]
    reader = Reader(index(found, report), environment, services, report)
    objectives: dict[str, Objective] = {}
    for document in reader.index.values():
        if document.kind == "SLO" and not document.broken:
            for objective in _objectives(document, reader):
                first = objectives.setdefault(objective.id, objective)
                if first is not objective:
                    message = f"objective “{objective.id}” stands already in {first.path}:{first.span.line}"
                    report.add("AW614", document, objective.span, message, "Rename one of them.")
        elif document.kind == "DataSource" and not document.broken:
            reader.source(document)
    return Specs(tuple(objectives[key] for key in sorted(objectives)), tuple(in_order(report.findings)))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the objectives of one SLO have in common."""

    answers: Answers
    window: Window
    method: Method


_METHODS = {
    "Occurrences": Method.OCCURRENCES,
    "Timeslices": Method.TIMESLICES,
    "RatioTimeslices": Method.RATIO_TIMESLICES,
}


def _objectives(document: Document, reader: Reader) -> Iterator[Objective]:
    report, before = reader.report, reader.report.errors
    _service(document, reader)
    shared = _Shared(
        answers(document, report), window(document, report), _METHODS[document.spec["budgetingMethod"]]
    )  # fmt: skip
    entries = document.spec["objectives"]
    made = [_objective(document, number, shared, reader) for number in range(len(entries))]
    policy = alerts(document, reader)
    zero = [item for item in made if item and item.target == 1]
    if shared.answers.zero_budget and not zero and all(made):
        where = document.span("metadata", "annotations", "afterword/zero-budget")
        message = "afterword/zero-budget has no effect: no target is 1"
        report.add("AW612", document, where, message, "Remove it.", Level.WARNING)
    if report.errors > before:
        return
    for item in made:
        if item:
            _possible(item, policy, document, report)
            yield replace(item, alerts=policy)


def _service(document: Document, reader: Reader) -> None:
    name, known = document.spec["service"], reader.services
    if known and name not in known:
        message = f"service “{name}” is not among the services of afterword.yml"
        hint = near(name, known) or "Choose one of them, or add it under `services`."
        reader.report.add("AW104", document, document.span("spec", "service"), message, hint)


def _objective(document: Document, number: int, shared: _Shared, reader: Reader) -> Objective | None:
    entry, report = document.below("spec", "objectives", number), reader.report
    share = target(entry, report, zero=shared.answers.zero_budget)
    owner = entry if {"indicator", "indicatorRef"} & set(entry.raw) else document
    found = indicator(owner, entry, reader)
    if found is None or share is None:
        return None
    measured, source = found
    cut = slices(entry, shared.method, measured, shared.window, report)
    if cut is None:
        return None
    _unused(entry, measured, report)
    several = len(document.spec["objectives"]) > 1
    title = str(document.metadata.get("displayName", document.name))
    said = shared.answers
    return Objective(
        id=f"{document.name}-{_slug(entry, number)}" if several else document.name,
        slo=document.name,
        title=f"{title}: {entry.raw.get('displayName', number + 1)}" if several else title,
        service=document.spec["service"],
        description=document.spec.get("description", "").strip(),
        target=share,
        indicator=measured,
        window=shared.window,
        method=shared.method,
        slice_seconds=cut.seconds,
        slice_target=cut.target,
        source=source,
        required=said.required,
        no_data=said.no_data,
        low_traffic=said.low_traffic,
        minimum_events=said.minimum_events,
        runbook=said.runbook,
        path=document.source.path,
        span=document.span("metadata", "name") if not several else entry.span(),
    )


def _slug(entry: Document, number: int) -> str:
    """A word for one objective of several: of its name, or its number."""
    plain = unicodedata.normalize("NFKD", str(entry.raw.get("displayName", ""))).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-") or str(number + 1)


def _unused(entry: Document, measured: Indicator, report: Report) -> None:
    """Keys that say nothing here."""
    if not isinstance(measured, Threshold):
        for key in ("op", "value"):
            if key in entry.raw:
                message = f"“{key}” has no effect on a ratio: it is held against the target"
                report.add("AW618", entry, entry.key(key), message, "Remove it.", Level.HINT)
    if "compositeWeight" in entry.raw:
        message = "weights are not used: each objective has a budget of its own, and the worst one counts"
        report.add("AW618", entry, entry.key("compositeWeight"), message, "Remove it.", Level.WARNING)


def _possible(objective: Objective, policy: tuple[Alert, ...], document: Document, report: Report) -> None:
    """Whether alerts can ever speak: no pace is faster than everything being bad."""
    for alert in policy:
        if alert.query is None and objective.budget and Fraction(str(alert.burn)) * objective.budget >= 1:
            most = float(1 / objective.budget)
            message = f"alert “{alert.name}” can never speak: when all is bad, the burn rate is {most:g}"
            hint = "Lower its threshold."
            report.add("AW618", document, document.span("spec", "alertPolicies"), message, hint, Level.WARNING)
