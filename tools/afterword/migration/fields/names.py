"""Field names: what people call the things that a report states by name, in English, Portuguese and Vietnamese. Data.

Gathered from published templates and reports. Names are folded: small letters, one blank between words, no marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from afterword.migration.words import plain

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "incident title", "incident name", "título", "tiêu đề"),
    "summary": ("summary", "description", "incident summary", "tl;dr", "tldr", "resumo", "tóm tắt"),
    "severity": (
        "severity", "sev", "severity level", "incident severity", "severity/priority", "priority/severity",
        "sev level", "impact level", "severidade", "gravidade", "nível de severidade", "mức độ nghiêm trọng",
        "mức độ",
    ),
    "priority": ("priority", "incident priority", "prioridade", "độ ưu tiên"),
    "category": (
        "category", "root cause category", "cause category", "incident category", "classification",
        "root cause classification", "incident classification", "root cause type", "categoria",
        "categoria da causa raiz", "classificação", "phân loại",
    ),
    "services": (
        "service", "services", "service(s)", "affected service", "affected services", "affected service(s)",
        "service affected", "services affected", "service(s) affected", "impacted service", "impacted services",
        "services impacted", "affected system", "affected systems", "systems affected", "system", "systems",
        "affected component", "affected components", "components affected", "impacted components",
        "impacted systems", "component", "components", "product(s) affected", "affected products",
        "products/teams affected", "serviço", "serviços", "serviço afetado", "serviços afetados",
        "sistemas afetados", "dịch vụ", "dịch vụ bị ảnh hưởng", "hệ thống bị ảnh hưởng",
    ),
    "kind": ("kind", "type", "incident type", "type of incident", "report type", "event type"),
    "status": (
        "status", "postmortem status", "post-mortem status", "document status", "report status", "estado",
        "trạng thái",
    ),
    "published": (
        "published", "published on", "date published", "publication date", "publish date", "date of publication",
        "publicado em", "data de publicação", "ngày công bố",
    ),
    "author": (
        "author", "authors", "author(s)", "written by", "created by", "prepared by",
        "report author", "postmortem author", "postmortem owner", "post-mortem owner", "post-mortem author",
        "autor", "autores", "autor(es)", "tác giả", "người viết",
    ),
    "owner": ("owner", "owners", "owner(s)", "responsável", "người phụ trách"),
    "lead": ("lead", "tech lead", "technical lead", "incident lead", "líder técnico", "trưởng nhóm kỹ thuật"),
    "incident_commander": (
        "incident commander", "incident commander(s)", "ic", "commander", "incident manager",
        "comandante do incidente", "comandante de incidente", "chỉ huy sự cố",
    ),
    "reviewers": (
        "reviewer", "reviewers", "reviewer(s)", "reviewed by", "approved by", "approver", "approvers", "revisor",
        "revisores", "người duyệt",
    ),
    "users": (
        "users affected", "affected users", "number of users affected", "customers affected", "customers impacted",
        "users impacted", "affected customers", "impacted users", "impacted customers", "usuários afetados",
        "clientes afetados", "số người dùng bị ảnh hưởng",
    ),
    "requests_failed": (
        "requests failed", "failed requests", "number of failed requests", "requisições com falha",
    ),
    "downtime": ("downtime", "total downtime", "tempo de indisponibilidade", "thời gian ngừng hoạt động"),
    "organization": ("organization", "organisation", "company", "organização", "empresa", "công ty", "tổ chức"),
    "tags": ("tags", "tag", "keywords", "labels"),
}  # fmt: skip

_IDS: dict[str, tuple[str, ...]] = {
    "incident": (
        "incident id", "incident number", "incident #", "incident no", "incident no.", "incident ref",
        "incident reference", "id do incidente", "mã sự cố",
    ),
    "postmortem": ("postmortem id", "post-mortem id", "report id", "report number"),
    "ticket": ("ticket", "ticket id", "ticket number", "tracking ticket", "incident ticket"),
    "issue": ("issue", "issue number", "tracking issue", "incident issue", "github issue", "gitlab issue"),
    "jira": ("jira", "jira ticket", "jira issue", "jira key", "jira id"),
    "pagerduty": ("pagerduty", "pagerduty incident", "pagerduty id", "pager duty", "pd incident"),
    "opsgenie": ("opsgenie", "opsgenie alert", "opsgenie incident", "opsgenie id"),
    "servicenow": ("servicenow", "servicenow incident", "servicenow ticket", "snow ticket"),
    "statuspage": ("statuspage", "statuspage incident", "status page incident"),
    "bugzilla": ("bug", "bugzilla", "bugzilla bug"),
    "cve": ("cve", "cve id"),
}  # fmt: skip

MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names}
"""What a name stands for, by its folded form."""
IDS = {name: key for key, names in _IDS.items() for name in names}
"""The key of ``external_ids`` for names of ids in other tools."""

_WHEN = re.compile(
    r"(?:(?:incident|outage|impact|issue|event|fault|failure|problem|service|first|date|time|day|"
    r"customer|user|alert)(?:/time)? )?(?:was )?"
    r"(?:start(?:s|ed|ing)?|beg[aiu]n|begins|onset|end(?:s|ed)?|finish(?:ed)?|occur(?:s|red)|detected|detection|"
    r"noticed|discovered|discovery|acknowledged|declared|identified|mitigated|mitigation|resolved|recovered|recovery|"
    r"restored|repaired|fixed|closed|date|time|day|date/time|datetime|duration|from|until|till|to|when|held|reported)"
    r"(?: ?(?:at|on|date|time|when|day|timestamp|date/time|from|datetime|period|range|window))?"
    r"|(?:mean )?time to \w+(?: \w+)?|mtt[adirm]|tt[admr]|date (?:of|and time) ?(?:of )?(?:the )?\w*"
    r"|(?:total )?(?:outage|incident|impact|total) (?:duration|time|period|length)"
    r"|start[ /-]+end|(?:start|end)[_-]?(?:time|date)|report date|retro held|last modified|detection delay"
    r"|data(?:/hora)?(?: d[eo] \w+)?|in[ií]cio(?: d[eo] \w+)?|fim|t[eé]rmino|detectado(?: em)?|resolvido(?: em)?"
    r"|mitigado(?: em)?|dura[cç][aã]o|hora|ngày|thời gian(?: [^\W\d]+){0,3}|bắt đầu|kết thúc|phát hiện|khắc phục"
)
_MISC = frozenset(
    (
        "impact", "trigger", "detection", "resolution", "root cause", "root causes", "cause", "team", "teams",
        "responders", "participants", "attendees", "slack channel", "data loss", "customer data loss", "region",
        "environment", "network", "detected by", "detection method", "detection source", "discovered by", "noticed by",
        "found by", "reported by", "incident window", "outage window", "incident period", "outage period",
        "detectado por", "impacto",
        "causa raiz", "ảnh hưởng", "nguyên nhân",
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as the tables here have it: ``**Affected Services:**`` is ``affected services``."""
    return plain(name.replace("_", " ") if name.islower() else name).casefold().strip(" :.?*-–—")


@lru_cache(maxsize=4096)
def meaning(name: str) -> str | None:
    """What a field's name stands for: ``severity``, ``author``; ``None`` for names of no key."""
    return MEANINGS.get(folded(name))


@lru_cache(maxsize=4096)
def is_when(name: str) -> bool:
    """Whether a name asks for a day, a time or a duration."""
    bare = re.sub(r"\s?\([^()]{0,40}\)$", "", folded(name)[:80])
    return _WHEN.fullmatch(bare) is not None


@lru_cache(maxsize=4096)
def known(name: str) -> bool:
    """Whether a name is one that reports state things by, so that it needs no bold letters to be one."""
    small = folded(name)
    return small in MEANINGS or small in IDS or small in _MISC or is_when(name)
