"""Forms: one file in a foreign form as a page. Each module knows one form or one side of it; ``read`` chooses.

``decoding``: bytes as text. ``endings``: of names. ``foreign``, ``nested``: front matter.
``shortcodes``: those of site generators. ``modules``: imports and exports of MDX.
``webpage``: HTML; with ``markup``, ``tags`` (what it is), ``storage``, ``macros``, ``exported``
(Confluence's) and ``rendering``, ``tables``, ``preformatted``, ``running``, ``inline``, ``escaping`` (as Markdown).
"""

from __future__ import annotations

import re
from dataclasses import replace

from afterword.migration.forms import modules, webpage
from afterword.migration.forms.decoding import decode
from afterword.migration.forms.endings import ending_of
from afterword.migration.forms.foreign import Front, front_of
from afterword.migration.forms.shortcodes import spoken
from afterword.migration.page import Page

_MARKUP = frozenset((".html", ".htm", ".xhtml", ".html.erb", ".xml"))
_ANYTHING = frozenset(("", ".txt", ".text"))
"""Endings that do not say what a file is."""
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)?<(?:!doctype\s+html|html|body)\b", re.IGNORECASE
)
_LOGGED = re.compile(r"^### \d{4}-\d\d-\d\d \([^()\n]{1,40}\)[ \t]*\n\s*^\* \[\d\d:\d\d\]", re.MULTILINE)


def read(path: str, data: bytes) -> Page:
    """The page of a file's bytes. Linear; never raises: what no encoding can read has marks in its place."""
    text = decode(data)
    front = front_of(text)
    start = front.end if front else 0
    first = text.count("\n", 0, start) + 1
    body = text[start:]
    ending = ending_of(path).lower()
    if ending in _MARKUP or (ending in _ANYTHING and body.lstrip().startswith("<")):
        if webpage.is_storage(body):
            return _with_front(webpage.storage(path, body, first), front)
        if ending in _MARKUP or _PAGE.match(body):
            return _with_front(webpage.html(path, body, first), front)
    count = body.count("\n") + 1
    body, stated = modules.hidden(body)
    fields = modules.fields_of(stated, first)
    title = next((field for field in fields if field.key == "title"), None)
    page = Page(path, _form(path, body, front), spoken(body), tuple(range(first, first + count)), fields)
    page = replace(page, title=title.value, title_line=title.line) if title else page
    return _with_front(page, front)


def _with_front(page: Page, front: Front | None) -> Page:
    if front is None:
        return page
    title = next((field for field in front.fields if field.key.lower() == "title"), None)
    return Page(
        page.path,
        page.form,
        page.text,
        page.lines,
        (*front.fields, *page.fields),
        title.value if title else page.title,
        title.line if title else page.title_line,
        front.raw,
        front.first,
        front.stretches,
    )


def _form(path: str, body: str, front: Front | None) -> str:
    """What the site was made with, as far as it can be told."""
    keys = {field.key for field in front.fields} if front else set()
    raw = front.raw if front else ""
    if re.search(r"^section:[ \t]*issue\b", raw, re.MULTILINE) or ({"severity", "affected"} <= keys and "date" in keys):
        return "cState"
    if _LOGGED.search(body):
        return "incident.io"
    if re.search(r"(?:^|/)_(?:posts|drafts)/", path):
        return "Jekyll"
    if "linkTitle" in keys or any(key.startswith("resources.") for key in keys):
        return "Docsy"
    if front and (front.kind != "YAML" or keys & {"lastmod", "publishDate", "expiryDate"}):
        return "Hugo"
    return "Markdown"
