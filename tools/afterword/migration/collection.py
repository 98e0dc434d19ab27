"""Collection: the files of a source, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Member:
    """One file. ``path`` is relative to the source, with ``/``. ``why``: why it is no report, in words for people."""

    path: str
    data: bytes = field(repr=False)
    why: str | None = None


@dataclass(frozen=True)
class Collection:
    """The files of a source: ``reports`` in the order of their paths; ``left`` are read and no reports (templates,
    read-me files, indexes); ``others`` are the paths of all other files, which reports may link to.
    """

    root: Path
    reports: tuple[Member, ...]
    left: tuple[Member, ...]
    others: Mapping[str, Path]


def collect(root: Path) -> Collection:
    """The files below a folder; hidden ones, and what leads out of it, left out. Raises ``OSError``."""
    return Collection(root, (), (), {})
