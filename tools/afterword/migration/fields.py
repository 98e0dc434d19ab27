"""Fields: what a page states by name."""

from __future__ import annotations

from afterword.migration.outline import Outline
from afterword.migration.page import Field, Page


def fields(page: Page, outline: Outline) -> tuple[Field, ...]:
    """Those stated outside of the text, then those in it, in order: ``**Severity:** SEV2``, ``- Category: DNS``,
    rows of a table with a name and a value.
    """
    return page.fields
