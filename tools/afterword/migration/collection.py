"""Collection: the files of a source, and what each of them is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.migration import documents, forms
from afterword.migration.forms.decoding import decode, is_text
from afterword.migration.forms.endings import ending_of
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
_JUNCTION = 0xA0000003
"""What Windows marks a junction with: a folder that is another one."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file. ``path`` is relative to the source, with ``/``. ``why``: why it is no report, in words for people."""

    path: str
    data: bytes = field(repr=False)
    why: str | None = None


@dataclass(frozen=True)
class Collection:
    """The files of a source.

    ``reports`` in the order of their paths; ``left`` are read and no reports (templates, read-me files, indexes), or
    look like some and cannot be read; ``others`` are the paths of all files that are no pages, which reports may link
    to.
    """

    root: Path
    reports: tuple[Member, ...]
    left: tuple[Member, ...]
    others: Mapping[str, Path]


def collect(root: Path, *leave_out: Path) -> Collection:
    """The files of a folder, and what each of them is. Raises as ``listed``."""
    return sorted_out(root, listed(root, *leave_out))


def listed(root: Path, *leave_out: Path) -> dict[str, Path]:
    """The files below a folder, by their paths in it, with ``/``; hidden ones, and what leads out of it, left out.

    ``leave_out``: folders in it that are none of the source, as the library that is made. Raises ``OSError``, and
    ``AfterwordError`` for too many files.
    """
    return dict(_walk(root, tuple(folder.stat() for folder in leave_out if folder.exists())))


def sorted_out(root: Path, found: Mapping[str, Path]) -> Collection:
    """What each of some files is. ``found``: by its path in the source, with ``/``, where each of them lies."""
    pages = {path: kind for path in found if (kind := ending_of(path).lower()[1:]) in _PROSE | _MAYBE | _UNREAD.keys()}
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
    unread = documents.unread(others, [member.path for member in reports])
    left.extend(Member(path, b"", why) for path, why in unread.items())
    left.sort(key=lambda member: member.path)
    return Collection(root, tuple(reports), tuple(left), dict(sorted(others.items())))


def is_hidden(path: str) -> bool:
    """Whether a path leads through what no source means to show: hidden files and folders, and those of tools."""
    return any(part.startswith(".") or part in _SKIPPED for part in path.split("/"))


def _member(file: Path, path: str, kind: str, *, alone: bool) -> Member | None:
    """A page; ``None`` for what only might have been one by its ending."""
    if file.is_symlink():
        return None  # its target is there itself
    try:
        if file.stat().st_size > MAX_BYTES:
            return Member(path, b"", f"larger than {MAX_BYTES // 1024 // 1024} MB") if kind in _PROSE else None
        data = file.read_bytes()
    except OSError as error:
        return Member(path, b"", f"it cannot be read: {error.strerror}") if kind in _PROSE else None
    if not is_text(data):
        return Member(path, data, "no text: it holds NUL characters") if kind in _PROSE else None
    text = decode(data)
    sure = kind in _PROSE
    if kind in _MAYBE and is_confluence(text) and (page := forms.read(path, data)).form.startswith("Confluence"):
        sure, text = True, f"{page.title or ''}\n\n{page.text}"  # without what the product puts around it
    why = why_no_report(path, text, alone=alone, sure=sure)
    if kind in _UNREAD:
        name = _UNREAD[kind]
        return Member(path, data, f"written in {name}, which is not read: convert it to Markdown") if not why else None
    return Member(path, data, why) if sure or not why else None


def _walk(root: Path, leave_out: Sequence[os.stat_result]) -> Iterator[tuple[str, Path]]:
    """The files by their paths. Links are followed to files inside alone, and never to folders."""
    inside = root.resolve()
    folders = [(root, "")]
    count = 0
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            # a name need not be text: what is none is written out, so that it can be told and kept
            path = f"{prefix}{os.fsencode(entry.name).decode('utf-8', 'backslashreplace')}"
            if is_hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not _is_elsewhere(entry, leave_out):
                    folders.append((Path(entry.path), f"{path}/"))
            elif _is_file(entry, inside):
                count += 1
                if count > MAX_FILES:
                    message = f"{root} holds more than {MAX_FILES:,} files"
                    raise AfterwordError(message, "Name the folder that the reports are in.")
                yield path, Path(entry.path)


def _is_elsewhere(folder: os.DirEntry[str], leave_out: Sequence[os.stat_result]) -> bool:
    """Whether a folder is none of the source: one to leave out, or on Windows a junction, which may lead anywhere."""
    is_junction = getattr(folder.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION
    return is_junction or any(os.path.samestat(Path(folder.path).stat(), other) for other in leave_out)


def _is_file(entry: os.DirEntry[str], inside: Path) -> bool:
    """A plain file, or a link to one that the source shows: what is hidden may hold the password of a repository."""
    if not entry.is_symlink():
        return entry.is_file()
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or to itself
        return False
    return target.is_file() and target.is_relative_to(inside) and not is_hidden(target.relative_to(inside).as_posix())
