"""OpenSLO alert policies and conditions: paces of the budget, and values, that somebody is told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from afterword.budgets.objective import Alert, Op
from afterword.budgets.openslo.annotations import ON_CONDITION, PREFIX, known
from afterword.budgets.openslo.documents import Document
from afterword.budgets.openslo.indicators import sound
from afterword.budgets.openslo.references import Reader
from afterword.budgets.window import seconds_of
from afterword.findings import Level


def alerts(document: Document, reader: Reader) -> tuple[Alert, ...]:
    """The alerts of an SLO, each name once, in the order of the file."""
    found: dict[str, Alert] = {}
    for policy in _entries(document, "alertPolicies", "alertPolicyRef", "AlertPolicy", reader):
        for condition in _entries(policy, "conditions", "conditionRef", "AlertCondition", reader):
            alert = _alert(condition, policy, reader)
            if alert is None:
                continue
            first = found.setdefault(alert.name, alert)
            if first != alert:
                message = f"two alerts of SLO “{document.name}” are called “{alert.name}”"
                reader.report.add("AW614", condition, condition.span("metadata", "name"), message, "Rename one.")
    return tuple(found.values())


def _entries(owner: Document, key: str, reference: str, kind: str, reader: Reader) -> Iterator[Document]:
    """The objects of a list, written there or named."""
    entries: list[Any] = owner.spec.get(key) or []
    for number, entry in enumerate(entries):
        path: tuple[str | int, ...] = ("spec", key, number)
        if isinstance(entry, str):
            found = reader.find(kind, owner, *path)
        elif reference in entry:
            found = reader.find(kind, owner, *path, reference)
        elif isinstance(entry.get("spec"), dict):
            found = owner.below(*path)
        else:
            message = f"{key} {number + 1} names nothing and holds nothing"
            reader.report.add("AW613", owner, owner.span(*path), message, f"Add `{reference}:` or `spec:`.")
            continue
        if found is not None:
            yield found


def _alert(condition: Document, policy: Document, reader: Reader) -> Alert | None:
    facts = condition.spec["condition"]
    known(condition, ON_CONDITION, reader.report)
    window = seconds_of(facts["lookbackWindow"])
    after = facts.get("alertAfter", "0m")
    query = (condition.metadata.get("annotations") or {}).get(f"{PREFIX}query")
    op, threshold = Op(facts.get("op", "gte")), float(facts["threshold"])
    name = condition.name or policy.name or "alert"
    if query is not None:
        if not sound(condition, query, reader, "metadata", "annotations", f"{PREFIX}query", counter=False):
            return None
    elif threshold <= 0:
        message = f"a burn rate of {facts['threshold']} is no alert"
        where = condition.span("spec", "condition", "threshold")
        reader.report.add("AW615", condition, where, message, "For example: 14.4")
        return None
    elif op in (Op.LT, Op.LTE):
        message = f"op {op} is read the other way round: the alert speaks above its threshold"
        where = condition.span("spec", "condition", "op")
        reader.report.add("AW618", condition, where, message, "Write `op: gte`.", Level.HINT)
    return Alert(
        name=name,
        burn=0.0 if query else threshold,
        window=window or 3_600,
        after=0 if int(after[:-1]) == 0 else seconds_of(after.lstrip("0")) or 0,
        severity=condition.spec["severity"],
        description=str(condition.spec.get("description") or policy.spec.get("description") or "").strip(),
        query=query.strip() if query else None,
        op=op if query else Op.GT,
        value=threshold if query else None,
    )
