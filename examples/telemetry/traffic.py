"""Traffic: what each service did in each minute. A day depends on nothing but its date and the effects on it.

Only sums, products and ``Random.random`` are used, so that the same day has the same numbers on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from effects import Effect, History, minute_of

DAY = 1440
"""Minutes."""

HOURS = (0.45, 0.30, 0.22, 0.20, 0.22, 0.30, 0.45, 0.65, 0.85, 0.98, 1.10, 1.20,
         1.30, 1.25, 1.20, 1.25, 1.35, 1.50, 1.70, 1.90, 2.00, 1.70, 1.20, 0.75)  # fmt: skip
"""Share of the daily mean at the start of each hour, UTC."""
WEEKDAYS = (1.0, 0.97, 0.96, 0.97, 0.95, 1.05, 1.1)
"""Share of the weekly mean, from Monday on."""

BOUNDS = ("0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "+Inf")
"""Upper bounds of the histogram's buckets, in seconds."""
QUICK = (0.55, 0.30, 0.15)
"""Shares of the first three buckets among requests within half a second."""
SLOW = (0.50, 0.30, 0.15, 0.05)
"""Shares of the other four among slower ones."""
GOOD_STARS = (0.02, 0.02, 0.05, 0.36, 0.55)
"""Shares of one to five stars: 4.4 on average."""
POOR_STARS = (0.25, 0.20, 0.18, 0.14, 0.23)
"""The same while the assistant looked nothing up: 2.9."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service's usual day. ``rate``: events a second, on average over a week; ``errors`` and ``slow`` are shares.

    ``kind``: requests, ratings or orders. ``probed``: whether health probes ask it.
    """

    name: str
    rate: float
    kind: str = "requests"
    errors: float = 0.0
    slow: float = 0.0
    not_found: float = 0.0
    probed: bool = False
    timed: bool = False


SERVICES = (
    Service("assistant", 0.017, kind="ratings"),
    Service("catalog", 30.0, errors=0.00010, slow=0.014, not_found=0.01, timed=True),
    Service("checkout", 9.6, errors=0.00006, slow=0.006, not_found=0.001, probed=True, timed=True),
    Service("orders", 0.35, kind="orders"),
    Service("storefront", 43.0, errors=0.00005, not_found=0.02, probed=True),
)
REGIONS = ("eu-north", "eu-west", "us-east")
"""Where probes are sent from."""
PROBE_FAILS = 0.00003
"""Share of probes that fail for no reason of ours."""


@dataclass
class Minutes:
    """Counts for each minute of a day, by their label: code, bucket, stars. ``probes``: 0 or 1 by region."""

    codes: dict[str, list[int]] = field(default_factory=dict)
    buckets: list[list[int]] = field(default_factory=list)
    probes: dict[str, list[int]] = field(default_factory=dict)


class _Whole:
    """Turns expected numbers into whole ones that add up: what is left over is carried to the next minute."""

    def __init__(self) -> None:
        self.left = 0.0

    def take(self, expected: float) -> int:
        self.left += expected
        whole = int(self.left)
        self.left -= whole
        return whole


def usual(service: Service, minute: int) -> float:
    """Events expected in a minute without any effect."""
    day, rest = divmod(minute, DAY)
    hour, part = divmod(rest, 60)
    share = HOURS[hour] + (HOURS[(hour + 1) % 24] - HOURS[hour]) * part / 60
    return service.rate * 60 * share * WEEKDAYS[(day + 3) % 7]  # 1970-01-01 was a Thursday


def day(service: Service, first: int, history: History) -> Minutes:
    """The day that begins with the minute ``first``."""
    effects = history.of(service.name, first, first + DAY)
    date = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=first)).date()
    chance = random.Random(f"{service.name} {date}")  # noqa: S311  # the same day has to come out the same
    minutes = Minutes()
    if service.kind == "requests":
        _requests(service, first, effects, chance, minutes)
    elif service.kind == "ratings":
        _ratings(service, first, effects, chance, minutes)
    else:
        _orders(service, first, effects, chance, minutes)
    if service.probed:
        _probes(first, effects, chance, minutes)
    return minutes


def _noise(chance: random.Random) -> float:
    """About 1, give or take a few hundredths."""
    return 1 + (chance.random() + chance.random() + chance.random() - 1.5) * 0.06


def _requests(service: Service, first: int, effects: Sequence[Effect], chance: random.Random, minutes: Minutes) -> None:
    failing = {str(item.code) for item in effects if item.failed or item.all_fail}
    codes = sorted({"200", "404", "500", "503"} | failing)
    minutes.codes = {code: [0] * DAY for code in codes}
    minutes.buckets = [[0] * DAY for _ in BOUNDS] if service.timed else []
    whole = {name: _Whole() for name in ("all", "404", "500", "slow", *BOUNDS)}
    for index in range(DAY):
        now = [item for item in effects if item.holds(first + index)]
        expected = usual(service, first + index) * _noise(chance)
        for item in now:
            expected *= item.traffic
        total = whole["all"].take(expected)
        failed = [
            (item, _failures(service, item, first + index, total)) for item in now if item.failed or item.all_fail
        ]
        total = _total(total, failed)
        for item, count in failed:
            minutes.codes[str(item.code)][index] += count
        rest = total - sum(count for _, count in failed)
        errors = min(rest, whole["500"].take(rest * service.errors * 2 * chance.random()))
        absent = min(rest - errors, whole["404"].take(rest * service.not_found))
        minutes.codes["500"][index] += errors
        minutes.codes["404"][index] = absent
        minutes.codes["200"][index] = rest - errors - absent
        if service.timed:
            share = service.slow + sum(item.slow for item in now)
            slow = min(rest, whole["slow"].take(rest * share * (0.8 + 0.4 * chance.random())))
            _time(minutes.buckets, index, rest - slow, slow, failed, whole)


def _failures(service: Service, effect: Effect, minute: int, came: int) -> int:
    """How many of an effect's failures fall into a minute: in proportion to the usual traffic."""
    if effect.all_fail and not effect.failed:
        return came
    before = sum(usual(service, item) for item in range(effect.start, minute))
    here = usual(service, minute)
    whole = before + sum(usual(service, item) for item in range(minute, effect.end))
    return int(effect.failed * (before + here) / whole + 1e-9) - int(effect.failed * before / whole + 1e-9)


def _total(came: int, failed: Sequence[tuple[Effect, int]]) -> int:
    """All requests of a minute: where all fail and their number is known, these; never fewer than failed."""
    if any(item.all_fail for item, _ in failed):
        return sum(count for _, count in failed)
    return max(came, sum(count for _, count in failed))


def _time(
    buckets: list[list[int]],
    index: int,
    quick: int,
    slow: int,
    failed: Sequence[tuple[Effect, int]],
    whole: dict[str, _Whole],
) -> None:
    """Sorts a minute's requests into buckets. Quick failures fill the first one, slow ones time out."""
    for kind, count, shares, start in (("quick", quick, QUICK, 0), ("slow", slow, SLOW, 3)):
        left = count
        for place, share in enumerate(shares[:-1], start):
            take = min(left, whole[BOUNDS[place]].take(count * share))
            buckets[place][index] += take
            left -= take
        buckets[2 if kind == "quick" else 6][index] += left
    for item, count in failed:
        buckets[6 if item.failed_slow else 0][index] += count


def _ratings(service: Service, first: int, effects: Sequence[Effect], chance: random.Random, minutes: Minutes) -> None:
    minutes.codes = {str(stars): [0] * DAY for stars in range(1, 6)}
    whole = _Whole()
    for index in range(DAY):
        poor = any(item.poor_ratings and item.holds(first + index) for item in effects)
        shares = POOR_STARS if poor else GOOD_STARS
        for _ in range(whole.take(usual(service, first + index) * _noise(chance))):
            drawn, stars = chance.random(), 1
            while stars < 5 and drawn >= sum(shares[:stars]):
                stars += 1
            minutes.codes[str(stars)][index] += 1


def _orders(service: Service, first: int, effects: Sequence[Effect], chance: random.Random, minutes: Minutes) -> None:
    minutes.codes = {"accepted": [0] * DAY, "lost": [0] * DAY}
    whole = _Whole()
    for index in range(DAY):
        minutes.codes["accepted"][index] = whole.take(usual(service, first + index) * _noise(chance))
        minutes.codes["lost"][index] = sum(_found_lost(item, first + index) for item in effects)


def _found_lost(effect: Effect, minute: int) -> int:
    """How many of an effect's lost orders are found in a minute."""
    if not effect.holds(minute):
        return 0
    length, passed = effect.end - effect.start, minute - effect.start
    return effect.lost * (passed + 1) // length - effect.lost * passed // length


def _probes(first: int, effects: Sequence[Effect], chance: random.Random, minutes: Minutes) -> None:
    minutes.probes = {region: [1] * DAY for region in REGIONS}
    whole = _Whole()
    for index in range(DAY):
        share = max((item.probes for item in effects if item.holds(first + index)), default=0.0)
        for region in REGIONS:
            drawn = chance.random()
            failing = whole.take(share) if share else drawn < PROBE_FAILS
            minutes.probes[region][index] = 0 if failing else 1


def whole_days(start: datetime, end: datetime) -> range:
    """First minutes of the days that reach from ``start`` to ``end``."""
    return range(minute_of(start) // DAY * DAY, minute_of(end), DAY)
