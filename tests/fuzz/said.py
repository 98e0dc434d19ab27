"""All that is said of a library, as JSON: ``python -m tests.fuzz.said LIBRARY WORKERS CACHE ORDER``.

``CACHE`` is ``cache`` or nothing; with ``backwards`` for ``ORDER`` the system lists files the other way round.
"""

from __future__ import annotations

import json as plain
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from afterword import checking, fixes, library, settings
from afterword.cli.report import lines
from afterword.cli.world import World
from afterword.reporters import github, gitlab, json, junit, markdown, sarif, text
from afterword.scorecard.comparison import compare
from tests.rules.whole import AS_OF


def _backwards(top: Any, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in _walk(top, **options):
        folders.reverse()
        yield folder, folders, sorted(names, reverse=True)


_walk = os.walk


def said(root: Path, *, workers: int, use_cache: bool) -> dict[str, Any]:
    """Every report, what would be mended, and the scorecards."""
    known = settings.load(root)
    loaded = checking.load(root, known, use_cache=use_cache, workers=workers)
    report = checking.check(loaded, AS_OF)
    world = World()
    world.root, world.settings = root, known
    line = lines(report, world, loaded)
    paths = [record.path for record in loaded.records]
    comparison = compare(loaded, paths, AS_OF, read=lambda path: library.content(root, path))
    mended = {path: fixes.mend(path, library.content(root, path)) for path in paths}
    return {
        "files": paths,
        "text": text.render(report, line),
        "json": json.render(report),
        "github": github.render(report),
        "junit": junit.render(report, paths),
        "gitlab": gitlab.render(report, line),
        "sarif": sarif.render(report, line),
        "markdown": markdown.render(report, comparison),
        "mended": {path: (item.data.decode(errors="replace"), item.changes) for path, item in mended.items()},
        "cards": [
            [row.path, point.question.key, point.answer.verdict, point.answer.reason, point.answer.gain]
            for row in comparison.rows
            for score in (row.card.scores if row.card else ())
            for point in score.points
        ],
    }


if __name__ == "__main__":
    if sys.argv[4] == "backwards":
        os.walk = _backwards  # type: ignore[assignment]  # with fewer options than there are
    told = said(Path(sys.argv[1]), workers=int(sys.argv[2]), use_cache=sys.argv[3] == "cache")
    sys.stdout.buffer.write(plain.dumps(told, ensure_ascii=True, indent=1).encode())
