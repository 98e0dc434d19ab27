"""Silencing: what comments and settings excuse, and what is wrong with the comments themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from afterword.errors import SettingsError
from afterword.findings import MOST, Finding, Level
from afterword.markdown import Suppression
from afterword.model import Postmortem
from afterword.rules import BY_NAME, RULES
from afterword.rules.base import Scope
from afterword.rules.structure.suppression import RULE as SUPPRESSION
from afterword.selection import near
from afterword.settings import Settings


def refuse_unknown(settings: Settings) -> None:
    """Raises ``SettingsError`` where the settings silence what is no rule."""
    for entry in settings.ignored:
        if entry.code not in BY_NAME and entry.code not in RULES:
            raise SettingsError(f"afterword.yml: check.ignore names “{entry.code}”, no rule", near(entry.code))


def silences(suppression: Suppression) -> str | None:
    """The code that a comment silences; ``None`` when there is no such rule or it cannot be silenced."""
    rule = BY_NAME.get(suppression.code) or RULES.get(suppression.code.upper())
    return rule.code if rule and not _is_deaf(rule.code) else None


def _is_deaf(code: str) -> bool:
    """How a file is read is no matter of taste, and a comment cannot excuse itself."""
    return code.startswith("AW0") or code == SUPPRESSION.code


def is_silenced(finding: Finding, silencers: Collection[str], settings: Settings) -> bool:
    """Whether a finding is silenced: by the settings, or by its file, whose comments name the codes ``silencers``."""
    if _is_deaf(finding.code):
        return False
    if finding.code in silencers:
        return True
    return any(entry.covers(finding) for entry in settings.ignored)


def remarks(postmortem: Postmortem, found: Iterable[Finding], chosen: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the comments themselves."""
    counts = Counter(finding.code for finding in found)
    for number, item in enumerate(postmortem.body.suppressions):
        code = silences(item)
        if code is None:
            rule = BY_NAME.get(item.code) or RULES.get(item.code.upper())
            message = f"{rule.code} cannot be silenced" if rule else f"there is no rule “{item.code}” to ignore"
            hint = "Remove the comment." if rule or number >= MOST else near(item.code)
            yield SUPPRESSION.finding(postmortem, item.span, message, hint)
        elif not item.reason:
            hint = f"Say why: `<!-- afterword: ignore {item.code} the reason -->`."
            yield SUPPRESSION.finding(postmortem, item.span, f"{item.code} is ignored without a reason", hint)
        elif not counts[code] and code in chosen and RULES[code].scope is not Scope.CLOCK:
            # what the clock finds comes and goes: only for the others is a comment without effect a leftover
            message = f"{item.code} finds nothing here, so nothing is ignored"
            yield SUPPRESSION.finding(postmortem, item.span, message, "Remove the comment.", Level.HINT)
