"""Which addresses of a library are asked for, what is remembered, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from afterword.links import memory
from afterword.links.outcome import Outcome, State
from afterword.links.written import asked, written
from afterword.settings import Confidential
from tests.rules.whole import PATH, SETTINGS, judge, library, page

FRONT = (
    "links: [{title: Report, url: https://vendor.example/report}]\n"
    "actions:\n  - {id: A1, title: Alert on pool use, type: detect, owner: '@a', due: 2026-03-11, status: open, "
    "tracker: https://tracker.example/7}"
)
URL = "https://vendor.example/gone"


def urls(lines: str = "", piece: str = "", hosts: tuple[str, ...] = ()) -> list[str]:
    settings = replace(SETTINGS, confidential=Confidential(hosts=hosts))
    return asked(library({PATH: page(lines, piece)}, settings).records, settings)


def test_addresses_of_front_matter_and_body_are_asked_for_once() -> None:
    piece = "## Notes\n\n[a](https://a.example/1) [b](https://a.example/1) [c][c] <https://b.example/>\n\n[c]: http://c.example"
    assert urls(FRONT, piece) == [
        "http://c.example", "https://a.example/1", "https://b.example/", "https://tracker.example/7",
        "https://vendor.example/report",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "target",
    [
        "http://wiki.corp/page", "https://grafana.int.shop.example/d", "http://wiki/page", "mailto:a@b.example",
        "https://user:word@a.example/", "ftp://a.example/", "https://a.example/?key=AKIAQ3EGRIZ5K2NXW7PL",
    ],
)  # fmt: skip
def test_inside_hosts_logins_and_what_is_confidential_are_not_asked_for(target: str) -> None:
    assert urls(piece=f"## Notes\n\n[a]({target})\n", hosts=("*.int.shop.example",)) == []


def test_an_address_stands_where_it_is_written_first() -> None:
    item = library({PATH: page(FRONT, "## Notes\n\n[a](https://vendor.example/report)\n")}).postmortems[0]
    assert [url for url, _ in written(item)] == ["https://vendor.example/report", "https://tracker.example/7"]


def said(outcome: Outcome, piece: str = f"## Notes\n\n[a]({URL})\n") -> list[tuple[str, str, str | None]]:
    found = judge({PATH: page(piece=piece)}, outcomes={URL: outcome}).findings
    return [(str(item.level), item.message, item.hint) for item in found if item.code == "AW803"]


def test_a_dead_address_is_a_warning_that_names_an_archive() -> None:
    assert said(Outcome(State.GONE, "it answers 404")) == [
        ("warning", f"{URL} leads nowhere: it answers 404",
         f"A copy may be at https://web.archive.org/web/20260309/{URL}: link to that, or to where it went."),
    ]  # fmt: skip


def test_what_moved_or_could_not_be_told_is_a_hint() -> None:
    assert said(Outcome(State.THERE)) == []
    assert said(Outcome(State.MOVED, "https://new.example/")) == [
        ("hint", f"{URL} has moved for good", "Link to https://new.example/."),
    ]  # fmt: skip
    assert said(Outcome(State.UNTOLD, "it answers 403 to a program")) == [
        ("hint", f"whether {URL} still leads somewhere cannot be told: it answers 403 to a program",
         "Open it in a browser."),
    ]  # fmt: skip


def test_a_dead_address_can_be_silenced_in_its_file() -> None:
    piece = f"## Notes\n\n[a]({URL})\n\n<!-- afterword: ignore AW803 it was alive then -->\n"
    assert said(Outcome(State.GONE, "it answers 404"), piece) == []
    offline = judge({PATH: page(piece=piece)}).findings
    assert [item.message for item in offline if item.code in ("AW205", "AW803")] == []


def test_what_could_be_told_is_remembered_for_a_day(tmp_path: Path) -> None:
    outcomes = {"a": Outcome(State.MOVED, "b"), "c": Outcome(State.UNTOLD, "no"), "d": Outcome(State.THERE)}
    memory.remember(tmp_path, outcomes, 1000.0)
    assert memory.recall(tmp_path, outcomes, 1000.0 + memory.DAY - 1) == {"a": outcomes["a"], "d": outcomes["d"]}
    assert memory.recall(tmp_path, outcomes, 1000.0 + memory.DAY) == {}
    assert memory.recall(tmp_path, outcomes, 0.0) == {}
    assert b'"a"' not in (tmp_path / memory.FILE).read_bytes()


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "{}", '{"format":1}', '{"format":1,"links":[]}', '{"format":1,"links":{"a":[1]}}', "[" * 100_000,
     '{"format":1,"links":{"a":[]}}', '{"format":1,"links":{"a":["x","gone",1]}}'],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_broken_memory_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / memory.FILE).parent.mkdir(parents=True)
    (tmp_path / memory.FILE).write_text(text, encoding="utf-8")
    assert memory.recall(tmp_path, ["a"], 1.0) == {}
    memory.remember(tmp_path, {"a": Outcome(State.THERE)}, 1.0)
    assert memory.recall(tmp_path, ["a"], 1.0) == {"a": Outcome(State.THERE)}
