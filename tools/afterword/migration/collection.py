"""Collection: the files of a source, and what each of them is."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.migration import forms
from afterword.migration.forms.decoding import decode, is_text
from afterword.migration.forms.webpage import is_confluence
from afterword.migration.judging import why_no_report
from afterword.source import MAX_BYTES

MAX_FILES = 50_000
"""Files of a source; a folder with more is no collection of reports, but somebody's whole disk."""
_PROSE = frozenset(("md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd", "md.erb", "markdown.erb"))
_MAYBE = frozenset(("", "txt", "text", "html", "htm", "xhtml", "xml", "html.erb"))
_UNREAD = {
    "adoc": "AsciiDoc", "asciidoc": "AsciiDoc", "rst": "reStructuredText", "org": "Org mode", "textile": "Textile",
    "ipynb": "a notebook", "wiki": "wiki markup", "mediawiki": "wiki markup",
}  # fmt: skip
_SKIPPED = frozenset(("node_modules", "__pycache__"))


@dataclass(frozen=True, slots=True)
class Member:
    """One file. ``path`` is relative to the source, with ``/``. ``why``: why it is no report, in words for people."""

    path: str
    data: bytes = field(repr=False)
    why: str | None = None


@dataclass(frozen=True)
class Collection:
    """The files of a source.

    ``reports`` in the order of their paths; ``left`` are read and no reports (templates, read-me files, indexes);
    ``others`` are the paths of all other files, which reports may link to.
    """

    root: Path
    reports: tuple[Member, ...]
    left: tuple[Member, ...]
    others: Mapping[str, Path]


def collect(root: Path, leave_out: Path | None = None) -> Collection:
    """The files below a folder; hidden ones, and what leads out of it, left out.

    ``leave_out``: a folder in it that is none of the source, as the library that is made. Raises ``OSError``, and
    ``AfterwordError`` for too many files.
    """
    found = dict(_walk(root, leave_out.resolve() if leave_out else None))
    pages = {path: kind for path in found if (kind := _kind(path)) in _PROSE | _MAYBE | _UNREAD.keys()}
    counts = Counter(path.rpartition("/")[0] for path, kind in pages.items() if kind in _PROSE)
    reports: list[Member] = []
    left: list[Member] = []
    others = {path: file for path, file in found.items() if path not in pages}
    for path, kind in sorted(pages.items()):
        folder = path.rpartition("/")[0]
        alone = counts[folder] <= 1 and (bool(folder) or counts.total() <= 1)
        member = _member(found[path], path, kind, alone=alone)
        if member is None:
            others[path] = found[path]
        else:
            (left if member.why else reports).append(member)
    return Collection(root, tuple(reports), tuple(left), dict(sorted(others.items())))


def _member(file: Path, path: str, kind: str, *, alone: bool) -> Member | None:
    """A page; ``None`` for what only might have been one by its ending."""
    if file.is_symlink():
        return None  # its target is there itself
    if file.stat().st_size > MAX_BYTES:
        return Member(path, b"", f"larger than {MAX_BYTES // 1024 // 1024} MB") if kind in _PROSE else None
    data = file.read_bytes()
    if not is_text(data):
        return Member(path, data, "no text: it holds NUL characters") if kind in _PROSE else None
    text = decode(data)
    sure = kind in _PROSE
    if kind in _MAYBE and is_confluence(text):  # the page itself, without what the product puts around it
        sure, page = True, forms.read(path, data)
        text = f"{page.title or ''}\n\n{page.text}"
    why = why_no_report(path, text, alone=alone, sure=sure)
    if kind in _UNREAD:
        name = _UNREAD[kind]
        return Member(path, data, f"written in {name}, which is not read: convert it to Markdown") if not why else None
    return Member(path, data, why) if sure or not why else None


def _kind(path: str) -> str:
    """The ending of a file's name in small letters; empty for one that is none: “v1.19”, “Outage of 3.2 hours”."""
    name = path.rpartition("/")[2]
    ending = re.search(r"(?<=[^.])((?:\.(?:md|markdown|html))?\.[A-Za-z][A-Za-z0-9]{0,8})\Z", name)
    if ending is None:
        return ""
    kind = ending[1][1:].lower()
    return kind if kind in ("md.erb", "markdown.erb", "html.erb") else kind.rpartition(".")[2]


def _walk(root: Path, leave_out: Path | None) -> Iterator[tuple[str, Path]]:
    """The files by their paths. Links are followed to files inside alone, and never to folders."""
    inside = root.resolve()
    folders = [(root, "")]
    count = 0
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            path = f"{prefix}{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED and Path(entry.path).resolve() != leave_out:
                    folders.append((Path(entry.path), f"{path}/"))
            elif entry.is_file() and (not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(inside)):
                count += 1
                if count > MAX_FILES:
                    message = f"{root} holds more than {MAX_FILES:,} files"
                    raise AfterwordError(message, "Name the folder that the reports are in.")
                yield path, Path(entry.path)
