"""Trends: each measure over time, its distribution, and how it is computed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from afterword.measures import Measure, Observation, Period
from afterword.model import Kind
from afterword.pages import listing
from afterword.pages.charts import headline, line, strip
from afterword.pages.home import quarters
from afterword.pages.page import Page, page
from afterword.pages.site import Site
from afterword.pages.templates import render

URI = "trends.md"
_KEYS = ("ttd", "ttm", "ttr", "ttp", "completion", "completion-longer", "time-to-implement", "coverage",
         "coverage-critical", "recurrence")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chapter:
    """One measure: its line over time, its distribution where it has one."""

    measure: Measure
    line: Markup
    strip: Markup | None


def build(site: Site) -> Page:
    """The page of trends."""
    root = site.urls.root(URI)
    seen = site.overview
    html = render(
        "trends.html",
        site=site,
        root=root,
        seen=seen,
        quarters=quarters(site, root, seen.history.quarters_by_severity),
        chapters=[_chapter(site, root, seen.measure(key)) for key in _KEYS],
        other=[count for count in seen.history.kinds if count.key != "incident" and count.n],
        undated=sum(item.is_internal and item.kind is Kind.INCIDENT for item in seen.undated),
        list_url=site.urls.of(listing.URI),
    )
    text = "frequency, time to detect, mitigate and resolve, time to postmortem, action completion, coverage"
    return page(URI, "Trends", html, description=f"How our incidents change: {text}", search=text)


def _chapter(site: Site, root: str, measure: Measure) -> Chapter:
    def year(period: Period) -> str | None:
        url = site.pages.get(f"years/{period.last.year}")
        return f"{root}{url}" if url else None

    def incident(observation: Observation) -> str | None:
        found = site.library.by_id.get(observation.id.partition("#")[0])
        return f"{root}{site.url(found)}" if found else None

    drawn = line(headline(measure), measure.series, measure.unit, measure.target, year)
    spread = None
    if measure.distribution and measure.distribution.n > 1:
        caption = f"{measure.title} of {measure.distribution.n}, {measure.period.label}"
        spread = strip(caption, measure.distribution, incident, site.rank)
    return Chapter(measure, drawn, spread)
