"""``afterword list``, ``stats`` and ``rules``: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import terminal
from afterword.cli.tables import Column, aligned, as_csv, wrapped
from afterword.rules import RULES
from tests.cli.conftest import POOL

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def test_our_own_come_first_and_the_newest_of_them(invoke: Invoke) -> None:
    lines = invoke("list").output.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == [
        "2026-05-06-orders-slow",
        "2026-03-04-pool-exhausted",
        "2025-10-20-cloud-names-lost",
    ]
    assert lines[-1] == "3 postmortems: 2 incidents, 1 public"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--severity", "SEV1"], 1),
        (["--service", "orders"], 1),
        (["--team", "team-payments"], 1),
        (["--category", "unknown"], 1),
        (["--kind", "incident"], 3),
        (["--origin", "internal"], 2),
        (["--status", "draft"], 1),
        (["--since", "2026-03-04", "--until", "2026-05-05"], 1),
        (["--severity", "SEV1", "--status", "published"], 0),
    ],
)
def test_filters_narrow_the_list(invoke: Invoke, arguments: list[str], count: int) -> None:
    data = json.loads(invoke("list", *arguments, "--format", "json").output)
    assert len(data["postmortems"]) == count


def test_a_word_that_is_in_no_setting_is_wrong_use(invoke: Invoke) -> None:
    result = invoke("list", "--severity", "SEV11")
    assert result.exit_code == 2
    assert "Did you mean “SEV1”?" in result.output


def test_facts_are_the_same_in_json_and_csv(invoke: Invoke) -> None:
    items = json.loads(invoke("list", "--format", "json").output)["postmortems"]
    rows = list(csv.DictReader(io.StringIO(invoke("list", "--format", "csv").output)))
    assert [list(item) for item in items] == [list(row) for row in rows]
    assert items[1]["time_to_mitigate_seconds"] == 1920
    assert rows[1]["time_to_mitigate_seconds"] == "1920"
    assert items[1]["teams"] == ["team-payments"]
    assert items[1]["path"] == POOL


def test_a_title_cannot_become_a_formula(invoke: Invoke) -> None:
    rows = list(csv.DictReader(io.StringIO(invoke("list", "--format", "csv").output)))
    assert rows[2]["title"] == "'=Names of a cloud were lost"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_no_cell_of_a_csv_is_a_formula(cells: list[str]) -> None:
    text = as_csv(["a"], [cells])
    [_, row] = csv.reader(io.StringIO(text, newline=""))
    for cell, given_cell in zip(row, cells, strict=True):
        original = given_cell.replace("\r\n", "\n").replace("\r", "\n")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert cell in (original, f"'{original}")


def test_a_table_is_aligned_and_fits_the_terminal() -> None:
    columns = (Column("Id", shrinks=20), Column("No", right=True), Column("Empty"), Column("End"))
    rows = [["a" * 40, "1", "", "x"], ["đơn 日本", "12", "", "y"]]
    lines = aligned(columns, rows, 34).splitlines()
    assert lines[0] == f"{'Id':<25}  No  End"
    assert lines[1] == "a" * 24 + "…   1  x"
    assert all(terminal.width(line) <= 34 for line in lines)
    assert "Empty" not in lines[0]


def test_columns_that_may_go_make_room_before_texts_are_cut_short() -> None:
    columns = (Column("Id", shrinks=5), Column("One", drops=True), Column("Two"), Column("Three", drops=True))
    rows = [["abcdefgh", "1", "2", "3"]]
    assert aligned(columns, rows, 25).splitlines()[1] == "abcdefgh  1    2    3"
    assert aligned(columns, rows, 22).splitlines()[1] == "abcd…  1    2    3"
    assert aligned(columns, rows, 16).splitlines()[1] == "abcde…  1    2"
    assert aligned(columns, rows, 14).splitlines()[1] == "abcdefgh  2"


@pytest.mark.parametrize("command", [["list"], ["action", "list", "--all"], ["stats"], ["rules"], ["rules", "AW301"]])
def test_what_is_listed_fits_a_terminal_of_80_columns(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, library: Path, command: list[str]
) -> None:
    text = (library / POOL).read_text(encoding="utf-8")
    (library / POOL).write_text(
        text.replace('"@team-payments"', '"@team-of-many-payments"').replace("the pool", "the pool " * 9),
        encoding="utf-8",
    )
    monkeypatch.setattr("afterword.cli.tables.width_of_terminal", lambda: 80)
    lines = invoke(*command).output.splitlines()
    assert max(map(terminal.width, lines)) <= 80


def test_a_list_is_broken_between_its_parts() -> None:
    assert wrapped(["Orders 1", "Checkout 2", "支付 3"], 22) == ["Orders 1, Checkout 2,", "支付 3"]
    assert wrapped(["Orders 1", "Checkout 2"], None) == ["Orders 1, Checkout 2"]
    assert wrapped([], 10) == []


def test_a_title_cannot_control_the_terminal() -> None:
    assert "\x1b" not in aligned((Column("A"),), [["\x1b]0;x\x07red\x1b[31m"]])


def test_an_empty_library_says_what_to_do(invoke: Invoke, library: Path) -> None:
    for path in (library / "postmortems" / "incidents").rglob("*.md"):
        path.unlink()
    assert invoke("list").output == "No postmortem yet. Start one with `afterword new`.\n"
    assert invoke("stats").exit_code == 0
    assert invoke("action", "list").output == "No action fits.\n"


def test_stats_show_value_n_target_and_period(invoke: Invoke) -> None:
    output = invoke("stats").output
    assert output.startswith("Last 12 months, 2025-11-02 to 2026-11-01\n")
    line = next(line for line in output.splitlines() if line.startswith("Time to mitigate"))
    assert line.split("  ")[-1].strip() == "1 of 1"
    assert "under 1 h: met" in line
    assert "1 public (in no measure)" in output


def test_stats_explain_how_they_are_taken(invoke: Invoke) -> None:
    assert "From started to mitigated" in invoke("stats", "--explain").output
    assert "From started to mitigated" not in invoke("stats").output


def test_stats_as_data_hold_the_same_measures(invoke: Invoke) -> None:
    data = json.loads(invoke("stats", "--format", "json", "--since", "2026-01-01", "--until", "2026-12-31").output)
    rows = list(csv.DictReader(io.StringIO(invoke("stats", "--format", "csv").output)))
    assert [item["key"] for item in data["measures"]] == [row["key"] for row in rows]
    mitigate = next(item for item in data["measures"] if item["key"] == "ttm")
    assert (mitigate["value"], mitigate["unit"], mitigate["n"], mitigate["met"]) == (600.0, "seconds", 1, True)
    assert data["period"]["first"] == "2026-01-01"
    assert data["period"]["last"] == "2026-11-01"
    assert data["incidents"]["severity"] == {"SEV1": 1, "SEV3": 1}
    assert data["overdue_actions"] == []  # those of a draft are nobody's debt yet


def test_rules_are_listed_with_their_level(invoke: Invoke) -> None:
    lines = invoke("rules").output.splitlines()
    assert [line.split()[0] for line in lines[1:-2]] == list(RULES)
    assert f"{len(RULES)} rules." in lines[-1]


@pytest.mark.parametrize("code", ["AW301", "aw301", "milestone-order"])
def test_a_rule_is_explained_by_code_or_name(invoke: Invoke, code: str) -> None:
    output = invoke("rules", code).output
    rule = RULES["AW301"]
    assert output.startswith("AW301 milestone-order (error)\n\n")
    assert " ".join(rule.rationale.split()) in " ".join(output.split())
    assert "\nGood\n" in output
    assert "\nBad\n" in output
    assert "<!-- afterword: ignore AW301" in output


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_explained_in_every_form(invoke: Invoke, code: str) -> None:
    for form in ("text", "markdown", "json"):
        result = invoke("rules", code, "--format", form)
        assert result.exit_code == 0
        assert RULES[code].name in result.output
    [facts] = json.loads(invoke("rules", code, "--format", "json").output)["rules"]
    assert facts["good"]
    assert facts["bad"]


def test_a_rule_says_how_often_it_was_right_and_whether_it_can_be_mended(invoke: Invoke) -> None:
    for form in ("text", "markdown"):
        said = " ".join(invoke("rules", "AW504", "--format", form).output.split())
        assert "Findings read by hand, and right: 72 reports on which the words were chosen 39 of 40; " in said
        assert "--fix" not in said
        assert "`afterword check --fix` mends some of it." in invoke("rules", "AW303", "--format", form).output
    [facts] = json.loads(invoke("rules", "AW504", "--format", "json").output)["rules"]
    assert facts["judged"][1] == {"where": "the example library", "found": 7, "right": 7}
    assert facts["fixable"] is False


def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(invoke: Invoke) -> None:
    result = invoke("rules", "AW999")
    assert result.exit_code == 1
    assert "there is no rule “AW999”" in result.output
