"""Generated: all pages and data files that no Markdown file stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.pages import actions, data, groups, home, listing, metrics, rulebook, trends
from afterword.pages.listing import Rows
from afterword.pages.page import Page
from afterword.pages.site import Site


def pages(site: Site, rows: Rows) -> Iterator[Page]:
    """The pages, in a fixed order."""
    yield home.build(site, rows)
    yield listing.build(site, rows)
    yield actions.build(site)
    yield trends.build(site)
    yield from groups.build(site, rows)
    yield from rulebook.build(site)


def files(site: Site, rows: Rows) -> Iterator[tuple[str, bytes]]:
    """The data files: path from the site's root, content."""
    yield listing.DATA, listing.as_json(site, rows).encode()
    yield metrics.FILE, metrics.text(site).encode()
    for postmortem in site.postmortems:
        yield data.uri(postmortem), data.as_json(rows, postmortem).encode()
