"""Home and board of a library of drafts: what needs somebody now, and no more of it than somebody reads."""

from __future__ import annotations

from pathlib import Path

from tests.site import FOLDER, SMALL, build, incident, write


def drafts(count: int) -> dict[str, str]:
    """Incidents of the first days of a month, whose postmortems nobody has published."""
    return {
        f"{FOLDER}2026-02-0{day}-batch-{day}.md": incident(f"Batch {day} was late", f"2026-02-0{day}").replace(
            "status: published", "status: draft"
        )
        for day in range(1, count + 1)
    }


def test_of_many_late_postmortems_home_names_the_last_five(tmp_path: Path) -> None:
    write(tmp_path, SMALL | drafts(7))
    home = build(tmp_path).read("index.html")
    attention = home[home.index('id="attention"') : home.index('id="measures"')]
    assert [f"Batch {day} was late" in attention for day in range(1, 8)] == [False, False, True, True, True, True, True]
    assert "2 more postmortems" in attention


def test_the_board_tells_of_actions_in_drafts_alone(tmp_path: Path) -> None:
    write(tmp_path, {"afterword.yml": SMALL["afterword.yml"]} | drafts(2))
    board = build(tmp_path).read("actions/index.html")
    assert "2 actions in drafts will stand here once their postmortems are in review." in board
    assert "No action is written down yet" not in board
