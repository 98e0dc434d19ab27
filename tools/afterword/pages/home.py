"""Home: how many, how bad, how fast, and what needs somebody now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from afterword.measures import Count, Measure, Stack
from afterword.model import Postmortem
from afterword.pages import listing
from afterword.pages.charts import Bar, bars, sparkline, stacked
from afterword.pages.listing import Rows
from afterword.pages.page import Page, page
from afterword.pages.row import Row
from afterword.pages.site import Site
from afterword.pages.templates import render
from afterword.pages.words import joined, plural

URI = "index.md"
_LATEST = 5
_MEASURES = ("ttd", "ttm", "ttr", "ttp", "completion", "coverage-critical", "recurrence")


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in the table of home."""

    measure: Measure
    spark: Markup

    @property
    def verdict(self) -> str:
        """How it stands to its target, in a word."""
        return "" if self.measure.met is None else "met" if self.measure.met else "missed"


def build(site: Site, rows: Rows) -> Page:
    """The home page of a library without one of its own."""
    root = site.urls.root(URI)
    seen = site.overview
    own = site.own
    html = render(
        "home.html",
        site=site,
        root=root,
        seen=seen,
        name=site.settings.name,
        worst=_worst(site, seen.frequency.severities),
        ttm=seen.measure("ttm"),
        latest=[rows.of(item) for item in own[:_LATEST]],
        public=_public(site, rows),
        measures=[Line(seen.measure(key), _spark(seen.measure(key))) for key in _MEASURES],
        quarters=quarters(site, root, seen.history.quarters_by_severity),
        causes=_causes(site, root, seen.frequency.categories, seen.frequency.total),
        patterns=_patterns(site, root, seen.patterns.categories, seen.patterns.total),
        list_url=site.urls.of(listing.URI),
    )
    return page(URI, site.settings.name, html, description=site.settings.description, wide=True)


def _worst(site: Site, counts: Sequence[Count]) -> list[tuple[str, int]]:
    """The critical severities with their count."""
    return [
        (count.key, count.n)
        for count in counts
        if count.key in site.settings.severities and site.settings.severities[count.key].critical
    ]


def _public(site: Site, rows: Rows) -> list[Row]:
    found: list[Postmortem] = [item for item in site.postmortems if not item.is_internal]
    return [rows.of(item) for item in found[:_LATEST]]


def _spark(measure: Measure) -> Markup:
    values = measure.series.last(8).values
    known = [measure.unit.write(value) for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    return sparkline(values, f"{measure.title} by quarter, from {known[0]} to {known[-1]}")


def quarters(site: Site, root: str, stack: Stack) -> Markup:
    """Incidents per quarter by severity."""
    totals = [*zip(stack.periods, stack.totals, strict=True)]
    caption = "No incident yet"
    if totals:
        period, count = totals[-1]
        unfinished = " so far" if period.last > site.today else ""
        caption = f"{plural(count, 'incident')} in {period.label}{unfinished}"
        if len(totals) > 1:
            caption += f", {totals[-2][1]} in the quarter before"
    return stacked(caption, stack, site.rank, lambda period: _year(site, root, period.last.year))


def _year(site: Site, root: str, year: int) -> str | None:
    url = site.pages.get(f"years/{year}")
    return f"{root}{url}" if url else None


def _causes(site: Site, root: str, counts: Sequence[Count], total: int) -> Markup:
    caption = f"{_leading(counts, total)} in the last 12 months"
    return bars(caption, _bars(site, root, counts), ("Root cause", "Incidents"))


def _patterns(site: Site, root: str, counts: Sequence[Count], total: int) -> Markup | None:
    """What other organisations' incidents came from; ``None`` without any."""
    if not total:
        return None
    caption = f"{_leading(counts, total)} of other organisations"
    return bars(caption, _bars(site, root, counts), ("Root cause", "Public incidents"))


def _leading(counts: Sequence[Count], total: int) -> str:
    """The most frequent root cause in a sentence."""
    if not counts:
        return "No root cause known"
    most = counts[0].n
    leading = [count.title for count in counts if count.n == most]
    if len(leading) > 3:
        return f"No root cause stands out among {plural(total, 'incident')}"
    share = f"{most} of {plural(total, 'incident')}"
    return f"{joined(leading)}: {share}{' each' if len(leading) > 1 else ''}"


def _bars(site: Site, root: str, counts: Sequence[Count]) -> list[Bar]:
    return [
        Bar(count.title, count.n, f"{root}{url}" if (url := site.pages.get(f"categories/{count.key}")) else None)
        for count in counts
    ]
