"""Objective: one target of one SLO, typed: what it counts, over which window, and what silence means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from afterword.budgets.window import Rolling, Window
from afterword.findings import START, Span

DAY = 86_400


class Method(StrEnum):
    """How a budget is spent (OpenSLO's ``budgetingMethod``)."""

    OCCURRENCES = "occurrences"
    """By events: bad over total."""
    TIMESLICES = "timeslices"
    """By slices of time: a slice is good or bad as a whole."""
    RATIO_TIMESLICES = "ratio-timeslices"
    """By slices of time: each gives the share of its bad events, all weigh the same."""


class Op(StrEnum):
    """How a value has to stand to a threshold to be good."""

    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"


class Silence(StrEnum):
    """What the absence of data means for the gate."""

    UNCHECKED = "unchecked"
    """Nobody can tell: 99. The default."""
    GOOD = "good"
    """Nothing happened, so nothing was lost (a batch job that runs on demand)."""
    BAD = "bad"
    """Whoever is silent is down: the budget counts as exhausted."""


class LowTraffic(StrEnum):
    """What too few events mean for the gate."""

    UNCHECKED = "unchecked"
    """The ratio of a few events says little: 99. The default."""
    JUDGE = "judge"
    """Take the ratio as it is."""
    PASS = "pass"  # noqa: S105  # a word of the policy
    """Few events, little harm: let it pass."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Counts of events, as PromQL. Exactly one of ``good`` and ``bad`` is given, with ``total``.

    ``counter``: the queries select counters, and the increase over the window is meant; else they give, at each
    instant, a number of events (gauges). A query that holds a window placeholder is complete as it is.
    """

    total: str
    good: str | None = None
    bad: str | None = None
    counter: bool = True


@dataclass(frozen=True, slots=True)
class Raw:
    """A query that is itself a ratio from 0 to 1, at each instant. ``success``: of good events, else of bad ones."""

    query: str
    success: bool = True


@dataclass(frozen=True, slots=True)
class Threshold:
    """A query whose value is good while it stands in ``op`` to ``value``, judged slice by slice."""

    query: str
    op: Op
    value: float


Indicator: TypeAlias = Ratio | Raw | Threshold


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where queries are sent: OpenSLO's ``DataSource``. ``url``: after environment substitution, no credentials.

    The address is no part of what an objective is: the same one may be asked for from two networks.
    """

    name: str
    type: str = "prometheus"
    url: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of a policy, over ``window`` seconds: a pace of ``burn`` times the one that just spends the budget.

    With a ``query`` it is an alert by a value instead: the query's mean over the window stands in ``op`` to
    ``value`` (a query that leaves its window open is asked for ``window`` itself); ``burn`` is 0 then.
    ``after``: for so many seconds before somebody is told. ``severity``: a word of the alert's condition.
    """

    name: str
    burn: float
    window: int
    after: int = 0
    severity: str = "page"
    description: str = ""
    query: str | None = None
    op: Op = Op.GT
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective. ``id`` is unique in a library: the SLO's name, or name and objective where it has several.

    ``target`` is exact and lies in (0, 1]; 1 only with the annotation for a zero budget. ``slice_seconds`` and
    ``slice_target`` belong to the methods by timeslices. ``minimum_events``: below it the traffic is low.
    """

    id: str
    slo: str
    title: str
    service: str
    target: Fraction
    indicator: Indicator
    window: Window = field(default_factory=lambda: Rolling(30 * DAY))
    method: Method = Method.OCCURRENCES
    description: str = ""
    slice_seconds: int = 60
    slice_target: Fraction | None = None
    source: DataSource | None = None
    alerts: tuple[Alert, ...] = ()
    required: bool = True
    no_data: Silence = Silence.UNCHECKED
    low_traffic: LowTraffic = LowTraffic.UNCHECKED
    minimum_events: int = 0
    runbook: str | None = None
    path: str = field(default="", compare=False)
    span: Span = field(default=START, compare=False)

    @property
    def budget(self) -> Fraction:
        """B = 1 − target: the share of events that may be bad; 0 for a target of 100 %."""
        return 1 - self.target

    @property
    def unit(self) -> str:
        """What is counted, for readers."""
        if isinstance(self.indicator, Ratio) and self.method is Method.OCCURRENCES:
            return "events" if self.indicator.counter else "samples"
        return "slices" if self.method is not Method.OCCURRENCES or isinstance(self.indicator, Threshold) else "samples"
