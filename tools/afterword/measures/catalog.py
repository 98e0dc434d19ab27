"""Catalog: every measure that is shown, with its title, unit, direction, target and what to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.measures.actions import completion, completion_target, longer_completion, time_to_implement
from afterword.measures.base import (
    Better,
    Distribution,
    Excluded,
    Scope,
    Share,
    Target,
    Unit,
    plural,
)
from afterword.measures.coverage import coverage, coverage_target
from afterword.measures.durations import TTA, TTD, TTM, TTR, Stretch, durations, restore_target
from afterword.measures.periods import Period
from afterword.measures.publication import publication_target, time_to_postmortem
from afterword.measures.recurrence import recurrence
from afterword.measures.series import Groups, Series
from afterword.measures.trend import Trend
from afterword.model import Postmortem

Items = Sequence[Postmortem]
Result = Distribution | Share


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure over one period.

    ``value`` is the median of a distribution, the share, or the number of incidents; ``None`` when there is
    nothing to count. ``n`` is from how many it comes; for time to postmortem the misses are among them, for
    shares it is the denominator. ``met`` is ``None`` without a target or a value. ``series`` has the same value
    by quarter, ``trend`` the line through it. ``caveat`` is one or more sentences.
    """

    key: str
    title: str
    unit: Unit
    value: float | None
    n: int
    target: Target | None
    better: Better
    met: bool | None
    caveat: str
    period: Period
    series: Series
    trend: Trend | None
    distribution: Distribution | None = None
    share: Share | None = None
    of: str = "incident"
    """What n counts, in the singular."""

    @property
    def written(self) -> str:
        """The value for readers, ``no data`` without one."""
        return "no data" if self.value is None else self.unit.write(self.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """How a measure is taken. ``of`` names what n counts, in the singular."""

    key: str
    title: str
    unit: Unit
    better: Better
    compute: Callable[[Items, Scope], Result]
    caveat: str
    of: str = "incident"
    target: Callable[[Scope], Target] | None = None

    def take(self, items: Items, groups: Groups, scope: Scope, period: Period) -> Measure:
        """The measure over ``items``, those of ``period``; its series and trend over ``groups``."""
        result = self.compute(items, scope.within(period.first, period.last))
        series = groups.series(
            lambda span, group: self._value(self.compute(group, scope.within(span.first, span.last)))
        )
        value, n = self._value(result)
        target = self.target(scope) if self.target else None
        return Measure(
            key=self.key,
            title=self.title,
            unit=self.unit,
            value=value,
            n=n,
            target=target,
            better=self.better,
            met=self._met(result, value, target),
            caveat=self._caveat(result),
            period=period,
            series=series,
            trend=series.trend(self.better, whole=self.unit is Unit.COUNT),
            distribution=result if isinstance(result, Distribution) else None,
            share=result if isinstance(result, Share) and self.unit is Unit.SHARE else None,
            of=self.of,
        )

    def _value(self, result: Result) -> tuple[float | None, int]:
        if isinstance(result, Distribution):
            return result.median, result.counted
        return (float(result.of) if self.unit is Unit.COUNT else result.value), result.of

    @staticmethod
    def _met(result: Result, value: float | None, target: Target | None) -> bool | None:
        if isinstance(result, Distribution):
            return result.met
        return target.met_by(value) if target and value is not None else None

    def _caveat(self, result: Result) -> str:
        sentences = [self.caveat]
        if isinstance(result, Distribution) and result.misses:
            verb = "is" if result.misses == 1 else "are"
            sentences.append(
                f"{plural(result.misses, 'incident')} past the target {verb} unpublished: a miss without a value."
            )
        if isinstance(result, Share) and result.beside:
            verb = "counts as a miss" if result.beside == 1 else "count as misses"
            breaches = plural(result.beside, "breach", "breaches")
            sentences.append(f"{breaches} in telemetry that no postmortem tells of {verb}.")
        if result.excluded:
            sentences.append(f"Left out: {_left_out(result.excluded, self.of)}.")
        return " ".join(sentences)


def _left_out(reasons: Excluded, of: str) -> str:
    total = sum(count for _, count in reasons)
    if len(reasons) == 1:
        return f"{plural(total, of)} ({reasons[0][0]})"
    listed = ", ".join(f"{count} {reason}" for reason, count in reasons)
    return f"{plural(total, of)} ({listed})"


def _stretch(stretch: Stretch, target: Callable[[Scope], Target] | None = None) -> Callable[[Items, Scope], Result]:
    return lambda items, scope: durations(stretch, items, scope, target(scope) if target else None)


def _incidents(items: Items, scope: Scope) -> Share:
    count = sum(1 for item in items if scope.is_own_incident(item))
    return Share(count, count)


_EXACT = "Only times known to the minute give a duration."

CATALOG: tuple[Entry, ...] = (
    Entry("incidents", "Incidents", Unit.COUNT, Better.LOWER, _incidents,
          "Counts what was declared, drafts too: it also falls when people stop declaring."),
    Entry("ttd", "Time to detect", Unit.SECONDS, Better.LOWER, _stretch(TTD),
          f"From started to detected. {_EXACT}"),
    Entry("tta", "Time to acknowledge", Unit.SECONDS, Better.LOWER, _stretch(TTA),
          f"From detected to acknowledged. {_EXACT}"),
    Entry("ttm", "Time to mitigate", Unit.SECONDS, Better.LOWER, _stretch(TTM, restore_target),
          f"From started to mitigated, when users had recovered: DORA’s time to restore. {_EXACT}",
          target=restore_target),
    Entry("ttr", "Time to resolve", Unit.SECONDS, Better.LOWER, _stretch(TTR),
          f"From started to resolved. {_EXACT}"),
    Entry("ttp", "Time to postmortem", Unit.DAYS, Better.LOWER, time_to_postmortem,
          "Calendar days from resolved to published.", target=publication_target),
    Entry("ttp-business", "Time to postmortem in business days", Unit.DAYS, Better.LOWER,
          lambda items, scope: time_to_postmortem(items, scope, business=True),
          "Without weekends and the library’s holidays."),
    Entry("completion", "Action completion", Unit.SHARE, Better.HIGHER, completion,
          "Of the actions due within 30 days of publication, those done within 30 days of it; judged 30 days after "
          "publication.", "action", completion_target),
    Entry("completion-longer", "Completion of longer actions", Unit.SHARE, Better.HIGHER, longer_completion,
          "Of the actions due later than 30 days after publication, those done by their due date.",
          "action", completion_target),
    Entry("time-to-implement", "Time to implement", Unit.DAYS, Better.LOWER, time_to_implement,
          "Days from created to completed, of actions that are done.", "action"),
    Entry("coverage", "Coverage", Unit.SHARE, Better.HIGHER, coverage,
          "Of the incidents in this library that require a postmortem, those with one published; incidents that "
          "nobody wrote down are not known."),
    Entry("coverage-critical", "Coverage of critical incidents", Unit.SHARE, Better.HIGHER,
          lambda items, scope: coverage(items, scope, critical=True),
          "Of the critical incidents in this library, those with a published postmortem; incidents that nobody "
          "wrote down are not known.", target=coverage_target),
    Entry("recurrence", "Recurrence", Unit.SHARE, Better.LOWER, recurrence,
          "The share that names an earlier incident it repeats; a low one may mean that nobody looked."),
)  # fmt: skip
"""In the order in which tables show them."""
