"""``afterword publish``: checks first, stamps once, never moves a date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import POOL, PUBLIC, SLOW

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def test_it_stamps_status_date_and_review_and_nothing_else(invoke: Invoke, library: Path) -> None:
    before = (library / SLOW).read_text(encoding="utf-8")
    result = invoke("publish", SLOW)
    assert result.exit_code == 0, result.output
    assert (library / SLOW).read_text(encoding="utf-8") == before.replace(
        "status: in-review\n", "status: published\n"
    ).replace("resolved: 2026-05-06T10:20:00Z\n", "resolved: 2026-05-06T10:20:00Z\npublished: 2026-11-01\n").replace(
        "     due: 2027-01-01, priority: P2, status: open}\n",
        "     due: 2027-01-01, priority: P2, status: open}\nreview_on: 2026-12-01\n",
    )
    assert "published 2026-11-01" in result.output


def test_today_is_the_day_in_the_zone_of_the_library(invoke: Invoke, library: Path) -> None:
    path = library / "afterword.yml"
    path.write_text(path.read_text(encoding="utf-8") + "time_zone: Asia/Ho_Chi_Minh\n", encoding="utf-8")
    assert invoke("publish", "2026-05-06-orders-slow").exit_code == 0
    assert "published: 2026-11-02\n" in (library / SLOW).read_text(encoding="utf-8")


def test_it_refuses_as_long_as_errors_would_remain(invoke: Invoke, library: Path) -> None:
    before = (library / POOL).read_bytes()
    result = invoke("publish", POOL)
    assert result.exit_code == 1
    assert "error AW202" in result.output
    assert "was not published" in result.output
    assert (library / POOL).read_bytes() == before


def test_what_the_settings_ignore_keeps_no_old_report_from_being_published(invoke: Invoke, library: Path) -> None:
    path = library / "afterword.yml"
    ignored = ", ".join(f"{{code: {code}, reason: written before this library}}" for code in ("AW102", "AW202"))
    text = path.read_text(encoding="utf-8")
    assert "check:" not in text
    path.write_text(f"{text}check: {{ignore: [{ignored}]}}\n", encoding="utf-8", newline="\n")
    draft = (library / SLOW).read_text(encoding="utf-8").replace("in-review", "draft").replace("detection: alert\n", "")
    (library / SLOW).write_text(draft, encoding="utf-8", newline="\n")
    result = invoke("publish", SLOW)
    assert result.exit_code == 0, result.output
    assert "status: published" in (library / SLOW).read_text(encoding="utf-8")


def test_published_again_it_changes_nothing_and_says_so(invoke: Invoke, library: Path) -> None:
    invoke("publish", SLOW)
    before = (library / SLOW).read_bytes()
    result = invoke("publish", SLOW, "--as-of", "2027-02-01")
    assert result.exit_code == 0
    assert "was published on 2026-11-01 already" in result.output
    assert (library / SLOW).read_bytes() == before


def test_a_date_that_is_there_is_never_moved(invoke: Invoke, library: Path) -> None:
    text = (library / SLOW).read_text(encoding="utf-8")
    text = text.replace("detection: alert\n", "published: 2026-05-09\nreview_on: 2026-09-01\ndetection: alert\n")
    (library / SLOW).write_text(text, encoding="utf-8", newline="\n")
    result = invoke("publish", SLOW)
    assert "It keeps its date of publication, 2026-05-09." in result.output
    assert (library / SLOW).read_text(encoding="utf-8") == text.replace("in-review", "published", 1)


def test_a_public_one_bears_the_day_of_its_write_up(invoke: Invoke, library: Path) -> None:
    text = (library / PUBLIC).read_text(encoding="utf-8")
    draft = text.replace("status: published\n", "status: draft\n")
    (library / PUBLIC).write_text(draft.replace("published: 2025-10-23\n", ""), encoding="utf-8", newline="\n")
    result = invoke("publish", PUBLIC)
    assert result.exit_code == 1
    assert "the day on which its write-up was published" in result.output
    (library / PUBLIC).write_text(draft, encoding="utf-8", newline="\n")
    assert invoke("publish", PUBLIC).exit_code == 0
    assert (library / PUBLIC).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["2026-05-06", "2026-05-06-orders-slow", SLOW, "2026-05-06-orders-slow.md"])
def test_a_postmortem_is_named_by_id_by_the_beginning_of_it_or_by_file(invoke: Invoke, name: str) -> None:
    result = invoke("publish", name)
    if name.endswith("slow.md") and "/" not in name:
        assert result.exit_code == 1  # there is no such file here
    else:
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [("2026", "could be 2 postmortems"), ("2026-05-06-order-slow", "Did you mean 2026-05-06-orders-slow?"), ("", "no")],
)
def test_an_unclear_name_is_refused_with_help(invoke: Invoke, name: str, said: str) -> None:
    result = invoke("publish", name)
    assert result.exit_code == 1
    assert said in result.output


def test_a_file_that_cannot_be_read_is_refused(invoke: Invoke, library: Path) -> None:
    (library / POOL).write_text("no front matter", encoding="utf-8")
    result = invoke("publish", POOL)
    assert result.exit_code == 1
    assert "cannot be read as a postmortem" in result.output


@pytest.mark.parametrize("name", ["2026-03-04-pool-exhausted", "2026-03"])
def test_a_file_that_cannot_be_read_is_found_by_its_id(invoke: Invoke, library: Path, name: str) -> None:
    (library / POOL).write_text("no front matter", encoding="utf-8")
    result = invoke("publish", name)
    assert result.exit_code == 1
    assert f"{Path(POOL)} cannot be read as a postmortem" in result.output
    assert f"`afterword check {Path(POOL)}` says why." in result.output


def test_an_id_that_two_files_have_is_refused_and_a_file_is_not(invoke: Invoke, library: Path) -> None:
    twin = SLOW.replace("incidents/2026", "incidents/2025")
    (library / twin).write_bytes((library / SLOW).read_bytes())
    for name in ("2026-05-06-orders-slow", "2026-05"):
        result = invoke("action", "done", f"{name}#A1")
        assert result.exit_code == 1
        assert str(Path(twin)) in result.output or "Write more of it" in result.output
    assert invoke("action", "done", f"{SLOW}#A1").exit_code == 0
    assert "status: done" in (library / SLOW).read_text(encoding="utf-8")
    assert "status: done" not in (library / twin).read_text(encoding="utf-8")
