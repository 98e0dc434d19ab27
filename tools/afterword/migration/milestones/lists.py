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
    for name, meant in _NAMES.items():
        text = text.replace(f"{{{name}}}", f"({meant})")
    return re.compile(rf"(?<!\w)(?:{_OPEN.sub('(?:', text)})(?!\w)")
