"""Files that once made the product fail, or take hours."""

from __future__ import annotations

import pytest

from tests.fuzz.shapes import BLOCKS, page
from tests.fuzz.whole import everything
from tests.reading import found

FILES = {
    "a postmortem without a heading": page("Payments failed.\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_judged(name: str) -> None:
    assert everything(FILES[name].encode())["markdown"]


def test_a_file_whose_tables_leave_out_too_much_is_refused_in_time_and_told_so() -> None:
    data = page(BLOCKS["short rows of many wide tables"](50_000))
    told = [item.message for item in found(data) if item.code == "AW001"]
    assert told == ["rows of tables leave out more than 20,000 cells, so tables were left unread"]


def test_long_tables_with_empty_cells_are_read() -> None:
    rows = "".join(f"| 09:12 | event {number} | |\n" for number in range(10_000))
    assert not found(page("## Timeline\n\n| Time (UTC) | Event | Action |\n| --- | --- | --- |\n" + rows))


def test_a_line_of_five_megabytes_is_refused_at_once_with_what_to_do() -> None:
    said = everything(page("a" * 5_000_000).encode())
    assert "file is larger than 1 MB" in said["text"]
    assert "Keep logs and exports elsewhere" in said["text"]


def test_a_postmortem_that_is_as_long_as_may_be_is_judged() -> None:
    assert everything(page("a " * 500_000).encode())["json"].count('"code"') < 10
