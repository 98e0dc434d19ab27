"""Checking: what the reader found and what the rules find, less what is silenced with a reason."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache

from afterword.errors import AfterwordError, SettingsError
from afterword.findings import Finding, Level, in_order
from afterword.library import Library
from afterword.markdown import Suppression
from afterword.model import Postmortem, Telemetry
from afterword.record import Record
from afterword.rules import BY_NAME, RULES
from afterword.rules.base import Context, Rule, Scope
from afterword.rules.structure.suppression import RULE as SUPPRESSION


@dataclass(frozen=True, slots=True)
class Report:
    """What a check has to say. ``files`` counts the files reported on, ``suppressed`` the silenced findings."""

    as_of: datetime
    findings: tuple[Finding, ...]
    files: int
    suppressed: int = 0

    def count(self, level: Level) -> int:
        """How many findings have a level."""
        return sum(finding.level is level for finding in self.findings)

    def fails(self, at: Level = Level.ERROR) -> bool:
        """Whether a finding weighs as much as ``at`` or more."""
        return any(finding.level.at_least(at) for finding in self.findings)

    def of(self, path: str) -> tuple[Finding, ...]:
        """The findings of one file."""
        return tuple(finding for finding in self.findings if finding.path == path)


def check(  # noqa: PLR0913  # each is one thing that a caller may narrow or add, by its name
    library: Library,
    as_of: datetime,
    *,
    paths: Collection[str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    exists: Callable[[str], bool] | None = None,
    telemetry: Telemetry | None = None,
    beside: Collection[Finding] = (),
    others: Collection[str] = (),
) -> Report:
    """Judges a library as of an instant.

    ``paths`` (files or folders of the library, with ``/``) restricts the report; rules still see all files.
    ``select`` and ``ignore`` take codes, beginnings of codes (``AW5``) and names. What keeps a file from being
    judged at all is always reported. ``exists`` tells whether a path of the library is on the disk; ``telemetry`` is
    what the committed snapshots say of incidents. ``others`` are the library's other files that were read, and
    ``beside`` is what their readers found; it is silenced by the settings alone.
    Raises ``AfterwordError`` for a code or path that is not known.
    """
    chosen = choose(select, ignore)
    _refuse_unknown_ignores(library)
    wanted = None if paths is None else {path.strip("/").removeprefix("./") for path in paths}
    records = _records(library, wanted, others)
    read = [path for path in others if wanted is None or _within(path, wanted)]
    context = Context(library, as_of, cache(exists or _on_disk(library)), telemetry)
    active = tuple(rule for code, rule in RULES.items() if code in chosen and rule.check)
    found: list[Finding] = []
    suppressed = 0
    for record in records:
        kept, silent = _judge(record, context, active, chosen)
        found += kept
        suppressed += silent
    kept, silent = _overall(context, [item for item in beside if wanted is None or _within(item.path, wanted)], chosen,
                            rules=wanted is None)  # fmt: skip
    found += kept
    suppressed += silent
    return Report(as_of, tuple(in_order(found)), len(records) + len(read), suppressed)


def _within(path: str, wanted: Collection[str]) -> bool:
    """Whether a file is one of those that are meant, or lies in a folder that is."""
    return any(item in ("", ".", path) or path.startswith(f"{item}/") for item in wanted)


def _on_disk(library: Library) -> Callable[[str], bool]:
    # not Path.exists: before Python 3.12 that raises for a name that is too long
    return lambda path: os.path.exists(library.root / path)  # noqa: PTH110


def choose(select: Collection[str] = (), ignore: Collection[str] = ()) -> frozenset[str]:
    """The codes that ``select`` (all when empty) names and ``ignore`` does not. Raises ``AfterwordError``."""
    wanted = frozenset(code for token in select for code in _codes(token)) if select else frozenset(RULES)
    return wanted - frozenset(code for token in ignore for code in _codes(token))


def _codes(token: str) -> list[str]:
    if token in BY_NAME:
        return [BY_NAME[token].code]
    upper = token.upper()
    found = [code for code in RULES if code.startswith(upper)] if upper.startswith("AW") else []
    if not found:
        raise AfterwordError(f"there is no rule “{token}”", _near(token))
    return found


def _near(token: str) -> str:
    # names are words that may be mistyped; between two codes a digit more or less means nothing
    near = get_close_matches(token.lower(), BY_NAME, 1, 0.6) or get_close_matches(token.upper(), RULES, 1, 0.8)
    return f"Did you mean `{near[0]}`?" if near else "See them all with `afterword rules`."


def _refuse_unknown_ignores(library: Library) -> None:
    for entry in library.settings.ignored:
        if entry.code not in BY_NAME and entry.code not in RULES:
            raise SettingsError(f"afterword.yml: check.ignore names “{entry.code}”, no rule", _near(entry.code))


def _records(library: Library, wanted: Collection[str] | None, others: Collection[str]) -> tuple[Record, ...]:
    if wanted is None:
        return library.records
    known = library.paths | set(others)
    for path in wanted:
        if path not in known and not any(_within(item, (path,)) for item in known):
            raise AfterwordError(
                f"{path} is no postmortem of this library, nor a folder of some",
                "Postmortems lie below postmortems/incidents/ and end in .md.",
            )
    return tuple(record for record in library.records if _within(record.path, wanted))


def _judge(
    record: Record, context: Context, active: Iterable[Rule], chosen: frozenset[str]
) -> tuple[list[Finding], int]:
    """The findings of one file that are left, and how many were silenced."""
    postmortem = record.postmortem
    if postmortem is None:  # judged by nobody: an error says why and is never hidden
        return [item for item in record.findings if item.code in chosen or item.level is Level.ERROR], 0
    found = [item for item in record.findings if item.code in chosen]
    for rule in active:
        if rule.check:
            found += rule.check(postmortem, context)
    if not postmortem.body.suppressions and not context.settings.ignored:
        return found, 0
    silencers = [item for item in postmortem.body.suppressions if item.reason and _silences(item)]
    kept = [item for item in found if not _silenced(item, silencers, context)]
    count = len(found) - len(kept)
    if SUPPRESSION.code in chosen:
        kept += _remarks(postmortem, found, chosen)
    return kept, count


def _overall(
    context: Context, beside: Collection[Finding], chosen: frozenset[str], *, rules: bool
) -> tuple[list[Finding], int]:
    """What is found in the library as a whole and in its other files, and how much of it the settings silence."""
    active = [rule for code, rule in RULES.items() if code in chosen and rule.overall] if rules else []
    found = [finding for rule in active if rule.overall for finding in rule.overall(context)]
    found += [finding for finding in beside if finding.code in chosen or finding.code.startswith("AW0")]
    kept = [finding for finding in found if not _silenced(finding, (), context)]
    return kept, len(found) - len(kept)


def _silences(suppression: Suppression) -> str | None:
    """The code that a comment silences; ``None`` when there is no such rule or it cannot be silenced."""
    rule = BY_NAME.get(suppression.code) or RULES.get(suppression.code.upper())
    return rule.code if rule and not _is_deaf(rule.code) else None


def _is_deaf(code: str) -> bool:
    """How a file is read is no matter of taste, and a comment cannot excuse itself."""
    return code.startswith("AW0") or code == SUPPRESSION.code


def _silenced(finding: Finding, silencers: Iterable[Suppression], context: Context) -> bool:
    if _is_deaf(finding.code):
        return False
    if any(_silences(item) == finding.code for item in silencers):
        return True
    return any(entry.covers(finding) for entry in context.settings.ignored)


def _remarks(postmortem: Postmortem, found: Iterable[Finding], chosen: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the comments themselves."""
    counts = Counter(finding.code for finding in found)
    for item in postmortem.body.suppressions:
        code = _silences(item)
        if code is None:
            rule = BY_NAME.get(item.code) or RULES.get(item.code.upper())
            message = f"{rule.code} cannot be silenced" if rule else f"there is no rule “{item.code}” to ignore"
            hint = "Remove the comment." if rule else _near(item.code)
            yield SUPPRESSION.finding(postmortem, item.span, message, hint)
        elif not item.reason:
            hint = f"Say why: `<!-- afterword: ignore {item.code} the reason -->`."
            yield SUPPRESSION.finding(postmortem, item.span, f"{item.code} is ignored without a reason", hint)
        elif not counts[code] and code in chosen and RULES[code].scope is not Scope.CLOCK:
            # what the clock finds comes and goes: only for the others is a comment without effect a leftover
            message = f"{item.code} finds nothing here, so nothing is ignored"
            yield SUPPRESSION.finding(postmortem, item.span, message, "Remove the comment.", Level.HINT)
