"""Facts: what the questions of a scorecard look at: the postmortem, the text of its parts, the findings, the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from afterword import phrases
from afterword.findings import Finding, Level
from afterword.model import Kind, Postmortem, Status
from afterword.settings import Settings
from afterword.source import Source


@dataclass(frozen=True)
class Facts:
    """What is known of one postmortem. ``as_of`` is the clock; ``source`` is its text as it stands in the file."""

    postmortem: Postmortem
    source: Source
    findings: tuple[Finding, ...]
    settings: Settings
    as_of: datetime

    @cached_property
    def today(self) -> date:
        """The day of ``as_of`` in the library's zone."""
        return self.as_of.astimezone(self.settings.zone).date()

    @cached_property
    def _parts(self) -> dict[str, str]:
        sections = self.postmortem.body.sections
        ends = (*(section.span.line for section in sections[1:]), len(self.source.starts) + 1)
        found: dict[str, list[str]] = {}
        for section, end in zip(sections, ends, strict=False):  # without a heading there is one end too many
            if section.part and section.words:
                lines = (self.source.line(number) for number in range(section.span.line + 1, end))
                text = phrases.without_comments("\n".join(_without_fences(lines)))
                found.setdefault(section.part, []).append(text)
        return {part: "\n" + "\n".join(texts) for part, texts in found.items()}

    def part(self, key: str) -> str:
        """The text of a part, without comments and blocks of code; empty when it is missing or has no words."""
        return self._parts.get(key, "")

    def about(self, claims: Iterable[str], level: Level = Level.WARNING) -> tuple[Finding, ...]:
        """The findings whose codes begin so, of a level or above."""
        wanted = tuple(claims)
        return tuple(item for item in self.findings if item.code.startswith(wanted) and item.level.at_least(level))

    @property
    def is_incident(self) -> bool:
        """Neither a near-miss nor a drill."""
        return self.postmortem.kind is Kind.INCIDENT

    @property
    def is_draft(self) -> bool:
        """Whether it has not been handed in for review."""
        return self.postmortem.status is Status.DRAFT

    @property
    def is_minor(self) -> bool:
        """Whether its severity asks for less. One without a severity is judged as a severe one."""
        return self.postmortem.severity in self.settings.minor

    @property
    def is_severe(self) -> bool:
        """Whether it is our own and an incident of a severity that asks for everything."""
        return self.postmortem.is_internal and self.is_incident and not self.is_minor


def _without_fences(lines: Iterable[str]) -> Iterator[str]:
    """Lines outside of fenced code."""
    fence = ""
    for line in lines:
        mark = line.lstrip()[:3]
        if fence:
            fence = "" if mark == fence else fence
        elif mark in ("```", "~~~"):
            fence = mark
        else:
            yield line
