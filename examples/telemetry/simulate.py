"""Simulates what Prometheus would have scraped from the example shop, as OpenMetrics text.

    python examples/telemetry/simulate.py --from 2026-10-01 --to 2026-11-02 --output shop.om

What happened, and when, is in the library's postmortems; effects.yml says what it did to requests, latency, probes
and ratings. The same library, file and span give the same bytes. A value is scraped every minute; the span may be
cut anywhere, and the parts fit together.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TextIO

from effects import History, load, minute_of
from pods import Pod, pods, share
from traffic import BOUNDS, DAY, SERVICES, Minutes, Service, day

from afterword.errors import AfterwordError
from afterword.timing import parse_as_of, parse_date

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EFFECTS = HERE / "effects.yml"
OFFSET = 7
"""Seconds after the full minute when targets are scraped."""
MIDDLES = (50, 170, 360, 700, 1600, 3500, 9000)
"""Milliseconds that a request of each bucket takes, for the sum."""
BORN_AT_ZERO = {"200", "404", "500", "503"}
"""Codes that a service counts from its start; others appear with their first request."""

Counts = dict[tuple[str, str], list[int]]
"""Increments by metric and label value, one for each minute that a pod was scraped."""


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes since 1970, from ``first`` to before ``last``."""

    first: int
    last: int


class Shop:
    """The shop's days, each reckoned once, and what nobody scraped."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._known: dict[tuple[str, int], Minutes] = {}

    def day(self, service: Service, first: int) -> Minutes:
        """The day of a service that begins with the minute ``first``."""
        known = self._known.get((service.name, first))
        if known is None:
            known = self._known[service.name, first] = day(service, first, self.history)
        return known

    def unseen(self, service: str, minute: int) -> bool:
        """Whether the scrape of that minute failed."""
        return any(gap.holds(minute) for gap in self.history.gaps.get(service, ()))


def write(shop: Shop, span: Span, out: TextIO) -> int:
    """Writes all metrics of a span; gives the number of samples."""
    written = 0
    for family, kind, lines in _families(shop, span):
        out.write(f"# TYPE {family} {kind}\n")
        for block in lines:
            out.write("\n".join(block) + "\n")
            written += len(block)
    out.write("# EOF\n")
    return written


def _families(shop: Shop, span: Span) -> Iterator[tuple[str, str, Iterator[list[str]]]]:
    named = {service.name: service for service in SERVICES}
    timed = [service for service in SERVICES if service.timed]
    web = [service for service in SERVICES if service.kind == "requests"]
    probed = [service for service in SERVICES if service.probed]
    yield "assistant_ratings", "counter", _counters([named["assistant"]], shop, span, "stars")
    yield "http_requests", "counter", _counters(web, shop, span, "code")
    yield "http_request_duration_seconds", "histogram", _histograms(timed, shop, span)
    yield "orders_accepted", "counter", _counters([named["orders"]], shop, span, "accepted")
    yield "orders_lost", "counter", _counters([named["orders"]], shop, span, "lost")
    yield "probe_success", "gauge", _gauges(probed, shop, span)


def _counters(services: Iterable[Service], shop: Shop, span: Span, label: str) -> Iterator[list[str]]:
    metric = {"stars": "assistant_ratings", "code": "http_requests"}.get(label, f"orders_{label}")
    for service in services:
        for pod, counts in _increments(service, shop, span):
            for value in sorted(counts):
                if label in ("accepted", "lost") and value != label:
                    continue
                extra = "" if value == label else f',{label}="{value}"'
                name = f'{metric}_total{{service="{service.name}",pod="{pod.name}"{extra}}}'
                running = list(accumulate(counts[value]))
                born = value in BORN_AT_ZERO or label != "code"
                yield _series(name, service, pod, running, shop, span, lambda item, born=born: born or item > 0)


def _histograms(services: Iterable[Service], shop: Shop, span: Span) -> Iterator[list[str]]:
    for service in services:
        for pod, counts in _increments(service, shop, span, buckets=True):
            base = f'service="{service.name}",pod="{pod.name}"'
            columns = [list(accumulate(counts[bound])) for bound in BOUNDS]
            for place, bound in enumerate(BOUNDS):
                values = [sum(row) for row in zip(*columns[: place + 1], strict=True)]
                name = f'http_request_duration_seconds_bucket{{{base},le="{bound}"}}'
                yield _series(name, service, pod, values, shop, span)
            yield _series(f"http_request_duration_seconds_count{{{base}}}", service, pod, values, shop, span)
            spent = [sum(a * b for a, b in zip(row, MIDDLES, strict=True)) for row in zip(*columns, strict=True)]
            name = f"http_request_duration_seconds_sum{{{base}}}"
            yield _series(name, service, pod, spent, shop, span, unit=1000)


def _gauges(services: Iterable[Service], shop: Shop, span: Span) -> Iterator[list[str]]:
    for service in services:
        found: dict[str, list[int]] = defaultdict(list)
        days = range(span.first // DAY * DAY, span.last, DAY)
        for first in days:
            for region, values in shop.day(service, first).probes.items():
                found[region] += values
        probe = Pod("", days.start, days.start + len(days) * DAY, 1)
        for region, values in sorted(found.items()):
            name = f'probe_success{{job="{service.name}",service="{service.name}",region="{region}"}}'
            yield _series(name, service, probe, values, shop, span)


def _increments(
    service: Service, shop: Shop, span: Span, *, buckets: bool = False
) -> Iterator[tuple[Pod, dict[str, list[int]]]]:
    """Each pod that lived in the span, with what it counted from its start to its end or the span's."""
    first = min(pod.start for pod in pods(service.name, span.first, span.last))
    living = pods(service.name, first, span.last)  # also those who shared the traffic in the youth of the others
    counts: dict[Pod, dict[str, list[int]]] = {pod: {} for pod in living}
    for start in range(first // DAY * DAY, span.last, DAY):
        minutes = shop.day(service, start)
        columns = dict(zip(BOUNDS, minutes.buckets, strict=False)) if buckets else minutes.codes
        _spread(columns, start, span.last, living, counts)
    for pod in living:
        if pod.end > span.first and counts[pod]:
            yield pod, _restarted(pod, counts[pod])


def _spread(
    columns: dict[str, list[int]], start: int, last: int, living: list[Pod], counts: dict[Pod, dict[str, list[int]]]
) -> None:
    """Adds a day's minutes to the pods that lived in them."""
    edges = sorted({start, min(start + DAY, last), *(edge for pod in living for edge in (pod.start, pod.end))})
    for low, high in pairwise(edge for edge in edges if start <= edge <= min(start + DAY, last)):
        sharing = [pod for pod in living if pod.start <= low < pod.end]
        if not sharing:
            continue  # before the first of them
        for label, values in columns.items():
            parts = [share(values[minute - start], sharing, minute) for minute in range(low, high)]
            for pod, own in zip(sharing, zip(*parts, strict=True), strict=True):
                known = counts[pod].setdefault(label, [0] * (low - pod.start))
                known += [0] * (low - pod.start - len(known)) + list(own)


def _restarted(pod: Pod, counts: dict[str, list[int]]) -> dict[str, list[int]]:
    """The same, with a step back to nothing where the process began anew."""
    length = max(len(values) for values in counts.values())
    place = pod.restart - pod.start if pod.restart is not None else length
    for values in counts.values():
        values.extend([0] * (length - len(values)))
        if place < length:
            values[place] -= sum(values[:place])
    return counts


def _series(  # noqa: PLR0913, PLR0917  # all that a series is made of, from three callers
    name: str,
    service: Service,
    pod: Pod,
    values: list[int],
    shop: Shop,
    span: Span,
    shown: Callable[[int], bool] = lambda _: True,
    unit: int = 1,
) -> list[str]:
    """The samples of one series within the span, less those that nobody scraped."""
    lines = []
    for index, value in enumerate(values):
        minute = pod.start + index + 1  # a scrape sees what was counted in the minute before it
        if span.first <= minute < span.last and shown(value) and not shop.unseen(service.name, minute):
            lines.append(f"{name} {value if unit == 1 else value / unit} {minute * 60 + OFFSET}")
    return lines


def moment(text: str) -> datetime:
    """A date (its first instant in UTC) or an RFC 3339 time."""
    day_of = parse_date(text)
    found = datetime(day_of.year, day_of.month, day_of.day, tzinfo=UTC) if day_of else parse_as_of(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is neither a date nor an RFC 3339 time")
    return found


def main() -> int:
    """Reads the command line and writes the file."""
    parser = argparse.ArgumentParser(description="Simulate the telemetry of the example shop, as OpenMetrics.")
    parser.add_argument(
        "--from", dest="start", type=moment, required=True, help="first instant, for example 2026-10-01"
    )
    parser.add_argument("--to", dest="end", type=moment, required=True, help="where it ends, exclusive")
    parser.add_argument("--output", type=Path, required=True, help="the file to write")
    parser.add_argument("--library", type=Path, default=ROOT, help="the library whose incidents are read")
    parser.add_argument("--effects", type=Path, default=EFFECTS, help="what they did")
    wanted = parser.parse_args()
    try:
        history = load(wanted.library, wanted.effects, wanted.end)
        with wanted.output.open("w", encoding="utf-8", newline="\n") as out:
            samples = write(Shop(history), Span(minute_of(wanted.start), minute_of(wanted.end)), out)
    except (AfterwordError, OSError) as error:
        print(f"simulate: {error}", file=sys.stderr)
        return 2
    print(f"{wanted.output}: {samples:,} samples")
    return 0


if __name__ == "__main__":
    sys.exit(main())
