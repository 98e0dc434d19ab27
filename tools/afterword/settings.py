"""Settings: ``afterword.yml``, typed. The words of a library: severities, categories, services, teams, targets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from afterword import marks, validation, yamltree
from afterword.errors import LibraryNotFoundError, SettingsError
from afterword.findings import Finding
from afterword.source import MAX_BYTES, decode
from afterword.timing import parse_as_of, parse_date, zone_of

FILE = "afterword.yml"
_INSIDE = re.compile(r"(?!/|[A-Za-z]:)(?!.*\.\.)[^\\]+\Z")
"""What the schema takes for the name of a file below the library; it is read before the schema is asked."""
_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Severity:
    """One severity. ``critical`` ones ask for the full postmortem.

    ``due_within_days``: how long an action may take from the day it was agreed; ``None``: as long as the longest
    horizon. ``approvals``: the roles that a published postmortem asks for.
    """

    key: str
    title: str
    description: str = ""
    critical: bool = False
    due_within_days: int | None = None
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One root-cause category."""

    key: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service and the team that runs it."""

    key: str
    title: str
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """What the measures are held against."""

    time_to_postmortem_days: int = 7
    time_to_restore_minutes: int = 60
    action_completion: float = 0.9
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Horizons:
    """How many days an action of each horizon may take, from the day it was agreed to the day it is due."""

    short: int = 2
    medium: int = 14
    long: int = 92

    def days(self, name: str | None) -> int | None:
        """The days of a horizon; ``None`` for an action without one."""
        return {"short": self.short, "medium": self.medium, "long": self.long}.get(name or "")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A rule that does not apply to some files, and why."""

    code: str
    reason: str
    paths: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether this entry silences a finding."""
        if self.code not in (finding.code, finding.name):
            return False
        return not self.paths or any(fnmatchcase(finding.path, pattern) for pattern in self.paths)


@dataclass(frozen=True, slots=True)
class Confidential:
    """What this library keeps to itself, and what it does not.

    ``customers`` are names; ``hosts`` ends of internal host names (``*.int.shop.org``); ``allowed`` what anybody may
    read: e-mail addresses and their domains as globs, IP addresses and networks.
    """

    customers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """All of ``afterword.yml``. ``digest`` names its content."""

    severities: MappingABC[str, Severity]
    categories: MappingABC[str, Category]
    teams: MappingABC[str, str] = field(default_factory=dict)
    services: MappingABC[str, Service] = field(default_factory=dict)
    targets: Targets = field(default_factory=Targets)
    name: str = "Incident library"
    description: str = ""
    organization: str = ""
    example: bool = False
    repository: str | None = None
    branch: str = "main"
    zone: tzinfo = UTC
    as_of: datetime | None = None
    holidays: frozenset[date] = frozenset()
    ignored: tuple[Ignored, ...] = ()
    horizons: Horizons = field(default_factory=Horizons)
    confidential: Confidential = field(default_factory=Confidential)
    digest: str = ""

    @cached_property
    def minor(self) -> tuple[str, ...]:
        """Severities that ask for less, sorted."""
        return tuple(sorted(key for key, severity in self.severities.items() if not severity.critical))

    def category_title(self, key: str | None) -> str:
        """A category's name for readers."""
        if key is None or key not in self.categories:
            return "Unknown" if key in (None, "unknown") else str(key)
        return self.categories[key].title

    def service_title(self, key: str) -> str:
        """A service's name for readers; foreign services are their own name."""
        return self.services[key].title if key in self.services else key

    def teams_of(self, services: tuple[str, ...]) -> tuple[str, ...]:
        """The teams that run some services, each once, sorted."""
        found = {self.services[key].team for key in services if key in self.services}
        return tuple(sorted(team for team in found if team))

    def due_within(self, severity: str | None) -> int:
        """Days within which the actions of a severity are due; without a limit of its own, the longest horizon."""
        found = self.severities.get(severity or "")
        return found.due_within_days if found and found.due_within_days is not None else self.horizons.long

    def last_day(self, start: date, days: int) -> date:
        """The day ``days`` after ``start``; from a weekend or holiday on to the next business day."""
        day = start + timedelta(min(days, (date.max - start).days))
        while (day.weekday() > 4 or day in self.holidays) and day < date.max:
            day += timedelta(1)
        return day

    def severity_rank(self, key: str | None) -> int:
        """0 for the worst; unknown ones come last."""
        order = list(self.severities)
        return order.index(key) if key in order else len(order)


def find_root(start: Path) -> Path:
    """The folder at or above ``start`` that holds ``afterword.yml``. Raises ``LibraryNotFoundError``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise LibraryNotFoundError(
        f"no {FILE} in {start} or above it",
        "Change into a library, or make one with `afterword init`.",
    )


def load(root: Path, *, judged: Callable[[str], bool] = lambda _: False) -> Settings:
    """The settings of the library at ``root``. Raises ``SettingsError`` with the place of the first fault.

    ``judged`` tells by their digest whether these very settings have been held against the schema before.
    """
    try:
        data = (root / FILE).read_bytes()
    except OSError as error:
        raise SettingsError(f"{FILE} cannot be read: {error.strerror or error}") from error
    return read(root, data, judged=judged)


def read(root: Path, data: bytes, *, judged: Callable[[str], bool] = lambda _: False) -> Settings:
    """The settings that ``data`` would be in the library at ``root``. Raises ``SettingsError``, as ``load`` does."""
    source, findings = decode(FILE, data)
    if source is None:
        raise _fault(findings)
    node, findings = yamltree.parse(source)
    if node is None or findings:
        raise _fault(findings) if findings else SettingsError(f"{FILE}: no settings in it")
    raw = yamltree.plain(node)
    customers = _customers(root, raw)
    # what was read with another list of names is read again
    digest = hashlib.sha256(b"\n".join([data, *(name.encode() for name in customers)])).hexdigest()
    faults = [] if judged(digest) else validation.validate(validation.validator("settings"), FILE, node)
    if faults:
        raise _fault(faults)
    if not isinstance(raw, dict):
        raise SettingsError(f"{FILE}: settings must be a mapping")
    return _build(raw, digest, marks.spans(node), customers)


def _customers(root: Path, raw: Any) -> tuple[str, ...]:
    """The names of the file that the settings name; none where it is not there, as in a checkout for everybody."""
    known = raw.get("confidential") if isinstance(raw, dict) else None
    name = known.get("customers_file") if isinstance(known, dict) else None
    if not isinstance(name, str) or not _INSIDE.match(name):  # nothing, or what the schema is about to refuse
        return ()
    try:
        lines = _within(root, name).decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SettingsError(f"{FILE}: {name}, the list of customers, cannot be read: {reason}") from error
    return tuple(sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")}))


def _within(root: Path, name: str) -> bytes:
    """The bytes of a file of the library. Raises ``OSError``.

    Whoever proposes settings must not learn what another file of the machine says, nor keep the check waiting.
    """
    place = root / name
    if not place.resolve().is_relative_to(root.resolve()):
        raise OSError(None, "it leads out of the library")
    if place.exists() and not place.is_file():
        raise OSError(None, "it is no ordinary file")
    with place.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(None, f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    return data


def _build(raw: dict[str, Any], digest: str, spans: dict[str, Any], customers: tuple[str, ...] = ()) -> Settings:
    try:
        zone = zone_of(raw.get("time_zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        span = spans["time_zone"]
        raise SettingsError(
            f"{FILE}:{span.line}:{span.column}: time_zone “{raw['time_zone']}” is not known here",
            "Use an IANA name such as Europe/Lisbon, or UTC. (On Windows: pip install tzdata.)",
        ) from error
    teams = {key: value["title"] for key, value in raw.get("teams", {}).items()}
    return Settings(
        severities={key: _severity(key, value) for key, value in raw["severities"].items()},
        categories={key: Category(key, **value) for key, value in raw["categories"].items()},
        teams=teams,
        services=_services(raw.get("services", {}), teams, spans),
        targets=Targets(**raw.get("targets", {})),
        name=raw.get("name", "Incident library"),
        description=raw.get("description", ""),
        organization=raw.get("organization", ""),
        example=raw.get("example", False),
        repository=raw.get("repository"),
        branch=raw.get("branch", "main"),
        zone=zone,
        as_of=parse_as_of(raw["as_of"]) if raw.get("as_of") else None,
        holidays=frozenset(day for day in map(parse_date, raw.get("holidays", [])) if day),
        ignored=tuple(
            Ignored(entry["code"], entry["reason"], tuple(entry.get("paths", ())))
            for entry in raw.get("check", {}).get("ignore", [])
        ),
        horizons=Horizons(**raw.get("check", {}).get("horizons", {})),
        confidential=_confidential(raw.get("confidential", {}), customers),
        digest=digest,
    )


def _confidential(raw: dict[str, Any], customers: tuple[str, ...]) -> Confidential:
    names = tuple(sorted({*raw.get("customers", ()), *customers}))
    return Confidential(names, tuple(raw.get("hosts", ())), tuple(raw.get("allowed", ())))


def _severity(key: str, raw: dict[str, Any]) -> Severity:
    return Severity(key, **{**raw, "approvals": tuple(raw.get("approvals", ()))})


def _services(raw: dict[str, Any], teams: dict[str, str], spans: dict[str, Any]) -> dict[str, Service]:
    """Services by key. Raises ``SettingsError`` for one whose team is not known."""
    found = {key: Service(key, value["title"], value.get("team")) for key, value in raw.items()}
    for key, service in found.items():
        if service.team is not None and service.team not in teams:
            span = spans[f"services/{key}/team"]
            raise SettingsError(
                f"{FILE}:{span.line}:{span.column}: team “{service.team}” of service “{key}” is not under teams",
                f"Known: {', '.join(teams) or 'none'}.",
            )
    return found


def _fault(findings: list[Finding]) -> SettingsError:
    first = findings[0]
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    message = first.message
    if message.startswith("confidential"):  # a list that is written wrongly is as confidential as any
        message = _QUOTED.sub("“…”", message)
    return SettingsError(f"{FILE}:{first.span.line}:{first.span.column}: {message}{more}", first.hint)
