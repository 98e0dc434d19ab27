"""Charts in a real browser, at both ends of widths: text is legible, meets no other text and stays on the page."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from afterword.measures import Better, Observation, Series, SeriesPoint, Stack, StackRow, Step, Target, Unit
from afterword.measures.base import distribution
from afterword.measures.periods import run
from afterword.pages.charts import line, stacked, strip, timeline
from tests.measuring import made

pytestmark = pytest.mark.browser

QUARTERS = run(date(2024, 1, 1), date(2026, 11, 1), Step.QUARTER)
HOUR = Target(3600, Unit.SECONDS, Better.LOWER, strict=True)
DAY = Target(86400, Unit.SECONDS, Better.LOWER)
BOXES = """css => [...document.querySelectorAll(css)].map(it => {
  const box = it.getBoundingClientRect();
  return {text: it.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
          size: parseFloat(getComputedStyle(it).fontSize)};
})"""


def page(root: Path) -> str:
    values = [60.0 * at**3 + 300 for at in range(12)]
    points = tuple(SeriesPoint(period, value, 1) for period, value in zip(QUARTERS, reversed(values), strict=True))
    items = (Observation(f"i{at}", date(2026, 3, 4), value) for at, value in enumerate(values))
    layers = tuple(StackRow(f"SEV{at}", "Critical", tuple(range(at, 12 + at))) for at in range(1, 6))
    shown = [
        stacked("Twelve quarters", Stack(QUARTERS, layers), lambda _: 0),
        *(line("A line", Series(Step.QUARTER, points), Unit.SECONDS, target) for target in (HOUR, DAY, None)),
        strip("A strip", distribution(Unit.SECONDS, items, target=HOUR)),
        timeline(made()),
        timeline(made(detected="2026-03-04T09:12:00Z", acknowledged="2026-03-04T09:12:00Z")),
        timeline(made(resolved="2026-03-09T23:59:59Z")),
    ]
    folder = root / "plugins/afterword_mkdocs/assets"
    css = "".join((folder / name).read_text(encoding="utf-8") for name in ("afterword.css", "charts.css"))
    frame = "html { font-size: 20px; --md-default-bg-color: #fff; --md-default-fg-color: #000 } body { margin: 16px }"
    return (
        f'<!doctype html><meta charset="utf-8"><style>{frame}{css}</style>'
        f'<body data-md-color-scheme="default"><div class="md-typeset">{"".join(shown)}</div>'
    )


@pytest.mark.parametrize("width", [375, 1280])
def test_no_text_of_a_chart_is_tiny_meets_another_or_leaves_the_page(browser: Browser, root: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        tab = context.new_page()
        tab.set_content(page(root))
        tab.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        boxes: list[dict[str, Any]] = tab.evaluate(BOXES, "svg text, .aw-marks li > *")
    finally:
        context.close()
    assert len(boxes) > 60
    assert [box["text"] for box in boxes if box["size"] < 11] == []
    assert [box["text"] for box in boxes if box["left"] < 0 or box["right"] > width] == []
    assert [(a["text"], b["text"]) for a, b in combinations(boxes, 2) if meet(a, b)] == []


def meet(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two boxes overlap by more than the air within a line of text."""
    across = min(a["right"], b["right"]) - max(a["left"], b["left"])
    down = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
    return bool(across > 1 and down > 4)
