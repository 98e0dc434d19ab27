"""Services whose telemetry is made here, so that what they counted is known exactly."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = 31
WINDOW = 30 * 1440
"""Minutes."""

SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: {name}
spec:
  service: {service}
  indicator:
    metadata:
      name: {name}
    spec:
      ratioMetric:
        counter: true
        bad:
          metricSource:
            type: Prometheus
            spec:
              query: {bad}
        total:
          metricSource:
            type: Prometheus
            spec:
              query: {total}
  timeWindow:
    - duration: {window}
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: Requests without an error
      target: {target}
"""


@dataclass(frozen=True, slots=True)
class Member:
    """A service: requests a minute, the share that fails, how many instances."""

    name: str
    rate: float
    errors: float
    instances: int = 2


MEMBERS = (
    Member("busy", 6_000, 0.0006),
    Member("middle", 240, 0.001, instances=3),
    Member("sparse", 0.35, 0.02, instances=1),
)


@dataclass(frozen=True, slots=True)
class Fleet:
    """The text of the telemetry, and what each service truly counted in the window: bad and total."""

    openmetrics: Path
    truth: Mapping[str, tuple[int, int]]


def write(folder: Path, at: datetime = AT, members: Sequence[Member] = MEMBERS, seed: int = 7) -> Fleet:
    """Simulates members until ``at``: a sample each minute, a reset of each first instance, a gap of 20 minutes."""
    chance = random.Random(seed)  # noqa: S311  # the same data at every run
    path, truth = folder / "fleet.om", {}
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("# TYPE http_requests counter\n")
        for member in members:
            lines, truth[member.name] = _member(member, int(at.timestamp()) // 60, chance)
            out.writelines(lines)
        out.write("# EOF\n")
    return Fleet(path, truth)


def _member(member: Member, end: int, chance: random.Random) -> tuple[list[str], tuple[int, int]]:
    first, since = end - DAYS * 1440, end - WINDOW
    bad = total = 0
    lines: list[str] = []
    for instance in range(member.instances):
        good_now = bad_now = 0
        good, failed = [], []
        for minute in range(first, end + 1):
            if instance == 0 and minute == end - 20 * 1440:
                good_now = bad_now = 0
            came = _drawn(member.rate / member.instances, chance)
            lost = sum(chance.random() < member.errors for _ in range(came)) if came < 5 else _drawn(
                came * member.errors * (300 if end - 4000 < minute < end - 3970 else 1), chance
            )  # fmt: skip
            good_now, bad_now = good_now + came - lost, bad_now + lost
            if minute > since:
                bad, total = bad + lost, total + came
            if not (instance == 0 and end - 14_400 <= minute < end - 14_380):
                good.append(f"{good_now} {minute * 60}")
                failed.append(f"{bad_now} {minute * 60}")
        for status, values in (("200", good), ("500", failed)):
            name = f'http_requests_total{{service="{member.name}",instance="{instance}",status="{status}"}}'
            lines += [f"{name} {value}\n" for value in values]
    return lines, (bad, total)


def _drawn(mean: float, chance: random.Random) -> int:
    """A whole number around a mean."""
    spread = mean * (0.5 + chance.random())
    whole = int(spread)
    return whole + (chance.random() < spread - whole)


def library(root: Path, services: Mapping[str, tuple[str, str]], window: str = "30d", target: float = 0.999) -> Path:
    """A library with one objective for each service, by its queries for bad and total events."""
    slos = root / "budgets" / "slos"
    slos.mkdir(parents=True)
    (root / "postmortems" / "incidents").mkdir(parents=True)
    names = "".join(f"  {name}: {{title: {name}, team: team}}\n" for name in services)
    (root / "afterword.yml").write_text(
        "schema: 1\nname: Fleet\nseverities:\n  SEV1: {title: Critical, description: All, critical: true}\n"
        "categories:\n  software: {title: Software, description: A fault}\n"
        f"teams:\n  team: {{title: Team}}\nservices:\n{names}",
        encoding="utf-8",
    )
    for name, (bad, total) in services.items():
        text = SLO.format(name=f"{name}-errors", service=name, bad=bad, total=total, window=window, target=target)
        (slos / f"{name}-errors.yaml").write_text(text, encoding="utf-8")
    return root


def queries(service: str, label: str = "status", more: str = "") -> tuple[str, str]:
    """The queries for failed and for all requests of a service."""
    return (
        f'http_requests_total{{service="{service}",{label}=~"5.."{more}}}',
        f'http_requests_total{{service="{service}"{more}}}',
    )
