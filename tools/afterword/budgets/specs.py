"""Specs: the files of a library that hold its objectives, and the digest by which they are known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = "budgets/slos"
SUFFIXES = (".yaml", ".yml")


def paths(root: Path) -> Iterator[str]:
    """The files, by their paths in the library, sorted; hidden ones are somebody's backup."""
    # by their parts as they are written: Windows would order them without regard to case
    for path in sorted((root / FOLDER).rglob("*"), key=lambda path: path.parts):
        if path.suffix in SUFFIXES and not path.name.startswith(".") and (path.is_file() or path.is_symlink()):
            yield path.relative_to(root).as_posix()


def leads_out(root: Path, place: Path) -> bool:
    """Whether a link, or a linked folder, makes it a file from somewhere else: nobody reviewed what lies there."""
    return not place.resolve().is_relative_to(root.resolve())


def digest(root: Path) -> str | None:
    """SHA-256 over their names and bytes; ``None`` when one cannot be read."""
    hasher = hashlib.sha256()
    try:
        for path in paths(root):
            data = (root / path).read_bytes()
            hasher.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    except OSError:
        return None
    return hasher.hexdigest()
