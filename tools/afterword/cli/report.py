"""Report: findings in every form, with the lines of the files that they stand in."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from afterword.cli import whereabouts

if TYPE_CHECKING:
    from afterword.checking import Report
    from afterword.cli.checked import Checked
    from afterword.cli.world import World
    from afterword.library import Library
    from afterword.reporters import Line


def rendered(form: str, found: Checked, world: World, fail_on: str, *, color: bool = False) -> str:
    """What was found, in one of ``outputs.FORMATS``. ``fail_on`` is the least level that fails the check."""
    from afterword.findings import Level  # noqa: PLC0415  # --help must not wait for it

    if form == "text":
        return as_text(found.report, world, color=color, seconds=found.seconds, library=found.library)
    if form == "json":
        from afterword.reporters import json  # noqa: PLC0415  # of the reporters, only the one that is asked for

        return json.render(found.report)
    if form == "markdown":
        from afterword.cli.comment import comment  # noqa: PLC0415

        return comment(found, world, Level(fail_on))
    prefix = whereabouts.prefix(world.root, os.environ)
    if form == "github":
        from afterword.reporters import github  # noqa: PLC0415

        return github.render(found.report, prefix=prefix)
    if form == "junit":
        from afterword.reporters import junit  # noqa: PLC0415

        return junit.render(found.report, found.files, fail_on=Level(fail_on), prefix=prefix)
    line = lines(found.report, world, found.library)
    if form == "gitlab":
        from afterword.reporters import gitlab  # noqa: PLC0415

        return gitlab.render(found.report, line, prefix=prefix)
    from afterword.reporters import sarif  # noqa: PLC0415

    return sarif.render(found.report, line, prefix=prefix, page=whereabouts.rule_page(world.root))


def as_text(
    report: Report,
    world: World,
    *,
    color: bool,
    seconds: float | None = None,
    library: Library | None = None,
    unsaved: dict[str, bytes] | None = None,
) -> str:
    """For people. ``library`` is what was judged, ``unsaved`` holds files as they would be, by path."""
    from afterword.reporters import text  # noqa: PLC0415  # --help must not wait for it

    shown = lru_cache(16)(world.shown)  # findings come in order of their files
    told = text.render(report, lines(report, world, library, unsaved), seconds=seconds, color=color, shown=shown)
    if os.environ.get("GITHUB_ACTIONS") == "true":  # who chose text there gets text, and no command of an author
        from afterword.reporters.github import disarmed  # noqa: PLC0415

        return disarmed(told)
    return told


def lines(
    report: Report, world: World, library: Library | None = None, unsaved: dict[str, bytes] | None = None
) -> Line:
    """Gives the lines of the library's files, with dots in the place of what is confidential.

    Where that stands is known of the files of ``library``. A file that is none of them, or not the same any more, is
    looked through again: yesterday's places would show today's secret.
    """
    from afterword import confidentiality, source  # noqa: PLC0415  # --help must not wait for it

    judged = {record.path: record.digest for record in library.records} if library else {}

    @lru_cache(16)  # findings come in order of their files
    def lines_of(path: str) -> list[str]:
        try:
            data = (unsaved or {}).get(path) or source.read(world.root, path)
        except OSError:
            return []
        text = source.decode(path, data)[0]
        if text is None:
            return []
        known = judged.get(path) == source.digest(data)
        spans = report.masks.get(path, ()) if known else confidentiality.spans(text, world.settings)
        return confidentiality.mask_lines(text.text.split("\n"), spans)

    def line(path: str, number: int) -> str:
        found = lines_of(path)
        return found[number - 1] if 1 <= number <= len(found) else ""

    return line
