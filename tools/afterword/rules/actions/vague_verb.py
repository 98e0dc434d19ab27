"""AW504: actions of which nobody can say whether they are done."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Judged, Rule

# Beginnings that promise effort and no result, in English, Portuguese and Vietnamese.
MAX = 1000
"""So much of a title is looked at; the schema allows 300 characters."""

BETTER = (
    "improve", "enhance", "optimise", "optimize", "streamline", "strengthen", "refine", "minimise", "minimize",
    "bring down",
    "melhorar", "aprimorar", "otimizar", "fortalecer", "refinar", "minimizar",
    "cải thiện", "nâng cao", "tăng cường", "tối ưu", "tối ưu hóa", "tối ưu hoá",
)  # fmt: skip
"""To make something better; how, or how much, may follow."""

LOOKING = (
    "investigate", "look into", "look at", "explore", "research", "study", "examine", "consider", "think about",
    "reflect on", "reflect if", "reflect whether", "figure out", "find out", "find a way", "understand", "assess",
    "evaluate", "discuss", "brainstorm", "see if", "see whether", "check if", "check whether", "check why", "check how",
    "review if", "review whether", "determine if", "determine whether", "determine why",
    "investigar", "considerar", "estudar", "avaliar", "explorar", "pesquisar", "entender", "descobrir", "discutir",
    "pensar em", "ver se", "verificar se", "verificar por que", "analisar se",
    "điều tra", "tìm hiểu", "xem xét", "cân nhắc", "nghiên cứu", "khảo sát", "đánh giá", "thảo luận", "suy nghĩ về",
    "kiểm tra xem", "kiểm tra tại sao",
)  # fmt: skip
"""To look at something; what comes of it may follow."""

CARE = (
    "try to", "attempt to", "strive", "aim to", "work on", "work towards", "focus on", "continue to", "continue with",
    "continuous training", "continuous improvement", "keep an eye on", "be more careful", "be careful",
    "pay more attention", "pay attention", "be aware", "be mindful", "emphasise", "emphasize", "raise awareness",
    "communicate better", "ensure this does not happen", "make sure this does not happen",
    "tentar", "continuar a", "continuar com", "ter mais cuidado", "prestar mais atenção", "ficar de olho",
    "ficar atento", "conscientizar",
    "cố gắng", "tiếp tục", "cẩn thận hơn", "chú ý hơn", "để ý", "nâng cao nhận thức", "nhắc nhở",
)  # fmt: skip
"""To take care, or to go on."""

VAGUE = BETTER + LOOKING + CARE

# Vague only when next to nothing follows: “Review” says nothing, “Review the alerts of checkout with …” may.
VAGUE_ALONE = (
    "review", "analyse", "analyze", "monitor", "fix", "rever", "revisar", "analisar", "monitorar", "rà soát",
    "xem lại", "theo dõi",
)  # fmt: skip

# More of something, or a better one: how many, and good enough for what?
_MORE = (
    r"(?:(?:add|write|create|set ?up|implement|develop|introduce|build|have|use|do)\s+)?(?:more|better)|"
    r"(?:(?:adicionar|escrever|criar|implementar|ter|usar|fazer)\s+)?(?:mais|melhores)|"
    r"(?:thêm|viết|tạo|có)\s+nhiều(?:\s+hơn)?"
)

# What makes any beginning verifiable: a number that is no version or name, a thing in `code`, a result to look at.
_VERIFIABLE = re.compile(
    r"(?<![\w.-])\d+(?:[.,]\d+)*\s?(?:%|ms|s|min|h|d|x|[kKMG]i?B)?(?![\w.-]*\w)|`|"
    r"\b(?:publish|write|document|report|decide|agree|list|until|so that|publicar|escrever|documentar|relatar|decidir|"
    r"até|para que|công bố|viết|báo cáo|quyết định)(?!\w)|"
    # “Investigate and fix”, “Evaluate … and record the decision”
    r"\b(?:and|e|và)\s+(?:then\s+)?(?:fix|repair|remove|replace|implement|add|record|propose|present|recommend|choose|"
    r"pick|share|file|corrigir|remover|substituir|adicionar|registrar|propor|apresentar|escolher|sửa|gỡ|thay|thêm|"
    r"ghi lại|đề xuất|trình bày|chọn)(?!\w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\bhttps?://\S+")
_MEANS = re.compile(
    r"\bby\s+(?:\w+ly\s+)?\w+ing\b|\bwith an?\b|\b\w{2,20}ndo\b|\bcom uma?\b|\bbằng(?!\w)", re.IGNORECASE
)
"""By what something becomes better."""


def _words(words: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


_SUBJECT = (
    r"(?:(?:we|the team)\s+(?:should|will|must|shall|need\s+to|have\s+to)\s+|"
    r"(?:devemos|precisamos|vamos|(?:chúng (?:ta|tôi)\s+)?(?:cần|nên|phải|sẽ))\s+)?"
)
_VAGUE = re.compile(
    rf"{_SUBJECT}(?:(?P<words>{_words(VAGUE)})|(?P<more>{_MORE})|(?P<alone>{_words(VAGUE_ALONE)}))(?![\w-])",
    re.IGNORECASE,
)


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        found = vague(action.title) if action.is_open else None
        if found:
            lacks = "does not say how much, or good enough for what" if _IS_MORE.fullmatch(found) else _EFFORT
            message = f"“{found}” in action {action.id} {lacks}"
            hint = "Begin with what will be there when it is done: add, remove, cap, alert on, test, write."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/title"), message, hint)


_EFFORT = "promises effort, not a result"
_IS_MORE = re.compile(_MORE, re.IGNORECASE)


def vague(title: str) -> str | None:
    """The words at the beginning of a title that nobody can verify; ``None`` when the title can be."""
    text = _ADDRESS.sub("", unicodedata.normalize("NFC", title[:MAX])).strip()
    found = _VAGUE.match(text)
    if found is None or _VERIFIABLE.search(text, found.end()):
        return None
    if found["alone"] and len(text[found.end() :].split()) > 2:
        return None
    said = found[found.lastgroup or 0]
    if said.lower() in BETTER and _MEANS.search(text, found.end()):
        return None
    return said


def _action(title: str) -> str:
    return (
        f'actions:\n  - id: A1\n    title: {title}\n    owner: "@team-payments"\n'
        "    due: 2026-12-11\n    priority: P1\n    status: open"
    )


RULE = Rule(
    code="AW504",
    name="vague-verb",
    level=Level.WARNING,
    in_draft=Level.HINT,
    summary="An open action begins with a verb whose result can be seen.",
    rationale="“Improve monitoring” can never be closed, and never be shown to have helped. An action is actionable, "
    "specific and bounded: it begins with a verb, says what will be there, and how to tell that it is finished "
    "(John Lunney, Sue Lueder and Betsy Beyer, “Postmortem Action Items: Plan the Work and Work the Plan”, "
    ";login:, 2017). A number, a thing in `code`, a decision or something written makes any beginning verifiable. "
    "English, Portuguese and Vietnamese beginnings are known. Every finding was judged by hand, and is counted as "
    "it was found: two of the wrong ones in the reports of a third organisation are mended since. Wrong still are an "
    "“Add more” that names the very tests in its next sentence, a “try to” before something that can be seen, an "
    "“Improve … to run in batches”, and two “Find out” after a number and a date.",
    judged=(
        Judged("72 reports on which the words were chosen", 40, 39),
        Judged("the example library", 7, 7),
        Judged("24 reports of a third organisation, read for the first time then", 25, 22),
        Judged("some 115 reports of eleven other organisations, read afterwards", 30, 27),
    ),
    good=(
        Example(_action("Alert when the pool is over 80 % for 5 minutes")),
        Example(_action("Investigate why the alert was silent and publish the answer"), note="It ends in a result."),
        Example(_action("Melhorar o p95 do checkout de 900 ms para 300 ms"), note="It has a number."),
        Example(_action("Enhance the nightly run with a synthetic order"), note="It says by what."),
    ),
    bad=(
        Example(_action("Improve monitoring of the pool")),
        Example(_action("Be more careful with limits")),
        Example(_action("Look into the retries of Traefik v2"), note="The number belongs to a name."),
        Example(_action("Better monitoring of namespaces")),
        Example(_action("Review alerts")),
        Example(_action("Investigar o alerta")),
        Example(_action("Cải thiện giám sát")),
    ),
    check=_check,
)
