from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.budgeting import HOSTILE, everything, flat, render
from tests.budgets.counting import objective
from tests.hostile import FILES
from tests.site import FOLDER, SMALL, build, incident, write

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MORE = {
    f"{FOLDER}2026-{month:02d}-{day:02d}-payments-waited.md": incident(
        f"Payments waited {month}", f"2026-{month:02d}-{day:02d}", severity="SEV3", action="open"
    )
    for month, day in ((7, 11), (8, 12), (9, 13))
} | {
    "postmortems/incidents/undated-carts-were-empty.md": "---\ntitle: Carts were empty\nkind: incident\n---\n\nOnce.\n",
    f"{FOLDER}2026-06-14-a-long-name.md": incident("storefront_search_index_rebuild_" * 6, "2026-06-14"),
    "postmortems/words.md": (
        "# Words\n\n| Word | Where |\n| --- | --- |\n"
        "| One | What the word means stands in [the list](incidents/index.md), as ever |\n"
    ),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Tab:
    """A page in the browser and what it complained of or asked other hosts for."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Goes to a page of the site."""
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    write(root, SMALL | MORE | FILES)
    hostile = objective("hostile", title=HOSTILE, description=HOSTILE, service=HOSTILE)
    render(root, *everything(), flat(hostile, 0.7, queries={HOSTILE: HOSTILE}, warnings=(HOSTILE,)))
    built = build(root)
    assert built.warnings == []
    return built.site


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A fresh tab; ``@pytest.mark.parametrize("tab", [{…}], indirect=True)`` sets options of its context."""
    options: dict[str, Any] = getattr(request, "param", {})
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    opened = Tab(context.new_page(), base)
    page = opened.page
    page.on("console", lambda it: opened.faults.append(f"console: {it.text}") if it.type == "error" else None)
    page.on("pageerror", lambda it: opened.faults.append(f"error: {it}"))
    page.on("dialog", lambda it: opened.faults.append(f"dialog: {it.message}"))
    page.on("request", lambda it: None if it.url.startswith((base, "data:")) else opened.faults.append(it.url))
    yield opened
    context.close()
