from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types

from tests.browser.conftest import Tab
from tests.hostile import PAGES

pytestmark = pytest.mark.browser

HOME = ""
LIST = "incidents/"
INCIDENT = "incidents/2026/2026-03-04-checkout-answered-503/"
BOARD = "actions/"
TRENDS = "trends/"
GROUP = "services/checkout/"
OWN = "words/"
"""A page that the user wrote."""
RULE = "guide/rules/aw301/"
HOSTILE = tuple(f"{page}/" for page in PAGES)
"""They name pictures that are not there, which the console remarks."""
ALL = (HOME, LIST, INCIDENT, BOARD, TRENDS, GROUP, RULE, *HOSTILE)

light = {"color_scheme": "light"}
dark = {"color_scheme": "dark"}
phone = {"viewport": {"width": 375, "height": 800}}
scriptless = {"java_script_enabled": False}


def rows(tab: Tab) -> list[str]:
    return tab.page.locator("[data-aw-rows] tbody tr:visible .aw-c-title > a").all_inner_texts()


@pytest.mark.parametrize("tab", [light, dark], indirect=True, ids=["light", "dark"])
@pytest.mark.parametrize("path", [HOME, LIST, INCIDENT, BOARD, TRENDS, GROUP, OWN])
def test_axe_finds_nothing_serious(tab: Tab, path: str) -> None:
    page = tab.open(path)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{item['id']}: {item['nodes'][0]['html'][:200]} {item['nodes'][0].get('failureSummary', '')[:200]}"
        for item in found
        if item["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("path", ALL)
def test_nothing_leaves_the_host_and_the_console_stays_empty(tab: Tab, path: str) -> None:
    page = tab.open(path)
    page.wait_for_load_state("networkidle")
    assert [fault for fault in tab.faults if "404" not in fault or path not in HOSTILE] == []


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_postmortem_runs_nothing(tab: Tab, path: str) -> None:
    page = tab.open(path)
    for link in page.locator("article a:visible, article summary:visible").all()[:40]:
        link.hover(force=True, timeout=1000)
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelector('#__config').tagName") == "SCRIPT"
    assert [fault for fault in tab.faults if "404" not in fault] == []


def test_the_search_finds_hostile_text_as_text(tab: Tab) -> None:
    page = tab.open(HOME)
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("zebra")
    page.locator(".md-search-result__item").first.wait_for()
    assert "</title><script>" in page.locator(".md-search-result__list").inner_text()
    assert page.evaluate("window.pwned") is None
    assert tab.faults == []


@pytest.mark.parametrize("tab", [phone], indirect=True)
@pytest.mark.parametrize("path", ALL)
def test_nothing_scrolls_sideways_on_a_phone(tab: Tab, path: str) -> None:
    page = tab.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("tab", [phone], indirect=True)
def test_many_services_of_an_incident_go_over_several_lines_on_a_phone(tab: Tab) -> None:
    page = tab.open(LIST)
    many = ", ".join(f"<a href='#'>the service number {number} of many</a>" for number in range(9))
    page.evaluate("many => { document.querySelector('td.aw-c-where').innerHTML = many; }", many)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("tab", [{"viewport": {"width": width, "height": 800}} for width in (768, 1280)], indirect=True)
@pytest.mark.parametrize("path", [HOME, LIST, BOARD, GROUP])
def test_a_title_without_spaces_widens_no_table(tab: Tab, path: str) -> None:
    page = tab.open(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_facets_narrow_the_list_and_say_so(tab: Tab) -> None:
    page = tab.open(LIST)
    total = len(rows(tab))
    page.get_by_text("Severity", exact=True).first.click()
    page.get_by_label("SEV2").check()
    assert rows(tab) == ["Storefront was slow"]
    assert page.locator(".aw-filter output").inner_text() == f"1 of {total}"
    assert page.url.endswith("?severity=SEV2")


def test_counts_of_a_facet_say_what_would_be_there(tab: Tab) -> None:
    page = tab.open(f"{LIST}?severity=SEV2")
    page.locator("[data-aw-facet=service] summary").click()
    assert "0" in page.locator("[data-aw-facet=service] label", has_text="Checkout").inner_text()
    assert "1" in page.locator("[data-aw-facet=service] label", has_text="Storefront").inner_text()
    page.locator("[data-aw-facet=severity] summary").click()
    assert "4" in page.locator("[data-aw-facet=severity] label", has_text="SEV1").inner_text()


def test_the_url_restores_the_state(tab: Tab) -> None:
    page = tab.open(f"{LIST}?service=checkout&severity=SEV3&sort=oldest&q=payments")
    assert rows(tab) == ["Payments waited 7", "Payments waited 8", "Payments waited 9"]
    assert page.locator("[name=q]").input_value() == "payments"
    assert page.locator("[name=sort]").input_value() == "oldest"


def test_what_is_undated_stands_last_whichever_way_the_days_run_and_in_no_year(tab: Tab) -> None:
    for order in ("newest", "oldest"):
        tab.open(f"{LIST}?sort={order}")
        assert rows(tab)[-1] == "Carts were empty"
    assert rows(tab)[0] == "A public outage of a famous service"
    tab.open(f"{LIST}?year=2026&year=2017")
    assert "Carts were empty" not in rows(tab)
    tab.open(f"{LIST}?year=undated")
    assert rows(tab) == ["Carts were empty"]


def test_values_of_one_facet_are_alternatives(tab: Tab) -> None:
    tab.open(f"{LIST}?severity=SEV2&origin=public&origin=internal&severity=SEV1")
    assert "Storefront was slow" in rows(tab)
    assert "Checkout answered 503" in rows(tab)


def test_the_back_button_takes_a_condition_away_again(tab: Tab) -> None:
    page = tab.open(LIST)
    total = len(rows(tab))
    page.locator("[data-aw-facet=severity] summary").click()
    page.get_by_label("SEV2").check()
    assert len(rows(tab)) == 1
    page.go_back()
    assert len(rows(tab)) == total
    assert not page.get_by_label("SEV2").is_checked()
    page.go_forward()
    assert len(rows(tab)) == 1


def test_facets_work_with_the_keyboard_alone(tab: Tab) -> None:
    page = tab.open(LIST)
    page.locator("[name=sort]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert rows(tab) == ["Storefront was slow"]
    page.keyboard.press("Escape")
    assert not page.locator("[data-aw-facet=severity]").evaluate("it => it.open")
    assert page.evaluate("document.activeElement.textContent") == "Severity"


def test_a_chip_and_clear_all_take_conditions_away(tab: Tab) -> None:
    page = tab.open(f"{LIST}?severity=SEV2&severity=SEV3")
    page.get_by_label("Remove Severity: SEV3").click()
    assert rows(tab) == ["Storefront was slow"]
    page.get_by_role("button", name="Clear all").click()
    assert len(rows(tab)) > 1
    assert page.url.endswith(LIST)


def test_when_nothing_fits_it_says_what_to_do(tab: Tab) -> None:
    page = tab.open(f"{LIST}?q=nosuchword")
    assert rows(tab) == []
    assert page.locator(".aw-none").is_visible()


def test_the_action_board_is_narrowed_in_the_same_way(tab: Tab) -> None:
    page = tab.open(f"{BOARD}?team=team-payments&status=open")
    assert rows(tab)
    assert page.locator(".aw-late").first.is_visible()


@pytest.mark.parametrize("tab", [scriptless], indirect=True)
def test_without_scripts_the_lists_are_plain_tables(tab: Tab) -> None:
    page = tab.open(LIST)
    assert "Checkout answered 503" in rows(tab)
    assert not page.locator(".aw-filter").is_visible()
    assert page.get_by_role("link", name="Checkout", exact=True).first.is_visible()
    tab.open(BOARD)
    assert rows(tab)


def test_a_time_is_given_in_the_readers_zone_on_hover(tab: Tab) -> None:
    page = tab.open(INCIDENT)
    time = page.locator("time[datetime='2026-03-04T09:12:00Z']").first
    time.hover()
    assert "2026" in (time.get_attribute("title") or "")


@pytest.mark.parametrize("tab", [dark], indirect=True)
def test_dark_mode_follows_the_system(tab: Tab) -> None:
    page = tab.open(HOME)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
