"""The site shows no secret: not on a page, in the search, in data or in the warnings about its links."""

from __future__ import annotations

from pathlib import Path

from tests.confidentiality.leaky import Leaky
from tests.site import SMALL, build, write


def test_no_file_of_the_site_and_no_warning_holds_a_secret(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    (tmp_path / "postmortems/incidents/2026").mkdir(parents=True, exist_ok=True)
    leaky = Leaky()
    leaky.write(tmp_path)
    built = build(tmp_path)
    pages = [path for path in built.site.rglob("*") if path.suffix in (".html", ".json", ".xml", ".js", ".txt", ".ics")]
    page = built.site / "incidents/2026/2026-06-04-leaky/index.html"
    assert "•••" in page.read_text(encoding="utf-8")
    assert [path.name for path in pages if leaky.leaks(path.read_text(encoding="utf-8"))] == []
    assert leaky.leaks("\n".join(built.warnings)) == []
    assert any("AW701" in warning for warning in built.warnings)
