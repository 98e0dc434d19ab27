"""OpenMetrics: samples from a text file, as exporters write it and ``promtool`` takes it for backfilling.

Of the format only the lines of samples are wanted, so they are read here: the parser of ``prometheus_client`` refuses
series that take turns, and histograms that are not complete at each instant, as most files of many scrapes have them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import promql_parser as pql

from afterword.budgets import series
from afterword.budgets.openmetrics_file import LIMIT, OpenMetricsError, cut_off, pieces
from afterword.budgets.selecting import matches
from afterword.budgets.series import Series

_FORMAT = "Each sample is one line: NAME{LABELS} VALUE SECONDS. promtool tsdb dump-openmetrics writes such files."

_LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\.)*"'
_SAMPLE = re.compile(
    rf"(?P<series>[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{{(?:{_LABEL}(?:,{_LABEL})*,?)?\}})?)[ ]"
    r"(?P<value>[^ \n]+)(?:[ ](?P<time>[^ \n]+))?(?:[ ]\#[ ]\{[^\n]*)?\Z"
)
_PAIR = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\.)*)"')
_NUMBER = re.compile(
    r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[Ii]nf(?:inity)?|[Nn]a[Nn])\Z", re.ASCII
)
_ESCAPE = re.compile(r"\\(.)")


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

    def select(self, matchers: tuple[pql.Matcher, ...]) -> list[Series]:
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
                raise _fault(
                    name, number, "“# EOF” stands before the end", "Two files were put together: give one at a time."
                )
            continue
        fault = _sample(line, found)
        if fault:
            raise _fault(name, number, fault)
    return Text(tuple(_finished(item) for item in found.by_labels.values()))


def _sample(line: str, found: _Found) -> str | None:
    """Adds the sample of a line, or says what is wrong with it."""
    match = _SAMPLE.match(line)
    if match is None:
        return f"this is no sample: “{line[:60]}”"
    if match["time"] is None:
        return "the sample has no time"
    if not _NUMBER.match(match["value"]) or not _NUMBER.match(match["time"]):
        return f"“{match['value'][:30]} {match['time'][:30]}” is no number with a time in seconds"
    seconds = float(match["time"])
    if not abs(seconds) < 1e11:
        return f"“{match['time'][:30]}” is no time in seconds"
    one = found.by_text.get(match["series"])
    if one is None:
        labels = _labels(match["series"])
        if labels is None:
            return "a label is given twice"
        one = found.by_labels.setdefault(frozenset(labels.items()), _Growing(labels))
        found.by_text[match["series"]] = one
    return _added(one, int(seconds * 1000), float(match["value"]))


def _added(one: _Growing, time: int, value: float) -> str | None:
    if one.times and time <= one.times[-1]:
        last = one.values[-1]
        same = value == last or (math.isnan(value) and math.isnan(last))
        return None if same and time == one.times[-1] else "the time of a series does not go forward"
    one.times.append(time)
    one.values.append(value)
    return None


def _labels(text: str) -> dict[str, str] | None:
    name, _, rest = text.partition("{")
    pairs = _PAIR.findall(rest)
    labels = {key: _ESCAPE.sub(lambda match: {"n": "\n"}.get(match[1], match[1]), value) for key, value in pairs}
    if len(labels) < len(pairs):
        return None
    return {"__name__": name, **{key: value for key, value in labels.items() if value}}  # empty is absent


def _finished(one: _Growing) -> Series:
    return series.of(one.labels, np.array(one.times, np.int64), np.array(one.values, np.float64))


def _fault(name: str, line: int, what: str, hint: str = _FORMAT) -> OpenMetricsError:
    return OpenMetricsError(f"{name}:{line}: {what}", hint)
