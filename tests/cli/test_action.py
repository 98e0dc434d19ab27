"""``afterword action``: the front matter is edited in place, and nothing else moves."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import POOL, SLOW

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def test_done_stamps_the_day_and_keeps_comments(invoke: Invoke, library: Path) -> None:
    before = (library / POOL).read_text(encoding="utf-8")
    result = invoke("action", "done", "2026-03-04-pool-exhausted#A1", "--on", "2026-10-30")
    assert result.exit_code == 0, result.output
    assert (library / POOL).read_text(encoding="utf-8") == before.replace(
        "status: open   # until Friday\n", "status: done   # until Friday\n    completed: 2026-10-30\n"
    )
    assert "Done on 2026-10-30: 2026-03-04-pool-exhausted#A1 Alert when the pool is over 80 %" in result.output


def test_done_without_a_day_means_today_and_several_at_once(invoke: Invoke, library: Path) -> None:
    assert invoke("action", "done", "2026-03-04#a1", "2026-05-06#A1").exit_code == 0
    assert "completed: 2026-11-01\n" in (library / POOL).read_text(encoding="utf-8")
    assert "status: done, completed: 2026-11-01}" in (library / SLOW).read_text(encoding="utf-8")


def test_windows_line_endings_stay(invoke: Invoke, library: Path) -> None:
    data = (library / POOL).read_bytes().replace(b"\n", b"\r\n")
    (library / POOL).write_bytes(data)
    assert invoke("action", "done", "2026-03-04#A1").exit_code == 0
    after = (library / POOL).read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") == data.count(b"\n") + 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["2026-03-04#A2"], 0, "was done on 2026-03-11 already"),
        (["2026-03-04#A7"], 1, "has no action “A7”"),
        (["2026-03-04"], 2, "does not name an action"),
        (["2026-03-04#A1", "--on", "2026-12-24"], 2, "lies in the future"),
        (["2026-03-04#A1", "--on", "24.12.2026"], 2, "is not a date"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    invoke: Invoke, library: Path, arguments: list[str], code: int, said: str
) -> None:
    before = (library / POOL).read_bytes()
    result = invoke("action", "done", *arguments)
    assert result.exit_code == code
    assert said in result.output
    assert (library / POOL).read_bytes() == before


def test_an_action_that_moved_is_not_done(invoke: Invoke, library: Path) -> None:
    text = (library / POOL).read_text(encoding="utf-8")
    (library / POOL).write_text(text.replace("status: open ", "status: wont-do "), encoding="utf-8")
    result = invoke("action", "done", "2026-03-04#A1")
    assert result.exit_code == 1
    assert "is wont-do" in result.output


def test_add_appends_with_the_next_id(invoke: Invoke, library: Path) -> None:
    before = (library / POOL).read_text(encoding="utf-8")
    result = invoke(
        "action", "add", "2026-03-04", "--title", "Page: on a full pool.", "--owner", "@team-payments",
        "--due", "2026-12-01", "--priority", "P1", "--type", "detect", "--horizon", "short",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    line = "  - {id: A2, title: Cap the pool, status: done, completed: 2026-03-11}\n"
    added = (
        '  - {id: A3, title: "Page: on a full pool", type: detect, horizon: short, owner: "@team-payments", '
        "created: 2026-11-01, due: 2026-12-01, priority: P1, status: open}\n"
    )
    assert (library / POOL).read_text(encoding="utf-8") == before.replace(line, line + added)
    assert "Added 2026-03-04-pool-exhausted#A3" in result.output


def test_add_says_what_review_will_ask_for(invoke: Invoke) -> None:
    result = invoke("action", "add", "2026-03-04", "--title", "Page on a full pool")
    assert "Before review it also needs: type, horizon, owner, due, priority." in result.output


def test_add_refuses_what_the_schema_refuses(invoke: Invoke, library: Path) -> None:
    before = (library / POOL).read_bytes()
    result = invoke("action", "add", "2026-03-04", "--title", "x", "--priority", "high")
    assert result.exit_code == 1
    assert "nothing was changed" in result.output
    assert (library / POOL).read_bytes() == before
    assert invoke("action", "add", "2026-03-04").exit_code == 2


def test_the_list_shows_open_ones_overdue_first(invoke: Invoke) -> None:
    lines = invoke("action", "list").output.splitlines()
    assert lines[1].split() == [
        "2026-03-04#A1", "Alert", "when", "the", "pool", "is", "over", "80", "%", "@team-payments", "P1", "2026-10-01",
        "31", "d", "overdue",
    ]  # fmt: skip
    assert lines[-1] == "2 actions, 2 open, 1 overdue"


def test_the_list_can_be_narrowed(invoke: Invoke) -> None:
    def names(*arguments: str) -> list[str]:
        data = json.loads(invoke("action", "list", "--format", "json", *arguments).output)
        return [item["action"].partition("-")[2] for item in data["actions"]]

    assert names("--overdue") == names("--owner", "team-payments") == ["03-04-pool-exhausted#A1"]
    assert names("--service", "orders") == names("--priority", "p2") == ["05-06-orders-slow#A1"]
    assert names("--action-status", "done") == ["03-04-pool-exhausted#A2"]
    assert len(names("--all")) == 3
    assert invoke("action", "list", "--owner", "@nobody").output == "No action fits.\n"


def test_csv_holds_no_formula(invoke: Invoke) -> None:
    rows = list(csv.DictReader(io.StringIO(invoke("action", "list", "--format", "csv").output)))
    assert [row["owner"] for row in rows] == ["'@team-payments", "'@team"]
    assert rows[0]["days_overdue"] == "31"


def test_several_are_done_together_or_not_at_all(invoke: Invoke, library: Path) -> None:
    before = (library / POOL).read_bytes()
    assert invoke("action", "done", "2026-03-04#A1", "2026-03-04#A9").exit_code == 1
    assert (library / POOL).read_bytes() == before


def test_a_day_that_is_there_already_stays(invoke: Invoke, library: Path) -> None:
    text = (library / POOL).read_text(encoding="utf-8")
    (library / POOL).write_text(
        text.replace("    due: 2026-10-01\n", "    due: 2026-10-01\n    completed: 2026-09-30\n"), encoding="utf-8"
    )
    assert "Done on 2026-09-30" in invoke("action", "done", "2026-03-04#A1").output
    assert "completed: 2026-09-30\n" in (library / POOL).read_text(encoding="utf-8")


def test_without_any_action_it_says_how_to_add_one(invoke: Invoke) -> None:
    result = invoke("action", "done", "2025-10-20#A1")
    assert "`afterword action add 2025-10-20-cloud-names-lost`" in result.output


def test_a_title_with_control_characters_becomes_one_clean_line(invoke: Invoke, library: Path) -> None:
    assert invoke("action", "add", "2026-03-04", "--title", "Cap\nthe\tpool\x1b[31m.").exit_code == 0
    assert 'title: "Cap the pool [31m",' in (library / POOL).read_text(encoding="utf-8")


def test_a_title_that_is_no_unicode_is_refused_with_the_reason(invoke: Invoke) -> None:
    result = invoke("action", "add", "2026-03-04", "--title", "x \udcff")
    assert result.exit_code == 2
    assert "is not UTF-8" in result.output


def test_a_title_that_turns_the_direction_is_printed_without_it(invoke: Invoke, library: Path) -> None:
    text = (library / POOL).read_text(encoding="utf-8")
    (library / POOL).write_text(text.replace("Alert when", "Alert \u202ewhen"), encoding="utf-8")
    assert "Alert when" in invoke("action", "done", "2026-03-04#A1").output
