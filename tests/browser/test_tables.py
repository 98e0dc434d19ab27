from __future__ import annotations

import functools
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.conftest import Tab
from tests.site import ROOT, SMALL, build, write

pytestmark = pytest.mark.browser

GUIDE = ROOT / "postmortems" / "guide"
WRITTEN = sorted(path.stem for path in GUIDE.glob("*.md") if "\n| --" in path.read_text(encoding="utf-8"))
MADE = ("rules/aw301", "rules")
SCRIPTLESS = ("front-matter", "required")
"""The theme's script puts a box around each table; without it the table is its own box."""

TORN = r"""() => {
  const torn = [];
  for (const table of document.querySelectorAll("article table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const word of text.data.matchAll(/\d{4}-\d\d-\d\d|--[a-z]+|[\p{L}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const boxes = [...range.getClientRects()].filter((box) => box.width);
        if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) torn.push(word[0]);
      }
  }
  return torn;
}"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The guide as it is shipped, beside a small library."""
    root = tmp_path_factory.mktemp("guide")
    pages = {f"postmortems/guide/{path.name}": path.read_text(encoding="utf-8") for path in GUIDE.glob("*.md")}
    write(root, SMALL | pages)
    site: Path = build(root).site
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/guide/"
    server.shutdown()
    thread.join()
    server.server_close()


def sized(width: int, **more: object) -> dict[str, object]:
    return {"viewport": {"width": width, "height": 800}} | more


@pytest.mark.parametrize("tab", [sized(768)], indirect=True)
def test_no_word_of_a_table_is_torn_and_no_page_scrolls_sideways(tab: Tab) -> None:
    for name in (*WRITTEN, *MADE):
        page = tab.open(f"{name}/")
        for width in (768, 375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert (name, width, page.evaluate(TORN), page.evaluate(WIDER)) == (name, width, [], 0)


@pytest.mark.parametrize("tab", [sized(320, java_script_enabled=False)], indirect=True)
def test_without_scripts_no_page_scrolls_sideways_either(tab: Tab) -> None:
    for name in SCRIPTLESS:
        page = tab.open(f"{name}/")
        widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert (name, widths) == (name, [320, 320])


@pytest.mark.parametrize("tab", [sized(320)], indirect=True)
def test_a_table_that_is_wider_than_a_phone_scrolls_by_itself(tab: Tab) -> None:
    box = tab.open("required/").locator(".md-typeset__scrollwrap").nth(1)
    assert box.evaluate("it => it.scrollWidth > it.clientWidth && getComputedStyle(it).overflowX") == "auto"
