"""Evidence: what the committed snapshots say, for commands that look at postmortems too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from afterword.cli.world import World

if TYPE_CHECKING:
    from afterword.budgets.incidents.evidence import Evidence
    from afterword.budgets.inspection import Inspection
    from afterword.library import Library


def gathered(world: World, library: Library) -> Evidence | None:
    """What the committed snapshots say; in a library without any nothing is imported."""
    if not (world.root / "budgets" / "snapshots").is_dir():
        return None
    from afterword.budgets.incidents.evidence import gather  # noqa: PLC0415  # --help must not wait for it

    return gather(world.root, library.postmortems, world.clock, os.environ, use_cache=not world.no_cache)


def inspected(world: World) -> Inspection:
    """What is wrong with the files of ``budgets/``; remembered where nothing has changed."""
    from afterword.budgets.inspection import inspect  # noqa: PLC0415  # --help must not wait for it

    return inspect(world.root, os.environ, tuple(world.settings.services), use_cache=not world.no_cache)
