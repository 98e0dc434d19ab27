"""Quantile: ``histogram_quantile()`` of Prometheus, for display: it is an interpolation within a bucket."""

from __future__ import annotations

import numpy as np

from afterword.budgets.offline.series import Floats


def quantile(share: float, bounds: Floats, counts: Floats) -> Floats:
    """The quantile of each column. ``bounds``: n upper bounds, ascending, the last infinite; ``counts``: n × m, rising.

    NaN where nothing was counted. Durations are spread evenly within a bucket, and the lowest one begins at 0; a
    quantile beyond the last finite bound is that bound (``promql/quantile.go``: ``bucketQuantile``).
    """
    counts = np.maximum.accumulate(counts, axis=0)
    everything = counts[-1]
    rank = share * everything
    index = np.minimum((counts[:-1] < rank).sum(axis=0), len(bounds) - 1)
    columns = np.arange(counts.shape[1])
    lower = np.where(index > 0, bounds[np.maximum(index - 1, 0)], 0.0)
    beneath = np.where(index > 0, counts[np.maximum(index - 1, 0), columns], 0.0)
    within = counts[index, columns] - beneath
    upper = bounds[index]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = lower + (upper - lower) * ((rank - beneath) / within)
    found = np.where((index == 0) & (upper <= 0), upper, found)
    found = np.where(index == len(bounds) - 1, bounds[-2], found)
    return np.where(everything > 0, found, np.nan)
