from __future__ import annotations

from pathlib import Path

import pytest

from afterword.pages import Urls, details
from afterword.pages.data import as_json
from afterword.pages.listing import Rows
from tests.pages.test_incident import FIRST, page_of, site_of
from tests.site import SMALL

URI = "incidents/2026/one.md"
ROOT = "../../../"


def told(details: str) -> dict[str, str]:
    """The small library, with details for the action of its first incident."""
    path = next(name for name in SMALL if name.endswith(f"{FIRST}.md"))
    return SMALL | {path: SMALL[path].replace("type: detect,", f"details: {details}, type: detect,")}


def test_details_are_shown_below_the_title_as_markdown_without_anything_active(tmp_path: Path) -> None:
    html = page_of(site_of(tmp_path, told('"Of **all** pools. <script>alert(1)</script>"')), FIRST).html
    assert '5 minutes<div class="aw-details"><p>Of <strong>all</strong> pools. </p>' in html


def test_details_are_part_of_the_data_and_read_by_the_rules_of_language(tmp_path: Path) -> None:
    site = site_of(tmp_path, told('"Bob should have known better."'))
    (path,) = (item.path for item in site.library.postmortems if item.id == FIRST)
    assert any(finding.code.startswith("AW5") for finding in site.findings[path])
    assert '"details": "Bob' in as_json(Rows(site), site.library.by_id[FIRST]).replace('":"', '": "')


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("two.md", f"{ROOT}incidents/2026/two/"),
        ("../2025/three.md#why", f"{ROOT}incidents/2025/three/#why"),
        ("../assets/a%20b.png", f"{ROOT}incidents/assets/a%20b.png"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("#below", "#below"),
        ("../../../../etc/passwd", "../../../../etc/passwd"),
    ],
)
def test_relative_links_lead_from_the_file(target: str, leads: str) -> None:
    assert f'<a href="{leads}">' in details.html(Urls(), URI, f"[x]({target})")


def test_an_image_leads_from_the_file_too() -> None:
    assert f'src="{ROOT}incidents/2026/a.png"' in details.html(Urls(), URI, "![x](a.png)")


def test_a_heading_stays_text() -> None:
    assert "<h" not in details.html(Urls(), URI, "# One\n\nTwo\n===\n")
