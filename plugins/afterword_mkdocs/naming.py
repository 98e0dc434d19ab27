"""Naming: gives the search dialog the name that the theme leaves out.

In the finished page, because a template block would render the theme's header into a string of its own first.
"""

from __future__ import annotations

import re

_DIALOG = '<div class="md-search" data-md-component="search" role="dialog"'
_FIELD = re.compile(r'class="md-search__input" name="query" aria-label="([^"]*)"')


def name_dialogs(output: str) -> str:
    """The page with the name of the search field on the dialog around it; as it was, without such a dialog."""
    head, dialog, rest = output.partition(_DIALOG)
    field = _FIELD.search(rest) if dialog else None
    return f'{head}{dialog} aria-label="{field[1]}"{rest}' if field else output
