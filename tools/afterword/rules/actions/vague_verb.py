"""AW504: actions of which nobody can say whether they are done."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule

# Beginnings that promise effort and no result, in English, Portuguese and Vietnamese.
VAGUE = (
    "improve", "enhance", "investigate", "look into", "look at", "consider", "explore", "think about", "try to",
    "be more careful", "be careful", "pay more attention", "pay attention", "be aware", "be mindful", "keep an eye on",
    "melhorar", "aprimorar", "investigar", "considerar", "estudar", "avaliar", "pensar em", "tentar",
    "ter mais cuidado", "prestar mais atenção", "ficar de olho", "ficar atento",
    "cải thiện", "nâng cao", "điều tra", "tìm hiểu", "xem xét", "cân nhắc", "cố gắng", "cẩn thận hơn", "chú ý hơn",
    "để ý",
)  # fmt: skip

# Vague only when next to nothing follows: “Review” says nothing, “Review the alerts of checkout with …” may.
VAGUE_ALONE = (
    "review", "discuss", "analyse", "analyze", "monitor", "fix", "rever", "revisar", "analisar", "discutir",
    "monitorar", "rà soát", "xem lại", "thảo luận", "theo dõi",
)  # fmt: skip

# A number, a thing in `code`, or a result that somebody can look at makes any beginning verifiable.
_VERIFIABLE = re.compile(
    r"\d|`|\b(?:publish|write|document|report|decide|agree|list|until|so that|publicar|escrever|documentar|relatar|"
    r"decidir|até|công bố|viết|báo cáo|quyết định)\b",
    re.IGNORECASE,
)


def _words(words: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_VAGUE = re.compile(
    rf"(?:we (?:should|will|must)\s+)?(?:(?P<any>{_words(VAGUE)})|(?P<alone>{_words(VAGUE_ALONE)}))(?![\w-])",
    re.IGNORECASE,
)


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        found = vague(action.title) if action.is_open else None
        if found:
            message = f"“{found}” in action {action.id} promises effort, not a result"
            hint = "Begin with what will be there when it is done: add, remove, cap, alert on, test, write."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/title"), message, hint)


def vague(title: str) -> str | None:
    """The words at the beginning of a title that nobody can verify; ``None`` when the title can be."""
    text = unicodedata.normalize("NFC", title).strip()
    found = _VAGUE.match(text)
    if found is None or _VERIFIABLE.search(text, found.end()):
        return None
    if found["alone"] and len(text[found.end() :].split()) > 2:
        return None
    return found["any"] or found["alone"]


def _action(title: str) -> str:
    return (
        f'actions:\n  - id: A1\n    title: {title}\n    owner: "@team-payments"\n'
        "    due: 2026-12-11\n    priority: P1\n    status: open"
    )


RULE = Rule(
    code="AW504",
    name="vague-verb",
    level=Level.HINT,
    summary="An open action begins with a verb whose result can be seen.",
    rationale="“Improve monitoring” can never be closed, and never be shown to have helped. A number, an artefact or "
    "a decision makes it verifiable. English, Portuguese and Vietnamese beginnings are known.",
    good=(
        Example(_action("Alert when the pool is over 80 % for 5 minutes")),
        Example(_action("Investigate why the alert was silent and publish the answer"), note="It ends in a result."),
        Example(_action("Melhorar o p95 do checkout de 900 ms para 300 ms"), note="It has a number."),
    ),
    bad=(
        Example(_action("Improve monitoring of the pool")),
        Example(_action("Be more careful with limits")),
        Example(_action("Review alerts")),
        Example(_action("Investigar o alerta")),
        Example(_action("Cải thiện giám sát")),
    ),
    check=_check,
)
