"""Budget pages: Markdown files with HTML in them, and badges, as they are committed. The same facts, the same bytes.

Links lead to ``.md`` files, so that they work in a repository's web interface, too; the site rewrites them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from afterword.budgets import words
from afterword.budgets.budget import Budget, Burn, State
from afterword.budgets.burn import DAY, HOUR, WINDOWS
from afterword.budgets.forecast import NEVER, Days, Forecast
from afterword.pages import budget_charts
from afterword.pages.budget_data import Facts, View, worst_first
from afterword.pages.budget_summary import FOLDER, INDEX, MARKER, line
from afterword.pages.charts import sparkline
from afterword.pages.charts.badge import badge
from afterword.pages.charts.gauge import gauge, meter
from afterword.pages.templates import render

_STATES = (State.NORMAL, State.CAUTION, State.WARNING, State.FREEZE, State.EXHAUSTED, State.UNCHECKED)
_SPARK_DAYS = 30
_MOST_BREACHES = 10
"""Rows of the index; the pages of the objectives have all."""
_GUARDED = str.maketrans({"`": "&#96;", "~": "&#126;", "\r": " "})
"""What begins a fence in Markdown, also in the middle of HTML."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A row of paces, in words."""

    window: str
    rate: str
    spent: str


@dataclass(frozen=True, slots=True)
class Row:
    """An objective in the table of all."""

    view: View
    figure: str
    outage: str
    meter: Markup
    spent_in: str
    rate: str
    spark: Markup
    latency: str
    bound: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A state, the range in which it holds, and what it means."""

    state: State
    range: str
    meaning: str

    @property
    def css(self) -> str:
        """The class of its colour."""
        return f"aw-state-{self.state.value.lower()}"


def files(facts: Facts) -> dict[str, bytes]:
    """All files below ``budgets/`` of the site's sources, by path: the index, and a page and badge per objective."""
    found = {INDEX: index(facts)}
    for view in facts.views:
        found[view.uri] = page(view)
        label = view.budget.objective.title
        figure = "" if view.budget.remaining is None else words.figure(view.budget)
        found[f"{FOLDER}/badges/{view.name}.svg"] = badge(label, view.state, figure, MARKER)
    return {path: text.encode() for path, text in found.items()}


def page(view: View) -> str:
    """The page of one objective."""
    facts, budget = view.facts, view.budget
    left = words.left(budget)
    sentence = f"{budget.objective.title}: {budget.state.value}, {left}"
    body = render(
        "budget_page.md",
        view=view,
        snapshot=facts.snapshot,
        left=left,
        amounts=words.amounts(budget),
        meaning=facts.texts[budget.state],
        outlook=outlook(view.forecast),
        gauge=gauge(sentence, _float(view), budget.state, facts.thresholds, infinite=budget.infinite),
        paces=_paces(view),
        simulated=_simulated(view),
        burn=budget_charts.burn(view),
        compliance=budget_charts.compliance(view),
        latency=budget_charts.latency(view),
        beside=_beside(view),
        marks=words.MARKS,
    )
    return _file(budget.objective.title, f"{budget.state.value}: {left}", line(view.summary), body)


def index(facts: Facts) -> str:
    """The page of all objectives."""
    views = worst_first(facts.views)
    counted = Counter(view.state for view in views)
    parts = [f"{counted[state]} {state.value}" for state in reversed(_STATES) if counted[state]]
    breaches = sorted(
        ((view, breach) for view in views for breach in view.breaches),
        key=lambda pair: (pair[1].start, pair[0].id),
        reverse=True,
    )
    example = facts.library.settings.example
    body = render(
        "budget_index.md",
        snapshot=facts.snapshot,
        counts=f"{len(views)} {'objective' if len(views) == 1 else 'objectives'}: {', '.join(parts)}",
        example="Example: the services and their figures are invented." if example else "",
        rows=[_row(view) for view in views],
        breaches=breaches[:_MOST_BREACHES],
        older=len(breaches[_MOST_BREACHES:]),
        states=_meanings(facts),
    )
    return _file("Error budgets", "What is left of each error budget", line(None), body, wide=True)


def _file(title: str, description: str, marker: str, body: str, *, wide: bool = False) -> str:
    """Front matter, our marker, and the body, in which nothing can begin a fence of Markdown."""
    front = f"title: {_quoted(title)}\ndescription: {_quoted(description)}\n" + ("hide: [toc]\n" if wide else "")
    text = "\n".join(part.rstrip() for part in body.translate(_GUARDED).strip().split("\n"))
    return f"---\n{front}---\n\n{marker}\n\n{text}\n"


def _quoted(text: str) -> str:
    """A YAML string on one line."""
    return json.dumps("".join(char if char.isprintable() else " " for char in text), ensure_ascii=False)


def _float(view: View) -> float | None:
    return None if view.budget.remaining is None else float(view.budget.remaining)


def outlook(forecast: Forecast | None) -> str:
    """What comes, in a sentence; empty when nobody can tell."""
    if forecast is None:
        return ""
    if forecast.back_on is NEVER:
        return "At the pace of the last 3 d the budget does not come back."
    if forecast.back_on is not None:
        lifted = f" and leaves the freeze on {forecast.lifted_on}" if isinstance(forecast.lifted_on, date) else ""
        return f"At the pace of the last 3 d the budget comes back on {forecast.back_on}{lifted}."
    parts = []
    naive = forecast.naive.get(6 * HOUR)
    if naive is NEVER and forecast.simulated is NEVER:
        return "At the pace of the last 6 h, and at that of the last 3 d, it is never spent."
    if naive is not None:
        parts.append(f"{words.days(naive)} at the pace of the last 6 h")
    if forecast.simulated is not None:
        parts.append(f"{words.days(forecast.simulated)} at that of the last 3 d, as old events leave the window")
    said = f"Until exhaustion: {'; '.join(parts)}." if parts else ""
    if forecast.lifted_on is NEVER:
        return f"{said} At the pace of the last 3 d it does not leave the freeze."
    return f"{said} It leaves the freeze on {forecast.lifted_on}." if forecast.lifted_on else said


def _paces(view: View) -> list[Pace]:
    """The burn rates, and in how many days each would spend what is left."""
    rates = {burn.seconds: burn for burn in view.budget.burns}
    return [
        Pace(words.length(seconds), words.rate(rates[seconds]), words.days(_spent_in(view.budget, rates[seconds])))
        if seconds in rates
        else Pace(words.length(seconds), "–", "–")
        for seconds in WINDOWS
    ]


def _spent_in(budget: Budget, burn: Burn) -> Days:
    """R · window / burn, in days."""
    if budget.infinite or burn.infinite or (budget.remaining is not None and budget.remaining < 0):
        return 0.0
    if budget.remaining is None or burn.rate is None:
        return None
    return float(budget.remaining) * budget.span.seconds / burn.rate / DAY if burn.rate > 0 else NEVER


def _simulated(view: View) -> Pace:
    rates = {burn.seconds: words.rate(burn) for burn in view.budget.burns}
    spent = words.days(view.forecast.simulated) if view.forecast else "–"
    return Pace("", rates.get(3 * DAY, "–"), spent)


def _beside(view: View) -> list[View]:
    """Objectives of the same service that measure durations."""
    service = view.budget.objective.service
    others = (other for other in view.facts.views if other.budget.objective.service == service)
    return [other for other in others if other.measurement and other.measurement.latency and other is not view]


def _row(view: View) -> Row:
    budget, measured = view.budget, view.measurement
    latency = measured.latency if measured else None
    newest = next((value for value in reversed(latency.values) if value is not None), None) if latency else None
    shown = latency is not None and newest is not None
    return Row(
        view,
        words.figure(budget),
        _outage(budget),
        meter(_float(view), budget.state),
        words.days(view.forecast.simulated) if view.forecast else "–",
        next((words.rate(burn) for burn in budget.burns if burn.seconds == HOUR), "–"),
        _spark(view),
        words.seconds(newest) if newest is not None else "",
        f"P{latency.quantile * 100:g}, threshold {words.seconds(latency.threshold)}" if latency and shown else "",
    )


def _outage(budget: Budget) -> str:
    """The minutes of full outage that are left; empty without any, and for a budget of zero."""
    left = budget.seconds_left
    return words.outage(left) if budget.objective.budget and left is not None and left > 0 else ""


def _spark(view: View) -> Markup:
    """Bad ratios are what moves: compliance from zero on would be a flat line."""
    track = view.track
    if track is None:
        return Markup("")
    ends = [track.end - timedelta(days=back) for back in range(_SPARK_DAYS - 1, -1, -1)]
    counts = [track.sum(end - timedelta(days=1), end) for end in ends]
    bad = [count.bad / count.total if count and count.total > 0 else None for count in counts]
    known = [value for value in bad if value is not None]
    if len(known) < 2:
        return Markup("")
    objective = view.budget.objective
    worst = words.compliance(1 - max(known), objective)
    title = f"Share of bad {objective.unit} by day over {len(known)} days; on the worst day {worst} were good"
    return sparkline(bad, title)


def _meanings(facts: Facts) -> list[Meaning]:
    limits = facts.thresholds
    caution, warning, freeze = (words.exactly(value) for value in (limits.caution, limits.warning, limits.freeze))
    ranges = (
        f"more than {caution} left",
        f"more than {warning}, up to {caution}",
        f"from {freeze} to {warning}",
        f"less than {freeze}",
        "overspent",
        "no data, or not enough",
    )
    return [Meaning(state, text, facts.texts[state]) for state, text in zip(_STATES, ranges, strict=True)]
