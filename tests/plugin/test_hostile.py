"""Nothing active from a postmortem reaches the site. The browser's part of this is in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile import FILES, PAGES
from tests.site import SMALL, Built, build, write

HANDLER = re.compile(r"on[a-z]+")


class Active(HTMLParser):
    """Collects what could act: handlers, scripts, addresses with a scheme that runs, embedded documents."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.meta: list[dict[str, str | None]] = []
        self._open: dict[str, str | None] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        for name, value in attrs:
            if HANDLER.fullmatch(name) or name in ("style", "srcdoc", "formaction", "ping", "srcset"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "data", "xlink:href") and value:
                plain = re.sub(r"[\x00-\x20]", "", value).lower()
                if plain.startswith(("javascript:", "data:", "vbscript:")):
                    self.found.append(f"{tag} {name}={value}")
                if tag in ("img", "script", "link", "source", "use") and re.match(r"(?:[a-z]+:)?//", plain):
                    self.found.append(f"{tag} {name}={value}")
        if tag in ("iframe", "object", "embed", "base", "animate", "set", "foreignobject", "math", "textarea"):
            self.found.append(tag)
        if tag == "meta":
            self.meta.append(known)
        if tag == "script":
            self._open, self._text = known, ""

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.scripts.append((self._open, self._text))
            self._open = None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root: Path = tmp_path_factory.mktemp("hostile")
    write(root, SMALL | FILES)
    return build(root)


def parsed(text: str) -> Active:
    found = Active()
    found.feed(text)
    return found


def pages(built: Built) -> list[tuple[str, str]]:
    return [
        (path.relative_to(built.site).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(built.site.rglob("*.html"))
    ]


def test_the_hostile_postmortems_are_accepted_and_built(built: Built) -> None:
    for page in PAGES:
        assert (built.site / page / "index.html").is_file(), built.warnings


def test_nothing_on_any_page_can_act(built: Built) -> None:
    canonical = "https://postmortems.example.org/"
    for name, text in pages(built):
        active = [item for item in parsed(text).found if canonical not in item]
        assert active == [], name


def test_each_page_has_no_other_scripts_than_one_without_anything_hostile(built: Built) -> None:
    clean = parsed(built.read("incidents/2026/2026-03-04-checkout-answered-503/index.html")).scripts
    for page in PAGES:
        scripts = parsed(built.read(f"{page}/index.html")).scripts
        assert [text for _, text in scripts] == [text for _, text in clean]


def test_metadata_of_a_postmortem_adds_no_meta_element(built: Built) -> None:
    for page in PAGES:
        found = parsed(built.read(f"{page}/index.html")).meta
        assert all(item.get("http-equiv") in (None, "Content-Security-Policy") for item in found)
        assert [item.get("content") for item in found if item.get("name") == "robots"] == []


def test_the_title_is_text_everywhere(built: Built) -> None:
    page = built.read(f"{PAGES[0]}/index.html")
    head = page[page.index("<title>") + 7 : page.index("</title>")]
    assert head.startswith("&lt;/title&gt;&lt;script&gt;")
    assert "<script>window.pwned" not in page


def test_the_policy_allows_exactly_the_scripts_of_the_theme(built: Built) -> None:
    for name, text in pages(built):
        found = parsed(text)
        policy = next(item["content"] for item in found.meta if item.get("http-equiv")) or ""
        allowed = set(re.findall(r"'(sha256-[^']+)'", policy))
        inline = {
            "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            for attributes, body in found.scripts
            if "src" not in attributes and attributes.get("type") != "application/json"
        }
        assert inline == allowed, name
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert "https:" not in policy


def test_a_page_that_carries_its_own_inline_script_cannot_run_it(tmp_path: Path) -> None:
    write(tmp_path, SMALL | {"postmortems/own.md": "# Own\n\n<script>window.pwned = 1</script>\n"})
    page = build(tmp_path).read("own/index.html")
    digest = base64.b64encode(hashlib.sha256(b"window.pwned = 1").digest()).decode()
    assert "<script>window.pwned = 1</script>" in page
    assert digest not in page


def test_images_of_other_hosts_become_links(built: Built) -> None:
    page = built.read(f"{PAGES[0]}/index.html")
    assert '<a href="https://evil.example/pixel.png">Image: a pixel</a>' in page


def test_what_is_harmless_stays(built: Built) -> None:
    page = built.read(f"{PAGES[1]}/index.html")
    assert '<div class="tabbed-set' in page
    assert '<input type="checkbox" disabled' in page or 'type="checkbox"' in page
    assert '<td align="right">' in page
    assert 'class="footnote"' in page
    assert '<div class="admonition note">' in page
    assert "<kbd " in page
    assert '<span class="k">def</span>' in page


def test_the_theme_s_tooltips_are_off_even_when_asked_for(tmp_path: Path) -> None:
    """They write titles into the page as HTML; a policy would stop what acts, but nothing has one while serving."""
    write(tmp_path, SMALL | FILES)
    built = build(tmp_path, theme={"name": "material", "font": False, "features": ["content.tooltips", "toc.follow"]})
    assert '"features": ["toc.follow"]' in built.read("index.html")


@pytest.mark.parametrize("text", ["- " * 5000 + "end", "*a " * 5000 + "end" + " b*" * 5000, "> - " * 500 + "end"])
def test_a_page_that_is_nested_without_end_is_shown_and_stops_no_other(tmp_path: Path, text: str) -> None:
    day = "postmortems/incidents/2026/2026-08-01-deep.md"
    deep = next(iter(FILES.values())).partition("## Executive summary")[0] + f"## Executive summary\n\n{text}\n"
    write(tmp_path, SMALL | {day: deep})
    built = build(tmp_path)
    assert "end" in re.sub(
        r"<[^>]*>", "", built.read("incidents/2026/2026-08-01-deep/index.html").partition("<article")[2]
    )
    assert '<h2 id="executive-summary">' in built.read("incidents/2026/2026-03-04-checkout-answered-503/index.html")
