"""Pages of error budgets in a real browser: legible, harmless, at every width and in both schemes."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Error, Page

from tests.browser.conftest import Tab
from tests.browser.test_charts import BOXES, meet

pytestmark = pytest.mark.browser

INDEX = "budgets/"
PAGES = tuple(f"budgets/{name}/" for name in ("checkout-errors", "checkout-latency", "catalog-latency", "hostile"))
OTHERS = tuple(f"budgets/{name}/" for name in ("orders-durability", "assistant-quality", "assistant-errors"))
ALL = (INDEX, *PAGES, *OTHERS)

light = {"color_scheme": "light"}
dark = {"color_scheme": "dark"}
OPEN = "document.querySelectorAll('article details').forEach(it => { it.open = true; })"


def settled_width(page: Page, width: int) -> int:
    """How wide the page is once the theme has moved its side bars, which takes a moment after a change of width."""
    with suppress(Error):
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width, timeout=2000)
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


@pytest.mark.parametrize("tab", [light, dark], indirect=True, ids=["light", "dark"])
@pytest.mark.parametrize("path", [INDEX, *PAGES])
def test_axe_finds_nothing_serious(tab: Tab, path: str) -> None:
    page = tab.open(path)
    page.evaluate(OPEN)
    found = Axe().run(page).response["violations"]
    assert [
        f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found if item["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("path", ALL)
def test_nothing_leaves_the_host_and_the_console_stays_empty(tab: Tab, path: str) -> None:
    page = tab.open(path)
    page.wait_for_load_state("networkidle")
    assert tab.faults == []
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("path", ALL)
def test_at_every_width_nothing_scrolls_sideways_and_no_text_of_a_chart_meets_another(tab: Tab, path: str) -> None:
    page = tab.open(path)
    for width in (320, 375, 768, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        boxes: list[dict[str, Any]] = page.evaluate(BOXES, "article svg text")
        assert [box["text"] for box in boxes if box["size"] < 11] == []
        assert [box["text"] for box in boxes if box["left"] < 0 or box["right"] > width] == []
        assert width < 375 or [(a["text"], b["text"]) for a, b in combinations(boxes, 2) if meet(a, b)] == []
        assert settled_width(page, width) <= width
    page.evaluate(OPEN)
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        assert settled_width(page, width) <= width


def test_the_readers_clock_says_how_old_the_snapshot_is(tab: Tab) -> None:
    tab.page.clock.set_fixed_time("2026-11-02T02:45:00Z")
    page = tab.open(INDEX)
    assert page.locator(".aw-age").first.inner_text() == "(3 hours ago)"
    assert page.locator(".aw-age.aw-old").count() == 0
    tab.page.clock.set_fixed_time("2026-11-09T02:45:00Z")
    page = tab.open(INDEX)
    assert page.locator(".aw-age.aw-old").first.inner_text() == "(7 days ago)"


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_pages_say_all_but_the_age(tab: Tab) -> None:
    page = tab.open(INDEX)
    assert page.locator(".aw-age").first.inner_text() == ""
    assert page.locator(".aw-budgets tbody tr").count() == 10


def test_the_keyboard_reaches_the_figures_of_a_chart(tab: Tab) -> None:
    page = tab.open(PAGES[0])
    summary = page.locator("details.aw-data > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.aw-data").first.get_attribute("open") is not None


def test_from_home_to_the_budget_and_on_to_all_of_them(tab: Tab) -> None:
    page = tab.open("")
    page.locator("#attention ~ ul a", has_text="Catalog latency").click()
    assert page.url.endswith("budgets/catalog-latency/")
    page.get_by_role("link", name="Error budgets").first.click()
    assert page.url.endswith("budgets/")
