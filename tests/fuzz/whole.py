"""All that the product does with one file, in memory: read, check, mend, score, and report in every form."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from afterword import checking, fixes
from afterword.cli.fixing import Plan, diff
from afterword.cli.report import lines
from afterword.cli.world import World
from afterword.library import Library
from afterword.links.anchors import anchors
from afterword.reporters import github, gitlab, json, junit, markdown, sarif, text
from afterword.scorecard.comparison import compare
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS

NOWHERE = Path("/nowhere")


class Stages:
    """How long each stage took, in seconds of the processor, so that a busy machine matters little."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what is done in it."""
        start = time.process_time()
        yield
        self.seconds[name] = time.process_time() - start

    @property
    def total(self) -> float:
        """All of them."""
        return sum(self.seconds.values())


def everything(data: bytes, stages: Stages | None = None) -> dict[str, str]:
    """What is said of a file's bytes, by the name of the stage. Raises nothing, or the product has a fault."""
    timed = stages or Stages()
    path = FOLDER + PATH
    with timed.stage("read"):
        record = checking.read(path, data, SETTINGS)
    library = Library(NOWHERE, SETTINGS, (record,))
    with timed.stage("check"):
        report = checking.check(library, AS_OF, exists=lambda _: False)
    with timed.stage("mend"):
        maybe = fixes.may_mend(record, data)
        mended = fixes.mend(path, data)
    assert maybe or mended.data == data, "may_mend said no and mend had something to do"
    world = World()
    world.root, world.settings = NOWHERE, SETTINGS
    with timed.stage("diff"):
        written = {"diff": diff(world, [Plan(path, data, mended.data, "")] if mended.data != data else [])}
    with timed.stage("anchors"):
        written["anchors"] = repr(sorted(anchors(data.decode("utf-8", "replace")).written))
    with timed.stage("score"):
        comparison = compare(library, [path], AS_OF, read=lambda _: data)
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: text.render(report, lines(report, world, library, {path: data})),
        "json": lambda: json.render(report),
        "github": lambda: github.render(report),
        "junit": lambda: junit.render(report, [path]),
        "gitlab": lambda: gitlab.render(report, lines(report, world, library, {path: data})),
        "sarif": lambda: sarif.render(report, lines(report, world, library, {path: data})),
        "markdown": lambda: markdown.render(report, comparison),
    }
    for name, render in forms.items():
        with timed.stage(name):
            written[name] = render()
    return written
