"""Parts: the headings of a postmortem, in the languages that are recognised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Part:
    """A level-2 heading: its key, its name in English, what counts as the same, and what to write there."""

    key: str
    title: str
    names: tuple[str, ...]
    guidance: str


PARTS: tuple[Part, ...] = (
    Part("summary", "Executive summary",
         ("summary", "issue summary", "overview", "resumo executivo", "resumo", "tóm tắt điều hành", "tóm tắt"),
         "Two or three paragraphs that somebody outside the team understands: what users saw, how many of them "
         "(number and share), for how long, which objective was missed, how much of the budget it used, what it "
         "cost the business."),
    Part("timeline", "Timeline", ("incident timeline", "linha do tempo", "cronologia", "dòng thời gian"),
         "One row per event, in order. Name the zone once in the heading of the table. What happened, and what was "
         "done about it."),
    Part("detection", "Detection", ("detecção", "phát hiện"),
         "How it was noticed and by whom or what, how long that took, which alert fired or should have."),
    Part("root-cause", "Root cause",
         ("root causes", "root cause analysis", "root cause(s)", "causa raiz", "nguyên nhân gốc rễ", "nguyên nhân"),
         "Five whys down to something that the system lets you change; then the statement in one sentence; then "
         "what else contributed."),
    Part("resolution", "Resolution",
         ("resolution and recovery", "mitigation and resolution", "recovery", "resolução", "khắc phục"),
         "What made users well again, what ended the incident, and how that was verified, as a list to tick off."),
    Part("budget", "Error-budget impact",
         ("error budget impact", "error budget", "impacto no orçamento de erro", "impacto no orçamento de erros",
          "ảnh hưởng đến ngân sách lỗi"),
         "The budget before, during and after; whether deploys were stopped."),
    Part("actions", "Action items",
         ("actions", "action item", "corrective actions", "itens de ação", "ações", "hành động khắc phục",
          "hành động"),
         "The actions stand in the front matter, where they are counted; the site draws them here. Three horizons: "
         "short (1–2 days), medium (1–2 weeks), long (1–3 months)."),
    Part("lessons", "Lessons learned",
         ("lessons", "lições aprendidas", "bài học kinh nghiệm", "bài học"),
         "What worked, what did not work, where we were lucky."),
    Part("process", "Process improvements",
         ("process improvement", "melhorias de processo", "melhorias no processo", "cải tiến quy trình"),
         "Monitoring, documentation, automation, architecture: what changes beyond this one incident."),
    Part("communication", "Communication", ("communications", "comunicação", "truyền thông"),
         "Who was told, through which channel, and when."),
    Part("sensitive", "Sensitive information",
         ("sensitive", "confidential", "informações sensíveis", "informação sensível", "thông tin nhạy cảm"),
         "Links only: the history of git cannot forget."),
    Part("attachments", "Attachments", ("anexos", "tài liệu đính kèm", "đính kèm"),
         "Dashboards, logs, pull requests, screenshots."),
    Part("approvals", "Approvals", ("approval", "aprovações", "aprovação", "phê duyệt"),
         "Remarks only: approvals stand in the front matter, and the site shows them at the head of the page."),
    Part("notes", "Notes", ("notas", "observações", "ghi chú"), "Anything that has no other place."),
)  # fmt: skip

BY_KEY = {part.key: part for part in PARTS}


def _fold(text: str) -> str:
    """Without case, number in front, remark in brackets or closing punctuation."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"[*_`#]+", "", text).replace("–", "-")
    text = re.sub(r"^\s*(?:\d{1,3}|[ivxl]{1,6})[.):]\s*", "", text)
    text = re.sub(r"\([^()]{0,80}\)\s*$", "", text)
    return " ".join(text.strip(" :.-").split())


_WIDER = {
    "corrective and preventive actions": "actions",
    "corrective and preventive measures": "actions",
    "corrective and preventative measure": "actions",
    "corrective and preventative measures": "actions",
    "lessons learned and future improvements": "lessons",
}
"""Headings that open a part and say more than its name, so that its name cannot stand in their place."""

_KEYS = {_fold(name): part.key for part in PARTS for name in (part.title, *part.names)} | _WIDER


@lru_cache(maxsize=4096)
def part_of(heading: str) -> str | None:
    """The key of the part that a heading opens, or ``None`` for a heading of the author's own.

    What follows a bracket says more about the same part: ``Timeline (UTC), all times approximate``.
    """
    heading = heading[:200]
    found = _KEYS.get(_fold(heading))
    before, bracket, _ = heading.partition("(")
    return _KEYS.get(_fold(before)) if found is None and bracket else found
