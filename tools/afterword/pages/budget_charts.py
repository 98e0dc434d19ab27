"""Budget charts: burn, compliance and latency over days, each under a sentence and above its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median

from markupsafe import Markup

from afterword.budgets import words
from afterword.budgets.burn import DAY, HOUR
from afterword.budgets.history import Point as Share
from afterword.budgets.history import meets
from afterword.budgets.judging import shares
from afterword.budgets.snapshot import STEP, Latency, Measurement
from afterword.pages.budget_data import View
from afterword.pages.charts.figure import Column, data, empty, figure
from afterword.pages.charts.plane import BOTTOM, TOP, Band, Curve, Level, Plane, Point
from afterword.pages.charts.svg import Attributes, Scale, join, tag, ticks

_HOURLY = HOUR // STEP
_MOST_POINTS = 800
_MOST_ROWS = 40
_LEAST = 0.1
"""Where the axis of burn rates begins once it is logarithmic; slower paces lie on it."""
_WEEK, _MONTH = 7 * DAY, 30 * DAY


def burn(view: View) -> Markup:
    """The pace over each hour, with the line of the pace that just spends the budget.

    Incidents are bands with a number, maintenance, whose events do not count, ones without.
    """
    objective = view.budget.objective
    if not objective.budget:
        return empty("The target allows no loss, so there is no pace", "Every bad event alone exhausts the budget.")
    hours = _hours(view)
    known = [(at, value) for at, value, _, _ in hours if value is not None]
    if not known:
        return empty("Burn rate over 1 h", "The snapshot holds no events of these days.")
    peak_at, peak = max(known, key=lambda point: point[1])
    scale, levels = _pace_axis(peak)
    plane = Plane(view.drawn_from, view.facts.snapshot.end, scale)
    above = sum(value > 1 for _, value in known)
    caption = (
        f"Burn rate over 1 h was above 1× in {above:,} of {len(known):,} hours, at most {words.times(peak)} "
        f"on {peak_at:%Y-%m-%d} at {peak_at:%H:%M} UTC"
    )
    pauses = view.facts.corrections.intervals(objective, plane.start, plane.end)
    described = "The line at 1× is the pace that just spends the budget. Shaded: incidents, numbered as in the list."
    if pauses:
        described += " Shaded without a number: maintenance, which does not count."
    axis = "1× just spends the budget" + ("; logarithmic" if scale.logarithmic else "")
    drawn = plane.picture(
        caption,
        described,
        axis,
        levels,
        [Curve("Burn rate over 1 h", [(at, value) for at, value, _, _ in hours])],
        marks=[Level(1.0, "1×", "aw-target")],
        bands=_bands(view, plane) + [Band(None, start, end) for start, end in pauses],
    )
    legend = _legend([("aw-pause", "Maintenance, not counted")]) if pauses else Markup("")
    columns = (Column("Day", numeric=False), Column("Highest burn"), Column("Bad"), Column(objective.unit.capitalize()))
    return figure(caption, drawn, legend, data(columns, _pace_rows(hours)))


def _bands(view: View, plane: Plane) -> list[Band]:
    return [Band(item.number, item.start, item.end) for item in view.spent if item.end >= plane.start]


Hour = tuple[datetime, "float | None", float, float]
"""Where an hour ends; its burn rate, bad events and events."""


def _hours(view: View) -> list[Hour]:
    """The hours of the days drawn, counted back from the end of the grid, without what maintenance takes out."""
    snapshot, measured = view.facts.snapshot, view.measurement
    budget = float(view.budget.objective.budget)
    if measured is None or not measured.total:
        return []
    counted = _counted(view, measured)
    found: list[Hour] = []
    first = (view.drawn_from - snapshot.start) // timedelta(seconds=STEP)
    for end in range(snapshot.steps, first + _HOURLY - 1, -_HOURLY):
        bad, total = (sum(values[end - _HOURLY : end]) for values in counted)
        found.append((snapshot.instant(end - 1), bad / total / budget if total > 0 else None, bad, total))
    return found[::-1]


def _counted(view: View, measured: Measurement) -> tuple[list[float], list[float]]:
    """Bad events and events of each step, without maintenance, as everywhere on the page."""
    snapshot = view.facts.snapshot
    bad, total = ([value or 0.0 for value in values] for values in (measured.bad, measured.total))
    pauses = view.facts.corrections.intervals(view.budget.objective, snapshot.start, snapshot.end)
    for index, share in shares(snapshot, pauses):
        bad[index], total[index] = bad[index] * float(1 - share), total[index] * float(1 - share)
    return bad, total


def _pace_axis(peak: float) -> tuple[Scale, list[Level]]:
    """Even up to 5×; beyond, powers of ten, so that the line at 1× stays in sight."""
    if peak <= 5:
        values = ticks(max(peak, 1.2), (0.5, 1.0, 2.0))
        scale = Scale(values[0], values[-1], BOTTOM, TOP)
        return scale, [Level(value, f"{value:g}×" if value else "0", _line(value)) for value in values if value != 1]
    powers = [10.0**power for power in range(-1, 7) if 10.0 ** (power - 1) < peak]
    scale = Scale(_LEAST, powers[-1], BOTTOM, TOP, logarithmic=True)
    return scale, [Level(value, f"{value:g}×", _line(value - _LEAST)) for value in powers if value != 1]


def _line(value: float) -> str:
    return "aw-gridline" if value else "aw-baseline"


def _pace_rows(hours: Sequence[Hour]) -> list[list[str]]:
    days: defaultdict[date, list[Hour]] = defaultdict(list)
    for hour in hours:
        days[(hour[0] - timedelta(seconds=1)).date()].append(hour)
    rows = []
    for day in sorted(days, reverse=True)[:_MOST_ROWS]:
        paces = [hour[1] for hour in days[day] if hour[1] is not None]
        bad, total = sum(hour[2] for hour in days[day]), sum(hour[3] for hour in days[day])
        rows.append([str(day), words.times(max(paces)) if paces else "no data", f"{bad:,.0f}", f"{total:,.0f}"])
    return rows


def compliance(view: View) -> Markup:
    """The share of good events over the last 7 and 30 days, day by day, with the target."""
    objective, track = view.budget.objective, view.track
    week, month = (track.rolling(seconds) if track else () for seconds in (_WEEK, _MONTH))
    known = [point.compliance for point in (*week, *month) if point.compliance is not None]
    if track is None or not known:
        return empty("Compliance over 7 and 30 days", "The snapshots do not hold a whole week yet.")
    target = float(objective.target)
    below = 1 - min(*known, target)
    values = [1 - value for value in ticks(max(below * 1.1, 1e-6), most=3)]
    scale = Scale(values[-1], 1.0, BOTTOM, TOP)
    levels = [Level(value, f"{round(value * 100, 6):g} %", _line(value - values[-1])) for value in values]
    plane = Plane(track.start, track.end, scale)
    caption = _compliance_words(view, week, month)
    drawn = plane.picture(
        caption,
        "Two lines over days: the share of good events in the 7 and in the 30 days before. The table has them.",
        f"Share of good {objective.unit}",
        levels,
        [Curve("30 d", _points(month), "aw-path aw-path-2"), Curve("7 d", _points(week))],
        marks=[Level(target, f"target {words.exactly(objective.target)}", "aw-target")],
    )
    legend = (("aw-path", "Last 7 d"), ("aw-path aw-path-2", "Last 30 d"))
    columns = (Column("Until", numeric=False), Column("Last 7 d"), Column("Last 30 d"))
    return figure(caption, drawn, _legend(legend), data(columns, _compliance_rows(view, week, month)))


def _points(shares: Sequence[Share]) -> list[Point]:
    return [(point.at, point.compliance) for point in shares]


def _compliance_words(view: View, week: Sequence[Share], month: Sequence[Share]) -> str:
    objective = view.budget.objective
    last = [
        (length, shares[-1].compliance)
        for shares, length in ((month, "30 d"), (week, "7 d"))
        if shares and shares[-1].compliance is not None
    ]
    target = words.exactly(objective.target)
    if not last:
        return f"Of the last 7 d too little is known; the target is {target}"
    first, *others = [f"over the last {length}" for length, _ in last]
    shares = [words.compliance(value or 0.0, objective) for _, value in last]
    said = f"{shares[0]} of {objective.unit} were good {first}" + "".join(f" and {shares[1]} {it}" for it in others)
    met = [length for length, value in last if meets(value or 0.0, objective)]
    verdict = "missed" if not met else "met" if len(met) == len(last) else f"met over {met[0]} alone"
    return f"{said}: the target of {target} is {verdict}"


def _compliance_rows(view: View, week: Sequence[Share], month: Sequence[Share]) -> list[list[str]]:
    """The newest first; over months every few days."""
    rows = list(zip(week, month, strict=True))[::-1]
    stride = -(-len(rows) // _MOST_ROWS) or 1
    return [[str(a.at.date()), _share(view, a), _share(view, b)] for a, b in rows[::stride]]


def _share(view: View, point: Share) -> str:
    return "–" if point.compliance is None else words.compliance(point.compliance, view.budget.objective)


def latency(view: View) -> Markup | None:
    """The quantile of durations against the objective's own threshold; ``None`` where none was measured."""
    measured = view.measurement
    found = measured.latency if measured else None
    if found is None:
        return None
    name = f"P{found.quantile * 100:g} latency"
    points = _latencies(view, found)
    known = [value for _, value in points if value is not None]
    if len(known) < 2:
        return empty(name, "No durations were measured in these days.")
    values = ticks(max(*known, found.threshold) * 1.05)
    plane = Plane(view.drawn_from, view.facts.snapshot.end, Scale(0.0, values[-1], BOTTOM, TOP))
    over = sum(value > found.threshold for value in known)
    bound = words.seconds(found.threshold)
    caption = (
        f"{name} is {words.seconds(known[-1])} now and was above {bound} in {over:,} of "
        f"{len(known):,} stretches of {words.length((points[-1][0] - points[-2][0]).total_seconds())}"
    )
    drawn = plane.picture(
        caption,
        f"A line over days, from {words.seconds(min(known))} to {words.seconds(max(known))}. For display: the budget "
        "counts requests above the threshold.",
        name,
        [Level(value, words.seconds(value) if value else "0", _line(value)) for value in values],
        [Curve(name, points)],
        marks=[Level(found.threshold, f"threshold {bound}", "aw-target")],
    )
    columns = (Column("Day", numeric=False), Column("Median of the day"), Column("Highest"))
    return figure(caption, drawn, data(columns, _latency_rows(points)))


def _latencies(view: View, found: Latency) -> list[Point]:
    """Where each value's stretch ends; the highest of several where there are more than a screen shows."""
    end = view.facts.snapshot.end
    count = len(found.values)
    points = [(end - timedelta(seconds=found.step * (count - 1 - at)), value) for at, value in enumerate(found.values)]
    points = [point for point in points if point[0] > view.drawn_from]
    size = -(-len(points) // _MOST_POINTS) or 1
    groups = [points[at : at + size] for at in range(0, len(points), size)]
    return [(group[-1][0], max((value for _, value in group if value is not None), default=None)) for group in groups]


def _latency_rows(points: Sequence[Point]) -> list[list[str]]:
    days: defaultdict[date, list[float]] = defaultdict(list)
    for at, value in points:
        if value is not None:
            days[(at - timedelta(seconds=1)).date()].append(value)
    newest = sorted(days.items(), reverse=True)[:_MOST_ROWS]
    return [[str(day), words.seconds(median(values)), words.seconds(max(values))] for day, values in newest]


def _legend(entries: Sequence[tuple[str, str]]) -> Markup:
    attributes: Attributes = {"width": 22, "height": 8, "aria-hidden": "true", "focusable": "false"}
    drawn = (
        tag("li", {}, tag("svg", attributes, tag("path", {"d": "M0 4h22", "class": css})), f" {label}")
        for css, label in entries
    )
    return tag("ul", {"class": "aw-legend"}, join(drawn))
