"""Measures: what many postmortems say together. ``overview`` gives all of it; definitions stand in ``base``."""

from afterword.measures.backlog import Backlog, OpenAction, Tally
from afterword.measures.base import Better, Distribution, Observation, Reason, Scope, Share, Target, Unit
from afterword.measures.catalog import Measure
from afterword.measures.frequency import Count, Frequency, Patterns, Stack, StackRow
from afterword.measures.overviews import Overview, overview
from afterword.measures.periods import Period, Step
from afterword.measures.publication import Late
from afterword.measures.series import Series, SeriesPoint
from afterword.measures.trend import Direction, Trend

__all__ = [
    "Backlog",
    "Better",
    "Count",
    "Direction",
    "Distribution",
    "Frequency",
    "Late",
    "Measure",
    "Observation",
    "OpenAction",
    "Overview",
    "Patterns",
    "Period",
    "Reason",
    "Scope",
    "Series",
    "SeriesPoint",
    "Share",
    "Stack",
    "StackRow",
    "Step",
    "Tally",
    "Target",
    "Trend",
    "Unit",
    "overview",
]
