"""AW104: words that ``afterword.yml`` does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule, shortened, suggestion


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    settings = file.settings
    words: list[tuple[str, str, str | None, Collection[str]]] = [
        ("severity", "severities", postmortem.severity, settings.severities),
        ("severity_at_declaration", "severities", postmortem.severity_at_declaration, settings.severities),
        ("root_cause", "categories", postmortem.root_cause, {*settings.categories, "unknown"}),
    ]
    if postmortem.is_internal and settings.services:
        words += [(f"services/{at}", "services", key, settings.services) for at, key in enumerate(postmortem.services)]
    for path, list_name, word, known in words:
        if word is not None and word not in known:
            what = path.split("/", maxsplit=1)[0].rstrip("s") if "/" in path else path
            message = f"{what} “{shortened(word)}” is not among the {list_name} of afterword.yml"
            hint = suggestion(word, known) or f"Choose one of them, or add it under `{list_name}`."
            yield RULE.finding(postmortem, postmortem.mark(path), message, hint)


RULE = Rule(
    code="AW104",
    name="unknown-word",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    summary="Severity, category and services are words of `afterword.yml`.",
    rationale="Lists, filters and trends group by these words; a second spelling is a second group. The category "
    "`unknown` is always fine, and services of other organisations are free words.",
    good=(
        Example("severity: SEV3\nservices: [checkout]\nroot_cause: capacity"),
        Example("root_cause: unknown", note="Nobody has found out yet."),
    ),
    bad=(
        Example("severity: Sev3", note="The key is SEV3."),
        Example("services: [checkout, cart]", note="No service is called cart."),
        Example("root_cause: capasity", note="Mistyped."),
    ),
    check=_check,
)
