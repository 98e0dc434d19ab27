"""Forms: one file in a foreign form as a page. Each module knows one form; ``read`` asks them in turn."""

from __future__ import annotations

from afterword.migration.page import Page


def read(path: str, data: bytes) -> Page:
    """The page of a file's bytes. Never raises: what cannot be decoded is read with marks in its place."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return Page(path, "Markdown", text, tuple(range(1, text.count("\n") + 2)))
