"""Tables: rows as aligned columns for people, as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from afterword import terminal
from afterword.cli.world import World

_Function = TypeVar("_Function", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    On a narrow terminal, texts of one that ``shrinks`` are cut, down to that many columns if need be (0: never);
    where that is not enough, one that ``drops`` is left out.
    """

    title: str
    right: bool = False
    shrinks: int = 0
    drops: bool = False


def formatted(function: _Function) -> _Function:
    """Gives a command ``--format``."""
    option = click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
    )
    return option(function)


def print_facts(form: str, world: World, noun: str, titles: Sequence[str], items: Sequence[dict[str, Any]]) -> None:
    """Prints items as JSON or CSV; each has a value for every title."""
    if form == "csv":
        click.echo(as_csv(titles, [[item[title] for title in titles] for item in items]), nl=False)
    else:
        click.echo(as_json({"version": 1, "as_of": world.instant, noun: items}), nl=False)


def width_of_terminal() -> int | None:
    """Columns of the terminal; ``None`` when standard output is none, so that nothing is cut in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def aligned(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    width: int | None = None,
    style: Callable[[int, int, str], str] | None = None,
) -> str:
    """Lines with two blanks between columns; a column without any text is left out.

    ``style(row, column, text)`` may add colour to a cell. Nothing in a cell can control the terminal.
    """
    rows = [[terminal.printable(text) for text in row] for row in rows]
    used = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    widths = {
        index: max(terminal.width(text) for text in (columns[index].title, *(row[index] for row in rows)))
        for index in used
    }
    widths = _fitted(columns, widths, width or sys.maxsize)
    titles = [column.title for column in columns]
    lines = []
    for number, row in enumerate([titles, *rows]):
        parts = []
        for index, wide in widths.items():
            text = _padded(row[index], wide, right=columns[index].right)
            bare = text.rstrip()
            parts.append(style(number - 1, index, bare) + text[len(bare) :] if style and number else text)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines) + "\n"


def _fitted(columns: Sequence[Column], widths: dict[int, int], room: int) -> dict[int, int]:
    """The widths of the columns that are shown: those that drop go from the right, then those that shrink are cut."""
    fitted = dict(widths)

    def excess(each: Callable[[int], int]) -> int:
        return sum(each(index) for index in fitted) + 2 * (len(fitted) - 1) - room

    for index in [index for index in reversed(widths) if columns[index].drops]:
        if excess(lambda index: min(widths[index], columns[index].shrinks or widths[index])) > 0:
            del fitted[index]
    over = excess(lambda index: widths[index])
    for index, wide in fitted.items():
        if columns[index].shrinks and over > 0:
            fitted[index] = max(wide - over, min(wide, columns[index].shrinks))
            over -= wide - fitted[index]
    return fitted


def wrapped(parts: Sequence[str], room: int | None) -> list[str]:
    """Parts with commas between them, as lines that fit into the room; a part is never broken."""
    lines: list[str] = []
    for part in parts:
        if lines and terminal.width(f"{lines[-1]}, {part},") <= (room or sys.maxsize):
            lines[-1] += f", {part}"
        else:
            lines[-1:] = [f"{line}," for line in lines[-1:]]
            lines.append(part)
    return lines


def as_csv(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """CSV in which no cell is a formula: a spreadsheet would run it, and a title may come from anybody."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def as_json(value: Any) -> str:
    """JSON for people and programs: indented, with every letter as it is."""
    return terminal.escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")  # a bare return would end the row for some readers
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text


def _padded(text: str, width: int, *, right: bool) -> str:
    if terminal.width(text) > width:
        kept = ""
        for character in text:
            if terminal.width(kept + character) > width - 1:
                break
            kept += character
        text = kept.rstrip() + "…"
    blank = " " * (width - terminal.width(text))
    return blank + text if right else text + blank
