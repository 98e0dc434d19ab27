"""Documents: reports that no migration can read, so that a person has to bring them into another form first."""

from __future__ import annotations

from collections.abc import Collection

from afterword.migration.forms.endings import ending_of
from afterword.migration.judging import is_named_as_report

_FORMS = {
    "pdf": ("a PDF", "export what it was made of as HTML or Markdown"),
    "docx": ("a Word document", "save it as HTML"),
    "doc": ("a Word document", "save it as HTML"),
    "odt": ("an OpenDocument text", "save it as HTML"),
    "rtf": ("Rich Text", "save it as HTML"),
    "pages": ("a Pages document", "export it as Word, and save that as HTML"),
    "gdoc": ("a shortcut that holds no text of its Google document", "download that as Markdown"),
}
_BESIDE_PAGES = frozenset(
    ("attachments", "assets", "images", "img", "static", "files", "media", "uploads", "resources", "downloads")
)
"""Folders of what belongs to pages."""


def unread(files: Collection[str], pages: Collection[str]) -> dict[str, str]:
    """Which of some files are documents that look like reports, and why each is not read, in words for people.

    ``pages``: the paths of those files of the source that are read. A document beside a page of its name is its print.
    """
    folders = {_folder(path) for path in pages}
    stems = {_stem(path) for path in pages}
    found = {}
    for path in files:
        known = _FORMS.get(ending_of(path).lower()[1:])
        if known is None or _stem(path) in stems or not _BESIDE_PAGES.isdisjoint(path.lower().split("/")[:-1]):
            continue
        if not pages or _folder(path) in folders or is_named_as_report(path):
            form, way = known
            found[path] = f"{form}, which is not read: {way}"
    return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _stem(path: str) -> str:
    return path.removesuffix(ending_of(path)).casefold()
