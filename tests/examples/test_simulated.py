"""The example's telemetry tells what its postmortems tell."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "telemetry"
SAMPLE = re.compile(r"(\w+)\{(.+)\} (\S+) (\d+)")
Series = dict[tuple[str, str], list[tuple[int, float]]]


def simulated(target: Path, start: str, end: str) -> bytes:
    """What the simulator writes for a span."""
    command = [sys.executable, str(FOLDER / "simulate.py"), "--from", start, "--to", end, "--output", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target.read_bytes()


def series(text: bytes) -> Series:
    """Samples by metric and labels."""
    found: Series = defaultdict(list)
    for line in text.decode().splitlines():
        if not line.startswith("#"):
            match = SAMPLE.fullmatch(line)
            assert match, line
            found[match[1], match[2]].append((int(match[4]), float(match[3])))
    return found


def increase(found: Series, metric: str, *labels: str) -> float:
    """What counters with these labels counted between their first sample (less what they had) and their last."""
    total = 0.0
    for (name, text), samples in found.items():
        if name == metric and all(label in text for label in labels):
            steps = itertools.pairwise(samples)
            total += sum(b - a if b >= a else b for (_, a), (_, b) in steps)
    return total


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Series:
    """The morning on which checkout answered 503."""
    folder = tmp_path_factory.mktemp("simulated")
    return series(simulated(folder / "march.om", "2026-03-04T08:00:00Z", "2026-03-04T11:00:00Z"))


def test_the_same_span_gives_the_same_bytes_and_a_span_may_be_cut_anywhere(tmp_path: Path) -> None:
    first = simulated(tmp_path / "a.om", "2026-10-13T04:00:00Z", "2026-10-13T06:00:00Z")
    assert first == simulated(tmp_path / "b.om", "2026-10-13T04:00:00Z", "2026-10-13T06:00:00Z")
    parts: Series = defaultdict(list)
    for name, start, end in (("c", "04:00:00", "05:01:00"), ("d", "05:01:00", "06:00:00")):
        cut = simulated(tmp_path / f"{name}.om", f"2026-10-13T{start}Z", f"2026-10-13T{end}Z")
        for key, samples in series(cut).items():
            parts[key] += samples
    assert parts == series(first)


def test_a_full_outage_fails_as_many_requests_as_its_postmortem_says_and_none_succeeds(march: Series) -> None:
    assert increase(march, "http_requests_total", 'service="checkout"', 'code="503"') == 18400
    from_, until = 1772615520 + 67, 1772617440 + 7  # the scrapes that follow 09:13 and 09:44
    for (name, labels), samples in march.items():
        if name == "http_requests_total" and "checkout" in labels and 'code="200"' in labels:
            within = [value for when, value in samples if from_ - 60 <= when <= until]
            assert len(set(within)) == 1, labels


def test_failing_fast_does_not_look_slow(march: Series) -> None:
    slow = 'service="checkout"'
    everything = increase(march, "http_request_duration_seconds_count", slow)
    quick = increase(march, "http_request_duration_seconds_bucket", slow, 'le="0.5"')
    assert (everything - quick) / everything < 0.01


def test_an_outage_that_no_request_reached_shows_in_the_probes_alone(tmp_path: Path) -> None:
    found = series(simulated(tmp_path / "dns.om", "2026-10-13T04:40:00Z", "2026-10-13T05:30:00Z"))
    down = [value for (name, labels), samples in found.items() if "storefront" in labels for _, value in samples
            if name == "probe_success"]  # fmt: skip
    assert down.count(0.0) == 28 * 3
    failed = increase(found, "http_requests_total", 'service="storefront"', 'code="5')
    assert failed < 5


def test_ratings_fall_and_nothing_else_does(tmp_path: Path) -> None:
    found = series(simulated(tmp_path / "june.om", "2026-06-13T16:21:00Z", "2026-06-13T19:58:00Z"))
    stars = {star: increase(found, "assistant_ratings_total", f'stars="{star}"') for star in range(1, 6)}
    mean = sum(star * count for star, count in stars.items()) / sum(stars.values())
    assert mean == pytest.approx(2.9, abs=0.15)


def test_orders_are_lost_when_the_comparison_finds_them(tmp_path: Path) -> None:
    found = series(simulated(tmp_path / "orders.om", "2026-01-22T07:00:00Z", "2026-01-22T08:00:00Z"))
    assert increase(found, "orders_lost_total") == 23


def test_a_failed_scrape_leaves_a_gap(tmp_path: Path) -> None:
    found = series(simulated(tmp_path / "gap.om", "2026-10-24T03:00:00Z", "2026-10-24T04:00:00Z"))
    lengths = {"catalog" in labels: len(samples) for (_, labels), samples in found.items()}
    assert lengths == {True: 40, False: 60}
