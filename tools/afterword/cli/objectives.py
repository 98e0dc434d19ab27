"""Objectives: those of the library that a command was asked for, and where its policy draws the lines."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.budget import Thresholds
    from afterword.budgets.objective import Objective
    from afterword.cli.world import World


def chosen(world: World, ids: tuple[str, ...]) -> list[Objective]:
    """The objectives of the library, or some of them, by their ids; faulty ones are named on standard error.

    Raises ``AfterwordError`` for an unknown one, and when there is none.
    """
    from afterword.budgets import catalog, specs  # noqa: PLC0415  # --help must not wait for it
    from afterword.terminal import printable  # noqa: PLC0415  # the same

    found = catalog.objectives(world.root, os.environ)
    for item in found.errors:
        where = f"{item.path}:{item.span.line}:{item.span.column}"
        click.echo(f"Warning: {where}: {printable(item.message)}; left out", err=True)
    known = {item.id: item for item in found.objectives}
    if not known:
        raise AfterwordError(f"there is no objective in {specs.FOLDER}", "Write one, or import those you have.")
    for name in ids:
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            raise AfterwordError(
                f"there is no objective “{name}”", f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
            )
    return [known[name] for name in sorted(known) if not ids or name in ids]


def thresholds(world: World) -> Thresholds:
    """Where states begin in the library: by its policy, or by default. Raises ``AfterwordError`` for a faulty one."""
    from afterword.budgets.gate import policy  # noqa: PLC0415  # --help must not wait for it

    path = world.root / policy.FILE
    if not path.is_file():
        return policy.DEFAULT.thresholds
    found, findings = policy.read(path.read_bytes())
    for item in findings:
        raise AfterwordError(f"{item.path}:{item.span.line}:{item.span.column}: {item.message}", item.hint)
    return found.thresholds
