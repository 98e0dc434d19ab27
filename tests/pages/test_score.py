"""The scorecard on a page: only of what is not published yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.test_incident import page_of, site_of
from tests.site import FOLDER, SMALL
from tests.site import incident as text_of

NAME = "2026-08-09-orders-waited"


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_a_page_before_publication_says_what_is_missing(tmp_path: Path, status: str) -> None:
    text = text_of("Orders <b>waited", "2026-08-09").replace("status: published", f"status: {status}")
    site = site_of(tmp_path, {**SMALL, f"{FOLDER}2026/{NAME}.md": text})
    told = page_of(site, NAME).html
    assert "<summary>Scorecard: content " in told
    assert "Content: the summary has no figure." in told
    assert "<b>waited" not in told


def test_a_published_page_shows_no_score(tmp_path: Path) -> None:
    site = site_of(tmp_path, {**SMALL, f"{FOLDER}2026/{NAME}.md": text_of("Orders waited", "2026-08-09")})
    assert "Scorecard" not in page_of(site, NAME).html


def test_a_file_that_went_away_has_a_page_without_a_score(tmp_path: Path) -> None:
    text = text_of("Orders waited", "2026-08-09").replace("status: published", "status: draft")
    path = f"{FOLDER}2026/{NAME}.md"
    site = site_of(tmp_path, {**SMALL, path: text})
    (tmp_path / path).unlink()
    assert "Scorecard" not in page_of(site, NAME).html
