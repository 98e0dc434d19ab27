"""Figures: what home, the list, the board and the JSON count is what the library holds."""

from __future__ import annotations

import json
import re

import pytest

from afterword.checking import Report
from afterword.measures import overview
from afterword.pages import actions, home, listing
from afterword.pages.listing import Rows
from afterword.pages.site import Site
from afterword.pages.urls import Urls
from tests.measuring import AS_OF, action, done, library, made


@pytest.fixture(scope="module")
def site() -> Site:
    """Five of our own and a public one: four incidents, of which one is a draft, and a drill."""
    known = library(
        made("2026-03-04-a", severity="SEV1", actions=[action("A1", due="2026-10-20"), done("A2")]),
        made("2026-07-01-b", started="2026-07-01", services=["checkout", "storefront"], root_cause="deploy"),
        made("2026-08-01-c", started="2026-08-01", severity="SEV2", actions=[action("A1", due="2026-11-01")]),
        made("2026-10-01-d", started="2026-10-01", status="draft", published=None, resolved=None),
        made("2026-10-02-e", started="2026-10-02", kind="drill", root_cause=None, actions=[action(due=None)]),
        made("2020-01-01-f", started="2020-01-01", origin="public", organization="Acme", services=[], severity=None),
    )
    return Site(known, Report(AS_OF, (), len(known.records)), overview(known, AS_OF), AS_OF, Urls())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_home_counts_the_incidents_of_twelve_months_and_the_critical_ones(site: Site) -> None:
    text = words(home.build(site, Rows(site)).html)
    assert "4 incidents in 12 months · 1 SEV1 · 1 SEV2 · median time to mitigate 32 min (n = 1)" in text
    assert "1 action overdue" in text
    assert "1 incident in 2026 Q4 so far, 2 in the quarter before" in text
    assert "All 3 open actions" in text


def test_each_facet_counts_what_has_its_value(site: Site) -> None:
    found = {facet.key: {choice.key: choice.count for choice in facet.choices} for facet in Rows(site).facets()}
    assert {key: found[key] for key in ("severity", "service", "team", "category", "kind", "origin", "status")} == {
        "severity": {"SEV1": 1, "SEV2": 1, "SEV3": 3},
        "service": {"checkout": 5, "storefront": 1},
        "team": {"team-payments": 5, "team-web": 1},
        "category": {"capacity": 4, "deploy": 1},
        "kind": {"incident": 5, "drill": 1},
        "origin": {"internal": 5, "public": 1},
        "status": {"draft": 1, "published": 5},
    }
    assert found["year"] == {"2026": 5, "2020": 1}


def test_the_board_has_what_is_owed_by_due_date_and_says_what_is_overdue(site: Site) -> None:
    html = actions.build(site).html
    assert words(html).startswith("Actions 1 overdue of 3 open actions")
    rows = re.findall(r'<tr[^>]* data-due="(\w+(?: \w+)?)"', html)
    assert rows == ["overdue", "later", "no date"]
    assert "12 d late" in html
    assert "Done: 1" in html


def test_the_json_counts_open_and_overdue_actions_of_each(site: Site) -> None:
    found = json.loads(listing.as_json(site, Rows(site)))
    assert found["count"] == 6
    counts = {item["id"]: (item["open_actions"], item["overdue_actions"]) for item in found["incidents"]}
    assert counts["2026-03-04-a"] == (1, 1)
    assert counts["2026-08-01-c"] == (1, 0)
    assert counts["2026-10-02-e"] == (1, 0)
    assert counts["2020-01-01-f"] == (0, 0)
