"""Blocks: the folders of a Prometheus TSDB, and whether they can be read plainly.

Nothing is written here: the files of a snapshot are hard links to a server's live data.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from afterword.budgets.offline.extent import Extent
from afterword.errors import AfterwordError

_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}\Z")
_EMPTY_TOMBSTONES = 9
"""Bytes of a tombstones file with none: magic, version and checksum."""
_DEPTH = 4
_MOST_META = 1 << 20
_HINT = "Take the snapshot anew: POST /api/v1/admin/tsdb/snapshot, then copy the whole folder."


class SourceError(AfterwordError):
    """Data that cannot be read."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: samples of ``[start, end)``, in milliseconds. ``odd``: why it cannot be read plainly."""

    path: Path
    start: int
    end: int
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """The blocks of one folder, by their time. ``odd``: why pypdu would misread them, so that a server has to."""

    folder: Path
    blocks: tuple[Block, ...]
    odd: str | None = None

    @property
    def extent(self) -> Extent | None:
        """From the first sample to the last, as the blocks say of themselves; ``None`` without blocks."""
        if not self.blocks:
            return None
        return Extent.of(min(item.start for item in self.blocks), max(item.end for item in self.blocks) - 1)


def is_store(folder: Path) -> bool:
    """Whether a folder holds blocks, or data of a head, itself."""
    return any(_is_block(path) for path in folder.iterdir() if path.is_dir()) or (folder / "wal").is_dir()


def find(root: Path) -> Path:
    """The one folder at or beneath ``root`` that holds blocks. Raises ``SourceError`` for none or several."""
    found: list[Path] = []
    _collect(root, _DEPTH, found)
    if not found:
        raise SourceError(
            f"{root.name} holds no TSDB blocks",
            "Give the folder of a TSDB snapshot, the one with the long names, or an archive of it.",
        )
    if len(found) > 1:
        names = ", ".join(sorted(path.relative_to(root).as_posix() for path in found)[:5])
        raise SourceError(f"{root.name} holds several TSDB folders: {names}", "Give one of them.")
    return found[0]


def _collect(folder: Path, depth: int, found: list[Path]) -> None:
    try:
        if is_store(folder):
            found.append(folder)
        elif depth:
            for path in sorted(folder.iterdir()):
                if path.is_dir() and not path.is_symlink():
                    _collect(path, depth - 1, found)
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror or error}", "Check the rights.") from error


def _is_block(path: Path) -> bool:
    return bool(_ULID.match(path.name)) and ((path / "meta.json").exists() or (path / "index").exists())


def read(folder: Path) -> Store:
    """The blocks of a folder, each with its meta. Raises ``SourceError`` for one that is not whole."""
    found = (path for path in folder.iterdir() if path.is_dir() and _ULID.match(path.name))
    blocks = tuple(
        sorted((_block(path) for path in found), key=lambda block: (block.start, block.end, block.path.name))
    )
    return Store(folder, blocks, _odd(folder, blocks))


def samples(folder: Path) -> int:
    """How many samples the blocks of a folder hold, by what they say of themselves. Raises ``SourceError``."""
    metas = (_meta(path / "meta.json") for path in folder.iterdir() if path.is_dir() and _ULID.match(path.name))
    return sum(_deep(meta, "stats", "numSamples") or 0 for meta in metas)


def _odd(folder: Path, blocks: tuple[Block, ...]) -> str | None:
    if any(_holds_files(folder / name) for name in ("wal", "chunks_head", "wbl")):
        return "the folder is that of a running server, with data that is in no block yet"
    odd = next((block.odd for block in blocks if block.odd), None)
    if odd:
        return odd
    if any(after.start < before.end for before, after in pairwise(blocks)):
        return "blocks overlap, so that samples would count twice"
    return None


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_dir() or path.stat().st_size for path in folder.iterdir())


def _block(path: Path) -> Block:
    meta = _meta(path / "meta.json")
    for name in ("index", "chunks"):
        if not (path / name).exists():
            raise SourceError(f"the block {path.name} has no {name}", _HINT)
    start, end = meta.get("minTime"), meta.get("maxTime")
    if not isinstance(start, int) or not isinstance(end, int) or meta.get("version") != 1:
        raise SourceError(f"the block {path.name} has a meta.json of another kind than Prometheus writes", _HINT)
    return Block(path, start, end, _odd_block(path, meta))


def _odd_block(path: Path, meta: dict[str, Any]) -> str | None:
    tombstones = path / "tombstones"
    size = tombstones.stat().st_size if tombstones.exists() else 0
    if size > _EMPTY_TOMBSTONES or _deep(meta, "stats", "numTombstones"):
        return "a block holds tombstones: samples that were deleted"
    if "from-out-of-order" in (_deep(meta, "compaction", "hints") or ()):
        return "a block holds samples that came out of order"
    if _deep(meta, "thanos", "downsample", "resolution"):
        raise SourceError(
            f"the block {path.name} is downsampled by Thanos: its samples are summaries", "Give blocks of raw samples."
        )
    if _deep(meta, "stats", "numHistogramSamples"):
        return "a block holds native histograms"
    return None


def _deep(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _meta(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            meta = json.loads(stream.read(_MOST_META))
    except OSError as error:
        raise SourceError(
            f"the block {path.parent.name} has no meta.json that can be read: {os.strerror(error.errno or 0)}", _HINT
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"the meta.json of the block {path.parent.name} is damaged", _HINT) from error
    if not isinstance(meta, dict):
        raise SourceError(f"the meta.json of the block {path.parent.name} is damaged", _HINT)
    return meta
