"""Linked: symbolic links among the files of a site. A pull request could bring a file of the machine into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.structure.files import File


def astray(files: Iterable[File], docs: Path, root: Path) -> Iterator[File]:
    """The files below ``docs`` that lie elsewhere in truth: outside of the library, or in a hidden folder of it.

    A link to ``../CHANGELOG.md`` may stay.
    """
    home, base = root.resolve(), docs.resolve()
    folders: dict[Path, bool] = {}  # thousands of files lie in a few folders
    for file in files:
        if file.src_dir is None or file.abs_src_path is None or Path(file.src_dir) != docs:
            continue
        path = Path(file.abs_src_path)
        written = base / path.relative_to(docs)
        if path.parent not in folders:
            folders[path.parent] = path.parent.resolve() == written.parent
        if folders[path.parent] and not path.is_symlink():
            continue
        true = path.resolve()
        if not true.is_relative_to(home) or any(part.startswith(".") for part in true.relative_to(home).parts):
            yield file
