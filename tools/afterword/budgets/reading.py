"""Reading: the samples of TSDB blocks by pypdu, a compiled reader, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import promql_parser as pql

from afterword.budgets import series
from afterword.budgets.blocks import SourceError
from afterword.budgets.selecting import matches
from afterword.budgets.series import Series
from afterword.budgets.unanswered import UnansweredError

_DAMAGED = (RuntimeError, IndexError, ValueError, OverflowError, MemoryError, OSError)
"""What the reader raises over damaged files."""


@dataclass(slots=True)
class Blocks:
    """The series of a folder of blocks. Each is decoded when it is first asked for, and kept."""

    folder: Path
    _data: Any = None
    _decoded: dict[frozenset[tuple[str, str]], Series] = field(default_factory=dict)

    def select(self, matchers: tuple[pql.Matcher, ...]) -> list[Series]:
        """The series that meet all matchers. Raises ``UnansweredError``, and ``SourceError`` for damaged blocks."""
        meets = matches(matchers)
        # the reader compares in its own index; an empty value may also mean that there is no such label
        equal = {item.name: item.value for item in matchers if str(item.op) == "MatchOp.Equal" and item.value}
        try:
            return [self._series(item, labels) for item, labels in self._listed(equal) if meets(labels)]
        except _DAMAGED as error:
            if "unknown encoding" in str(error) or "istogram" in str(error):
                raise UnansweredError("series of native histograms") from error
            raise SourceError(
                f"{self.folder.name} holds blocks that are damaged: {str(error).strip().splitlines()[0][:160]}",
                "Copy the snapshot again, or take a new one.",
            ) from error

    def _listed(self, equal: dict[str, str]) -> Iterator[tuple[Any, dict[str, str]]]:
        import pypdu  # noqa: PLC0415  # an extra

        if self._data is None:
            self._data = pypdu.load(str(self.folder))
        for item in self._data.filter(equal) if equal else self._data:
            yield item, item.labels

    def _series(self, item: Any, labels: dict[str, str]) -> Series:
        key = frozenset(labels.items())
        known = self._decoded.get(key)
        if known is None:
            raw = item.samples.as_array()
            known = series.of(labels, np.ascontiguousarray(raw["timestamp"]), np.ascontiguousarray(raw["value"]))
            if (np.diff(known.times) <= 0).any():
                raise UnansweredError("samples that are out of order")
            self._decoded[key] = known
        return known
