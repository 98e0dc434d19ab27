"""Generated: all pages and data files that no Markdown file stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from afterword import resources
from afterword.pages import data, groups, listing
from afterword.pages.listing import Rows
from afterword.pages.page import Page
from afterword.pages.site import Site

SCHEMAS = ("postmortem", "settings", "findings")


def pages(site: Site, rows: Rows) -> Iterator[Page]:
    """The pages, in a fixed order."""
    yield listing.build(site, rows)
    yield from groups.build(site, rows)


def files(site: Site, rows: Rows) -> Iterator[tuple[str, bytes]]:
    """The data files: path from the site's root, content."""
    yield listing.DATA, listing.as_json(site, rows).encode()
    for postmortem in site.postmortems:
        yield data.uri(postmortem), data.as_json(site, rows, postmortem).encode()
    for name in SCHEMAS:
        yield f"schemas/{name}.schema.json", resources.schema_bytes(name)
