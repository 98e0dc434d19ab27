"""Headings of parts under another known name: under the one that the template gives them, in the same language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from afterword.fixes.base import Claim, Edit, Facts, Fix, Page, Proposal
from afterword.parts import BY_KEY, part_of

_TITLES: dict[str, tuple[str, str]] = {
    "summary": ("Resumo executivo", "Tóm tắt điều hành"),
    "timeline": ("Linha do tempo", "Dòng thời gian"),
    "detection": ("Detecção", "Phát hiện"),
    "root-cause": ("Causa raiz", "Nguyên nhân gốc rễ"),
    "resolution": ("Resolução", "Khắc phục"),
    "budget": ("Impacto no orçamento de erros", "Ảnh hưởng đến ngân sách lỗi"),
    "actions": ("Itens de ação", "Hành động khắc phục"),
    "lessons": ("Lições aprendidas", "Bài học kinh nghiệm"),
    "process": ("Melhorias de processo", "Cải tiến quy trình"),
    "communication": ("Comunicação", "Truyền thông"),
    "sensitive": ("Informações sensíveis", "Thông tin nhạy cảm"),
    "attachments": ("Anexos", "Tài liệu đính kèm"),
    "approvals": ("Aprovações", "Phê duyệt"),
    "notes": ("Notas", "Ghi chú"),
}
"""What the parts are called in Portuguese and in Vietnamese."""
_PORTUGUESE = frozenset({
    "resumo executivo", "resumo", "linha do tempo", "cronologia", "detecção", "causa raiz", "resolução",
    "impacto no orçamento de erro", "impacto no orçamento de erros", "itens de ação", "ações", "lições aprendidas",
    "melhorias de processo", "melhorias no processo", "comunicação", "informações sensíveis", "informação sensível",
    "anexos", "aprovações", "aprovação", "notas", "observações",
})  # fmt: skip
_VIETNAMESE = frozenset({
    "tóm tắt điều hành", "tóm tắt", "dòng thời gian", "phát hiện", "nguyên nhân gốc rễ", "nguyên nhân", "khắc phục",
    "ảnh hưởng đến ngân sách lỗi", "hành động khắc phục", "hành động", "bài học kinh nghiệm", "bài học",
    "cải tiến quy trình", "truyền thông", "thông tin nhạy cảm", "tài liệu đính kèm", "đính kèm", "phê duyệt", "ghi chú",
})  # fmt: skip
_HEADING = re.compile(r" {0,3}##[ \t]+([^\s#](?:[^#]*[^\s#])?)[ \t]*(?:#+[ \t]*)?\Z")


@lru_cache(maxsize=1024)
def canonical(heading: str) -> str | None:
    """What a heading is called in the template, in its own language; ``None`` for what bears more than a name.

    A number, a remark in brackets (“Timeline (UTC)”) or markup says something: such a heading stays as it is.
    """
    name = unicodedata.normalize("NFC", heading).casefold().removesuffix(":").rstrip()
    part = part_of(name)
    if part is None:
        return None
    known = BY_KEY[part]
    if name in _PORTUGUESE:
        return _TITLES[part][0]
    if name in _VIETNAMESE:
        return _TITLES[part][1]
    return known.title if name in (known.title.casefold(), *known.names) else None


def translated(part: str, language: str) -> str:
    """What the template calls a part in Portuguese (``pt``) or in Vietnamese (``vi``)."""
    return _TITLES[part][0 if language == "pt" else 1]


def differs(heading: str) -> bool:
    """Whether a heading is a known part under another name."""
    return canonical(heading) not in (None, heading)


def _propose(page: Page) -> Iterator[Proposal]:
    sections = page.parsed.body.sections
    counts = Counter(section.part for section in sections)
    for number, section in enumerate(sections):
        wanted = canonical(section.heading)
        if wanted is None or wanted == section.heading or counts[section.part] > 1:
            continue
        found = _HEADING.match(page.lines[section.span.line - 1])
        if found is None or found[1] != section.heading or _is_linked(page, section.heading):
            continue
        start = page.offset(section.span.line, found.start(1) + 1)
        edit = Edit(start, start + len(section.heading), wanted)
        yield Proposal((edit,), "heading", _claim(number, wanted))


def _is_linked(page: Page, heading: str) -> bool:
    """Whether somebody links to its anchor, which would be another afterwards."""
    anchor = _anchor(heading)
    if anchor == _anchor(canonical(heading) or heading):
        return False
    return (
        anchor in page.anchors
        or any(link.target.partition("#")[2].casefold() == anchor for link in page.parsed.body.links)
        or re.search(rf"""["'=]\#{re.escape(anchor)}["'\s>]""", page.source.text, re.IGNORECASE) is not None  # in HTML
    )


def _anchor(heading: str) -> str:
    """As MkDocs makes it: ASCII letters, hyphens for blanks."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _claim(number: int, heading: str) -> Claim:
    def claim(facts: Facts) -> Facts:
        headings = list(facts.headings)
        headings[number] = (heading, headings[number][1])
        return replace(facts, headings=tuple(headings))

    return claim


FIX = Fix("headings", "Parts bear the heading that the template gives them, in their own language.", (), _propose)
