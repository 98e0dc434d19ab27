"""OpenMetrics: samples from a text file, as exporters write it and ``promtool`` takes it for backfilling.

Of the format only the lines of samples are wanted, so they are read here. The parser of ``prometheus_client`` is one
for a single scrape: it refuses series that take turns, families that come back, and histograms that are not complete
at each instant (“Invalid metric grouping”, “Timestamps went backwards within a group”, “+Inf bucket missing”), as most
files of many scrapes have them, although ``promtool`` takes all of these. Where both read a text, they read the same;
a test holds them together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import promql_parser as pql

from afterword.budgets.offline import series
from afterword.budgets.offline.extent import Extent
from afterword.budgets.offline.openmetrics_file import LIMIT, OpenMetricsError, cut_off, fault, pieces
from afterword.budgets.offline.openmetrics_line import labels, sample
from afterword.budgets.offline.selecting import matches
from afterword.budgets.offline.series import Series


@dataclass(slots=True)
class _Growing:
    labels: dict[str, str]
    times: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """The series so far. Labels may stand in any order, so that several texts may mean one series."""

    by_text: dict[str, _Growing] = field(default_factory=dict)
    by_labels: dict[frozenset[tuple[str, str]], _Growing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """The series of a text."""

    series: tuple[Series, ...]

    @property
    def extent(self) -> Extent | None:
        """From the first sample to the last; ``None`` without any."""
        times = [one.times for one in self.series if len(one.times)]
        return Extent.of(min(int(one[0]) for one in times), max(int(one[-1]) for one in times)) if times else None

    def select(self, matchers: tuple[pql.Matcher, ...], start: int, end: int) -> list[Series]:  # noqa: ARG002  # all is here
        """The series that meet all matchers. Raises ``UnansweredError``."""
        meets = matches(matchers)
        return [one for one in self.series if meets(one.labels)]


def load(path: Path) -> Text:
    """The series of a small file. Raises ``OpenMetricsError`` with the line of the first fault."""
    data = b"".join(pieces(path, LIMIT + 1))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OpenMetricsError(f"{path.name}:{line}: this is no UTF-8", "Write the file as UTF-8.") from error
    return parse(text, path.name)


def parse(text: str, name: str) -> Text:
    """The series of a text; ``name`` is for messages. Raises ``OpenMetricsError``."""
    lines = text.split("\n")
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    if end < 1 or lines[end - 1].rstrip("\r") != "# EOF":
        raise cut_off(name)
    found = _Found()
    for number, line in enumerate(lines[: end - 1], start=1):
        if line.startswith("#"):
            if line.rstrip("\r") == "# EOF":
                raise fault(
                    name, number, "“# EOF” stands before the end", "Two files were put together: give one at a time."
                )
            continue
        wrong = _sample(line, found)
        if wrong:
            raise fault(name, number, wrong)
    return Text(tuple(_finished(item) for item in found.by_labels.values()))


def _sample(line: str, found: _Found) -> str | None:
    """Adds the sample of a line, or says what is wrong with it."""
    read = sample(line)
    if isinstance(read, str):
        return read
    text, time, value = read
    one = found.by_text.get(text)
    if one is None:
        named = labels(text)
        if named is None:
            return "a label is given twice"
        one = found.by_labels.setdefault(frozenset(named.items()), _Growing(named))
        found.by_text[text] = one
    return _added(one, time, value)


def _added(one: _Growing, time: int, value: float) -> str | None:
    if one.times and time <= one.times[-1]:
        last = one.values[-1]
        same = value == last or (math.isnan(value) and math.isnan(last))
        return None if same and time == one.times[-1] else "the time of a series does not go forward"
    one.times.append(time)
    one.values.append(value)
    return None


def _finished(one: _Growing) -> Series:
    return series.of(one.labels, np.array(one.times, np.int64), np.array(one.values, np.float64))
