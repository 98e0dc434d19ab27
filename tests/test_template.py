"""The template: a fresh draft has no error, holds what its row asks for, and bears a name that every system takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.findings import Level
from afterword.parts import PARTS
from afterword.record import read
from afterword.template import MAX_SLUG, Start, file_name, render, slug
from afterword.timing import Moment, parse_moment
from tests.reading import SETTINGS


def _moment(text: str) -> Moment:
    found = parse_moment(text)
    assert found
    return found


STARTED = _moment("2026-03-04T09:12:00+07:00")
STARTS = {
    "major": Start("Checkout answered 503", STARTED, severity="SEV1", services=("checkout",)),
    "no severity": Start("Checkout answered 503", STARTED),
    "minor": Start("Checkout answered 503", STARTED, severity="SEV3"),
    "near-miss": Start("Checkout answered 503", STARTED, kind="near-miss", author="@team-web"),
    "drill": Start("Checkout answered 503", STARTED, kind="drill"),
    "public": Start("Checkout answered 503", _moment("2026-03-04"), origin="public", organization="A: B"),
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
def test_a_fresh_draft_is_read_without_errors(start: Start) -> None:
    record = read("postmortems/incidents/2026/2026-03-04-a.md", render(start).encode(), SETTINGS)
    assert record.postmortem
    assert [finding for finding in record.findings if finding.level is Level.ERROR] == []
    assert record.postmortem.status == "draft"
    assert record.postmortem.title == "Checkout answered 503"


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
def test_every_required_part_has_its_heading_and_no_leftover_is_made(start: Start) -> None:
    record = read("a.md", render(start).encode(), SETTINGS)
    assert record.postmortem
    headings = [section.part for section in record.postmortem.body.sections]
    assert set(start.row.parts) <= set(headings)
    assert headings == [key for key in _order() if key in headings]
    assert record.postmortem.body.leftovers == ()


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
def test_every_required_key_has_a_value_or_a_comment_that_says_what_to_write(start: Start) -> None:
    front = render(start).split("---\n")[1]
    wanted = {*start.row.keys, *start.row.milestones}
    assert {key for key in wanted if not re.search(rf"(?m)^(?:# )?{key}:", front)} == set()


def test_a_major_incident_gets_all_fourteen_headings() -> None:
    assert re.findall(r"(?m)^## (.+)$", render(STARTS["major"])) == _titles()


def test_the_timeline_begins_with_the_start_in_utc() -> None:
    assert "| 2026-03-04 02:12 | It began | |" in render(STARTS["major"])
    assert "| 2026-03-04 | It began | |" in render(STARTS["public"])


def test_guidance_is_a_comment_that_no_reader_sees() -> None:
    body = render(STARTS["major"]).split("---\n", 2)[2]
    visible = re.sub(r"<!--.*?-->", "", body)
    assert set(re.findall(r"(?m)^[A-Za-z].*$", visible)) == set()


def _order() -> list[str]:
    return [part.key for part in PARTS]


def _titles() -> list[str]:
    return [part.title for part in PARTS]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Checkout answered 503", "checkout-answered-503"),
        ("Đơn hàng thanh toán thất bại", "don-hang-thanh-toan-that-bai"),
        ("Pagamentos não concluídos: 50 % dos cartões", "pagamentos-nao-concluidos-50-percent-dos-cartoes"),
        ("Checkout’s pool — again", "checkouts-pool-again"),
        ("Straße, Ærø & Łódź", "strasse-aero-and-lodz"),
        ("支払い", "incident"),
        ("---", "incident"),
    ],
)
def test_a_title_becomes_a_name_in_ascii(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_long_title_is_cut_between_words() -> None:
    assert slug("the checkout " * 20) == "the-checkout-the-checkout-the-checkout-the-checkout-the-checkout-the-checkout"
    assert len(slug("a" * 200)) == MAX_SLUG


@given(st.text(max_size=300))
def test_any_title_gives_a_name_that_every_system_takes(title: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= MAX_SLUG
    assert slug(slug(title)) == slug(title)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(str.strip))
def test_any_title_gives_a_draft_without_errors(title: str) -> None:
    title = " ".join(title.split())
    record = read("a.md", render(Start(title, STARTED)).encode(), SETTINGS)
    assert record.postmortem
    assert record.postmortem.title == title
    assert [finding for finding in record.findings if finding.level is Level.ERROR] == []


def test_the_file_is_named_for_the_day_as_written() -> None:
    assert file_name("Checkout", STARTED) == "postmortems/incidents/2026/2026-03-04-checkout.md"
