"""OpenSLO indicators: ratios and thresholds, their queries held against PromQL."""

from __future__ import annotations

from typing import Any

from afterword.budgets import promql
from afterword.budgets.objective import DataSource, Indicator, Op, Ratio, Raw, Threshold
from afterword.budgets.openslo.documents import Document
from afterword.budgets.openslo.references import Reader
from afterword.budgets.promql.terms import series

Found = tuple[Indicator, DataSource | None]


def indicator(owner: Document, entry: Document, reader: Reader) -> Found | None:
    """What an objective counts and where; ``None`` after a finding.

    ``owner`` names the indicator: the SLO's document, or ``entry``, the one of its objectives.
    """
    sli = _sli(owner, reader)
    if sli is None:
        return None
    kinds = [key for key in ("ratioMetric", "thresholdMetric") if sli.spec.get(key) is not None]
    if len(kinds) != 1:
        message = "an indicator has both ratioMetric and thresholdMetric" if kinds else "an indicator counts nothing"
        hint = "Keep one of them." if kinds else "Add `ratioMetric:` or `thresholdMetric:`."
        reader.report.add("AW615", sli, sli.span("spec"), message, hint)
        return None
    if kinds == ["thresholdMetric"]:
        return _threshold(sli, entry, reader)
    ratio = sli.spec["ratioMetric"]
    if "raw" in ratio or "rawType" in ratio:
        return _raw(sli, ratio, reader)
    return _ratio(sli, ratio, reader)


def _sli(owner: Document, reader: Reader) -> Document | None:
    path = () if "indicator" in owner.raw or "indicatorRef" in owner.raw else ("spec",)
    holder: Any = owner.raw if not path else owner.spec
    given = [key for key in ("indicator", "indicatorRef") if holder.get(key) is not None]
    if len(given) != 1:
        message = "an objective has both indicator and indicatorRef" if given else "nothing says what is counted"
        hint = "Keep one of them." if given else "Add `indicator:` or `indicatorRef:`."
        reader.report.add("AW615", owner, owner.span(*path), message, hint)
        return None
    if given == ["indicatorRef"]:
        return reader.find("SLI", owner, *path, "indicatorRef")
    return owner.below(*path, "indicator")


def _ratio(sli: Document, ratio: Any, reader: Reader) -> Found | None:
    report, where = reader.report, ("spec", "ratioMetric")
    parts = [key for key in ("good", "bad") if key in ratio]
    if len(parts) != 1:
        message = "a ratio has both good and bad events" if parts else "a ratio has neither good nor bad events"
        hint = "Keep the ones that are counted directly." if parts else "Add `good:` or `bad:` beside `total:`."
        report.add("AW615", sli, sli.span(*where), message, hint)
        return None
    if "total" not in ratio:
        report.add("AW615", sli, sli.span(*where), "a ratio has no “total”", "Add `total:`, all events.")
        return None
    counter = ratio.get("counter", True)
    part = _query(sli, (*where, parts[0]), reader, counter=counter)
    total = _query(sli, (*where, "total"), reader, counter=counter)
    if part is None or total is None:
        return None
    if part[0] == total[0]:
        message = f"{parts[0]} and total are the same query"
        report.add("AW615", sli, sli.span(*where, parts[0], "metricSource", "spec", "query"), message)
        return None
    if part[1] != total[1]:
        message = f"{parts[0]} and total come from different data sources"
        report.add("AW615", sli, sli.span(*where, parts[0], "metricSource"), message, "Take both from one.")
        return None
    good, bad = (part[0], None) if parts == ["good"] else (None, part[0])
    return Ratio(total[0], good, bad, counter), total[1]


def _raw(sli: Document, ratio: Any, reader: Reader) -> Found | None:
    where = ("spec", "ratioMetric")
    others = [key for key in ("good", "bad", "total") if key in ratio]
    message = None
    if others:
        message = f"a ratio that is ready stands beside “{others[0]}”"
    elif "raw" not in ratio:
        message = "rawType says what a ratio is, but no “raw” gives it"
    elif "rawType" not in ratio:
        message = "nobody knows whether the ratio is one of good or of bad events: “rawType” is missing"
    if message is not None:
        hint = "Either `raw` and `rawType`, or `total` with `good` or `bad`."
        reader.report.add("AW615", sli, sli.span(*where), message, hint)
        return None
    found = _query(sli, (*where, "raw"), reader, counter=False)
    return (Raw(found[0], ratio["rawType"] == "success"), found[1]) if found else None


def _threshold(sli: Document, entry: Document, reader: Reader) -> Found | None:
    missing = [key for key in ("op", "value") if key not in entry.raw]
    for key in missing:
        message = f"a value is held against a threshold, and “{key}” is missing"
        hint = "Add `op: lte`, or lt, gt, gte." if key == "op" else "Add `value:`, the threshold."
        reader.report.add("AW615", entry, entry.span(), message, hint)
    found = _query(sli, ("spec", "thresholdMetric"), reader, counter=False)
    if found is None or missing:
        return None
    return Threshold(found[0], Op(entry.raw["op"]), float(entry.raw["value"])), found[1]


def _query(
    sli: Document, path: tuple[str, ...], reader: Reader, *, counter: bool
) -> tuple[str, DataSource | None] | None:
    """A query and where it is sent; ``None`` after a finding."""
    metric = sli.below(*path, "metricSource")
    query = metric.spec["query"]
    if not sound(metric, query, reader, "spec", "query", counter=counter):
        return None
    before = reader.report.errors
    source = None
    if "metricSourceRef" in metric.raw:
        found = reader.find("DataSource", metric, "metricSourceRef")
        source = reader.source(found) if found else None
    elif "type" in metric.raw:
        reader.speaks(metric.raw["type"], metric, "type")
    return (query.strip(), source) if reader.report.errors == before else None


def sound(document: Document, query: str, reader: Reader, *path: str, counter: bool) -> bool:
    """Whether a query can be sent; else a finding at the character that is wrong."""
    name = path[-1]
    fault = promql.check(query)
    if fault is not None:
        where = document.inside(fault.offset, query, *path)
        reader.report.add("AW611", document, where, f"{name} {fault.message}", "PromQL is wanted here.")
        return False
    if counter and (why := promql.uncountable(query)):
        hint = "Sum the counters alone, leave the window open with [{{.window}}], or say `counter: false`."
        reader.report.add("AW611", document, document.span(*path), f"{name} {why}", hint)
        return False
    for selector, _ in series(query):
        bound = selector.of("le")
        if bound is not None and not _is_number(bound):
            where = document.inside(max(query.find("le"), 0), query, *path)
            message = f"le is “{bound}”, and bounds of buckets are numbers"
            reader.report.add("AW611", document, where, message, 'For example: le="0.5"')
            return False
    return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
