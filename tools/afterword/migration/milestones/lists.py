"""Lists: words as data. One pattern a line, matched as whole words in small letters; ``{name}`` stands for others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Strength = Literal[1, 2, 3]

_NAMES = {
    # what an incident is called
    "trouble": (
        "outage|incident|disruption|downtime|impact|problem|issue|degradation|failures?|errors?|attack|"
        "interrup[cç][aã]o|incidente|indisponibilidade|impacto|problema|falhas?|erros?|sự cố|gián đoạn|ảnh hưởng|lỗi"
    ),
    # who may notice
    "people": (
        "users?|customers?|clients?|tenants?|developers?|engineers?|teams?|members?|colleagues?|employees?|people|"
        "researchers?|support|vendor|partners?|merchants?|staff|admins?|contributors?|someone|somebody|on-?call"
    ),
    # who uses it
    "users": (
        "(end[ -]?)?users?|customers?|clients?|merchants?|subscribers?|visitors?|clientes?|usuári[oa]s?|"
        "khách hàng|người dùng"
    ),
    # who works on it
    "staff": (
        "engineers?|developers?|employees?|colleagues?|(?<!community )members?|"
        "staff|teams?|on-?call|sre|devops|operators?|support|"
        "admins?|administrators?|engenheir[oa]s?|desenvolvedor(es|a)?|colegas?|equipe|kỹ sư|nhân viên"
    ),
    # whose service it is, or who looks for weaknesses
    "others": (
        "vendors?|providers?|suppliers?|researchers?|security firm|auditors?|third[ -]party|aws|amazon|google|azure|"
        "microsoft|github|gitlab|cloudflare|fastly|okta|(the |a |our )?bank|financial institution|fornecedor(es)?|"
        "pesquisador(es)?|nhà cung cấp|nhà nghiên cứu"
    ),
    # how people say it
    "say": (
        "report(s|ed|ing)?|complain(s|ed|ing)?|notif(y|ies|ied|ying)|inform(s|ed|ing)?|alert(s|ed)|contact(s|ed)|"
        "rais(es|ed)|flag(s|ged)|reach(es|ed|ing) out|post(s|ed)|wrote|writes|warn(s|ed)|sen[dt]s?|submit(s|ted)|"
        "call(s|ed)|disclosed|"
        "relat(a|am|ou|aram)|reclam(a|am|ou|aram)|inform(a|am|ou|aram)|avis(a|am|ou|aram)|báo|phản ánh"
    ),
    # how they look for what nobody has noticed
    "inspection": (
        "((ad-?hoc|routine|manual|internal|regular|periodic|scheduled|code|security|log) )+(\\S+ ){0,3}?"
        "(inspections?|reviews?|audits?|checks?|sweeps?|tests?|testing|maintenance)"
    ),
    # they did it, and nobody told them
    "active": "(?!(\\S+ )?(was|were|is|are|got|gets|been|being) )",
    # what works again
    "thing": (
        "services?|systems?|web ?sites?|site|apis?|app|application|platform|cluster|nodes?|pods?|traffic|access|"
        "functionality|everything|all|operations?|production|prod|servers?|databases?|logins?|launches|performance|"
        "metrics?|connectivity|requests|queue|availability|responses?|status|pages?|things|hubs?|users?|deployments?"
    ),
}
_OPEN = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that say a milestone. ``why``: what makes them so.

    ``strength``: 3 names the milestone, 2 amounts to it; 1 may be it, and counts only where a stated duration agrees.
    """

    strength: Strength
    why: str
    words: str


def pattern(*lists: str) -> re.Pattern[str]:
    """The words of lists as one pattern. Groups capture nothing."""
    lines = [line.strip() for words in lists for line in words.splitlines() if line.strip()]
    text = "|".join(lines)
    for name, meant in _NAMES.items():  # none of them holds another
        text = text.replace(f"{{{name}}}", f"({meant})")
    return re.compile(rf"(?<!\w)(?:{_OPEN.sub('(?:', text)})(?!\w)")
