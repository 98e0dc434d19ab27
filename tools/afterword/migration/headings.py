"""Headings: which of the parts a foreign heading opens, or belongs to."""

from __future__ import annotations

import re
from functools import lru_cache

from afterword import parts

# Folded headings of published templates and reports. They say more, less or something else than the name of the part
# that they belong to, so that they stay below it as they are.
_HOMES: dict[str, tuple[str, ...]] = {
    "summary": (
        "impact", "customer impact", "user impact", "business impact", "affected services", "what happened",
        "description", "incident summary", "incident description", "problem description", "background", "introduction",
        "abstract", "tl;dr", "tldr", "scope", "severity", "symptoms", "effects",
    ),
    "timeline": ("chronology", "sequence of events", "timeline of events", "event timeline", "incident timeline"),
    "detection": ("how was it detected", "how we found out", "discovery"),
    "root-cause": (
        "contributing factors", "contributing factor", "contributing factors (findings)", "cause", "causes", "trigger",
        "why did it happen", "what went wrong and why", "five whys", "5 whys", "the five whys", "analysis", "fault",
        "leadup", "lead-up", "technical details",
    ),
    "resolution": ("response", "mitigation", "fix", "workaround", "remediation", "how we fixed it", "solution"),
    "actions": (
        "action points", "next steps", "follow-up", "follow-ups", "follow up", "follow up actions", "todo",
        "preventive measures", "preventative measures", "prevention", "corrective measures", "remediation items",
        "improvements", "future improvements", "what we are doing about it",
    ),
    "lessons": (
        "what went well", "what went wrong", "what went poorly", "what could have gone better", "where we got lucky",
        "what we learned", "takeaways", "learnings", "key learnings", "lesson learned", "reflections",
    ),
    "communication": ("messaging", "external communication", "internal communication", "customer communication"),
    "attachments": (
        "references", "links", "resources", "appendix", "supporting information", "supporting materials", "screenshots",
        "graphs", "see also", "further reading",
    ),
    "notes": ("stats", "statistics", "metrics", "attendees", "participants", "responders", "q&a", "faq", "glossary"),
}  # fmt: skip
_BY_NAME = {name: part for part, names in _HOMES.items() for name in names}


@lru_cache(maxsize=4096)
def part_of(heading: str) -> str | None:
    """The key of the part that a heading opens or belongs to; ``None`` for one that belongs to none."""
    return parts.part_of(heading) or home_of(heading)


@lru_cache(maxsize=4096)
def home_of(heading: str) -> str | None:
    """The key of the part below which a heading of the source's own stands best; ``None`` if none suits."""
    name = re.sub(r"[*_`#]+", "", heading[:200]).strip().rstrip("?!:. ").casefold()
    name = re.sub(r"^(?:\d{1,3}|[ivx]{1,5})[.)]\s*", "", name)
    return _BY_NAME.get(" ".join(name.split()))
