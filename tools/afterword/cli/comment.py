"""Comment: what a pull request is told: findings, and the scorecards of what changed beside those of what was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from afterword.cli import whereabouts

if TYPE_CHECKING:
    from collections.abc import Collection

    from afterword.cli.checked import Checked
    from afterword.cli.world import World
    from afterword.findings import Level


def comment(found: Checked, world: World, fail_on: Level) -> str:
    """The comment as Markdown. ``fail_on`` is the least level that fails the check. Raises ``AfterwordError``."""
    from afterword import source  # noqa: PLC0415  # --help must not wait for it
    from afterword.cli.former import changes_since  # noqa: PLC0415
    from afterword.reporters import markdown  # noqa: PLC0415
    from afterword.scorecard.comparison import compare  # noqa: PLC0415

    changes = changes_since(world.root, found.changed_since, found.library.paths) if found.changed_since else None
    files: Collection[str] = found.files
    if changes:  # changed settings concern every file's findings, and no scorecard but of what changed
        files = [path for path in found.files if path in changes.files]
    comparison = compare(
        found.library,
        files,
        found.report.as_of,
        read=lambda path: source.read(world.root, path),
        changes=changes,
        telemetry=found.telemetry,
    )
    checklist = whereabouts.guide_page(world.root)
    links = markdown.Links(whereabouts.rule_page(world.root), checklist("checklist") if checklist else None)
    prefix = whereabouts.prefix(world.root, os.environ)
    return markdown.render(found.report, comparison, fail_on=fail_on, links=links, prefix=prefix)
