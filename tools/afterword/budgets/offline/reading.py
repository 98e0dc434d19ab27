"""Reading: the samples of TSDB blocks by pypdu, a compiled reader, without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import promql_parser as pql

from afterword.budgets.offline import checksums, series
from afterword.budgets.offline.blocks import SourceError, Store
from afterword.budgets.offline.selecting import matches
from afterword.budgets.offline.series import Series
from afterword.budgets.offline.unanswered import UnansweredError

_DAMAGED = (RuntimeError, IndexError, ValueError, OverflowError, MemoryError, OSError)
"""What the reader raises over damaged files."""


@dataclass(slots=True)
class Blocks:
    """The series of a folder of blocks. Each is decoded when it is first asked for, and kept.

    Only blocks of the time that is asked for are opened: a server may keep a year. ``temporary`` makes folders in
    which they stand together.
    """

    store: Store
    temporary: Callable[[], Path]
    _opened: tuple[Path, ...] = ()
    _checked: set[Path] = field(default_factory=set)
    _data: Any = None
    _decoded: dict[frozenset[tuple[str, str]], Series] = field(default_factory=dict)

    def select(self, matchers: tuple[pql.Matcher, ...], start: int, end: int) -> list[Series]:
        """The series that meet all matchers, with at least the samples from ``start`` to ``end`` (ms).

        Raises ``UnansweredError``, and ``SourceError`` for damaged blocks.
        """
        meets = matches(matchers)
        # the reader compares in its own index; an empty value may also mean that there is no such label
        equal = {item.name: item.value for item in matchers if str(item.op) == "MatchOp.Equal" and item.value}
        try:
            self._open(start, end)
            return [self._series(item, labels) for item, labels in self._listed(equal) if meets(labels)]
        except _DAMAGED as error:
            if "unknown encoding" in str(error) or "istogram" in str(error):
                raise UnansweredError("series of native histograms") from error
            said = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
            raise SourceError(
                f"{self.store.folder.name} holds blocks that are damaged: {said}",
                "Copy the snapshot again, or take a new one.",
            ) from error

    def _open(self, start: int, end: int) -> None:
        """Opens the blocks of a time beside those that are open; each is checked once."""
        import pypdu  # noqa: PLC0415  # an extra

        blocks = [item.path for item in self.store.blocks if item.start <= end and start < item.end]
        wanted = tuple(item.path for item in self.store.blocks if item.path in {*blocks, *self._opened})
        if wanted == self._opened:
            return
        for path in wanted:
            if path not in self._checked:
                checksums.check(path)
                self._checked.add(path)
        folder = self.store.folder
        if len(wanted) < len(self.store.blocks):
            folder = self.temporary()
            for path in wanted:
                (folder / path.name).symlink_to(path.resolve(), target_is_directory=True)
        self._data, self._opened, self._decoded = pypdu.load(str(folder)), wanted, {}

    def _listed(self, equal: dict[str, str]) -> Iterator[tuple[Any, dict[str, str]]]:
        if self._data is None:
            return
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
