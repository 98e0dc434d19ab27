from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword import checking, settings
from afterword.measures import overview
from afterword.model import Cost
from afterword.pages import Page, Site, Urls, generated, incident
from afterword.pages.budget_summary import Summary
from afterword.pages.listing import Rows
from afterword.pages.related import MOST, Relations
from tests.site import FOLDER, SMALL
from tests.site import incident as text_of

AS_OF = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)


def site_of(root: Path, files: dict[str, str]) -> Site:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    found = checking.load(root, settings.load(root), use_cache=False, workers=1)
    return Site(found, checking.check(found, AS_OF), overview(found, AS_OF), AS_OF, Urls())


def page_of(site: Site, name: str, html: str = "") -> Page:
    return incident.build(site, Relations(site), site.library.by_id[name], html)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("small"), SMALL)


FIRST = "2026-03-04-checkout-answered-503"


def test_the_summary_comes_before_the_timeline_and_the_facts(small: Site) -> None:
    html = page_of(small, FIRST, "<h2>Timeline</h2><p>rows</p><h2>Executive summary</h2><p>Nobody could pay.</p>").html
    order = ["Nobody could pay", "aw-timeline", "Users affected", "<p>rows</p>"]
    assert sorted(order, key=html.index) == order


def test_without_a_summary_part_the_one_of_the_front_matter_stands_there(small: Site) -> None:
    assert '<p class="aw-lead">The pool was exhausted' in page_of(small, FIRST, "<h2>Timeline</h2>").html


def test_actions_are_drawn_under_their_heading_and_a_long_text_goes_into_a_fold(small: Site) -> None:
    html = page_of(small, FIRST, '<h2 id="acoes">Itens de ação</h2><table><tr><td>old</td></tr></table>').html
    assert html.index('id="acoes"') < html.index('id="action-a1"') < html.index("aw-fold") < html.index("old")
    assert 'href="#acoes">0 of 1 done, 1 overdue' in html
    assert "overdue by 12 days" in html


def test_a_short_remark_under_the_actions_stays_open(small: Site) -> None:
    html = page_of(small, FIRST, "<h2>Action items</h2><p>See also A4.</p>").html
    assert "What the postmortem says" not in html
    assert "<p>See also A4.</p>" in html


def test_actions_get_a_heading_before_the_lessons_when_there_is_none(small: Site) -> None:
    html = page_of(small, FIRST, "<h2>Root cause</h2><h2>Lessons learned</h2>").html
    assert html.index("Root cause</h2>") < html.index('id="action-items"') < html.index("Lessons learned")


def test_the_table_of_contents_holds_what_the_page_adds(small: Site) -> None:
    assert [item.title for item in page_of(small, FIRST).toc] == ["Action items", "Related incidents"]


def test_days_from_the_end_to_publication_are_told(small: Site) -> None:
    assert "(the same day)" in page_of(small, FIRST).html


def test_a_draft_says_what_is_missing(small: Site) -> None:
    html = page_of(small, "2026-10-28-search-timed-out-on-long-words").html
    assert "Still to be written before review: Timeline, Root cause, Action items, Lessons learned." in html


def test_related_ones_come_with_the_reason_and_a_chain_is_told(tmp_path: Path) -> None:
    again = text_of("Checkout again", "2026-06-01").replace("tags:", f"recurrence_of: [{FIRST}]\ntags:")
    site = site_of(tmp_path, SMALL | {f"{FOLDER}2026-06-01-checkout-again.md": again})
    html = page_of(site, FIRST).html
    assert "repeats this incident" in html
    assert "one of 2 that repeat each other" in html
    assert "same cause and factor: capacity, missing alert" in html
    assert "this incident repeats it" in page_of(site, "2026-06-01-checkout-again").html


def test_there_are_at_most_five_related_and_never_itself(tmp_path: Path) -> None:
    many = {f"{FOLDER}2026-06-{day:02d}-x.md": text_of(f"X {day}", f"2026-06-{day:02d}") for day in range(1, 15)}
    site = site_of(tmp_path, SMALL | many)
    relations = Relations(site)
    for postmortem in site.postmortems:
        found = [item.postmortem.id for item in relations.of(postmortem)]
        assert len(found) == len(set(found)) <= MOST
        assert postmortem.id not in found
    middle = [item.postmortem.id for item in relations.of(site.library.by_id["2026-06-07-x"])]
    assert middle == [f"2026-06-{day:02d}-x" for day in (6, 8, 5, 9, 4)]


@pytest.mark.parametrize(
    ("repository", "url"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/edit/main/x%20%22y.md"),
        ("https://gitlab.com/a/b.git", "https://gitlab.com/a/b/-/edit/main/x%20%22y.md"),
    ],
)
def test_where_a_file_is_edited(tmp_path: Path, repository: str, url: str) -> None:
    text = SMALL["afterword.yml"].replace("https://github.com/example/shop", repository)
    assert incident.edit_url(site_of(tmp_path, {"afterword.yml": text}), 'x "y.md') == url


def test_all_pages_of_an_empty_library_are_made(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"afterword.yml": SMALL["afterword.yml"]})
    found = {page.uri: page for page in generated.pages(site, Rows(site))}
    assert "afterword new" in found["index.md"].html
    assert "No postmortem names it yet" in found["services/checkout.md"].html
    assert found["trends.md"].html


def test_our_own_come_before_public_ones_in_the_list(small: Site) -> None:
    page = next(page for page in generated.pages(small, Rows(small)) if page.uri == "incidents/index.md")
    assert page.html.index("Checkout answered 503") < page.html.index("A public outage")


def test_a_facet_with_one_value_is_offered_where_not_all_have_it(tmp_path: Path) -> None:
    found = Rows(site_of(tmp_path, {path: text for path, text in SMALL.items() if "-storefront-was-" not in path}))
    offered = {facet.key: len(facet.choices) for facet in found.facets()}
    assert offered["category"] == 3
    (tmp_path / "postmortems/incidents/2026/2026-10-28-search-timed-out-on-long-words.md").unlink()
    offered = {facet.key: len(facet.choices) for facet in Rows(site_of(tmp_path, {})).facets()}
    assert offered["team"] == 1
    assert "status" not in offered


def test_every_page_has_a_title_and_one_level_1_heading(small: Site) -> None:
    for page in generated.pages(small, Rows(small)):
        assert page.title, page.uri
        assert page.html.count("<h1") == 1, page.uri
        assert "style=" not in page.html, page.uri


def test_what_it_used_of_error_budgets_leads_to_their_pages_where_there_are_any(small: Site) -> None:
    item = small.library.by_id[FIRST]
    costs = (Cost(0, "checkout-errors", 0.4123), Cost(1, "checkout-<b>", 0.05))
    given = replace(item, budgets=costs, external_ids=(("pagerduty", "Q123"),))
    summary = Summary("checkout-errors", "Errors", "checkout", "NORMAL", "90 %", False, "budgets/checkout-errors.md")
    site = replace(small, budgets=(summary,))
    html = incident.build(site, Relations(site), given, "").html
    assert '41.2 % of <a href="../../../budgets/checkout-errors/">Errors</a>' in html
    assert "5.0 % of checkout-&lt;b&gt;" in html
    assert "pagerduty Q123" in html
    assert "Error budget" not in page_of(small, FIRST).html
