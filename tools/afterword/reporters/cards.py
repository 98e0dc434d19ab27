"""Cards: scorecards as tables of Markdown: one file with what it lacks, or many with a row each."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.model import id_of
from afterword.reporters.harmless import code, message
from afterword.scorecard import Area, Point, Score, Scorecard, written
from afterword.scorecard.comparison import Row

_TITLES = {area: area.value.capitalize() for area in Area}


def full_card(row: Row, checklist: str | None = None) -> list[str]:
    """The four scores of a file as a table, how each point can be had, and in a fold what does not apply."""
    if row.card is None:
        return []
    lines = ["| | Score | Points |", "| :-- | :-- | :-- |"]
    gains = []
    for score in row.card.scores:
        title = _TITLES[score.area]
        name = f"[{title}](<{checklist}#score-{score.area.value}>)" if checklist else title
        lines.append(f"| {name} | {_change(score, row.before)} | {_points(score)} |")
        gains += [f"- {title}: {message(_gain(point))}" for point in score.missed]
    blocks = ["\n".join(lines)]
    if gains:
        blocks.append("**Points to gain**\n\n" + "\n".join(gains))
    left = _left_out(row.card)
    return [*blocks, left] if left else blocks


def short_table(rows: Sequence[Row]) -> str:
    """The scores of many files, a row each."""
    lines = [f"| Postmortem | {' | '.join(_TITLES.values())} |", "| :-- " * (len(_TITLES) + 1) + "|"]
    for row in rows:
        name = code(id_of(row.path), cell=True) + (" new" if row.is_new else "")
        values = [_change(score, row.before) for score in row.card.scores] if row.card else ["–"] * len(_TITLES)
        lines.append(f"| {name} | {' | '.join(values)} |")
    return "\n".join(lines)


def _change(score: Score, before: Scorecard | None) -> str:
    """``**4**``, or ``3 → **4**`` when it was another; a dash without a score."""
    now = written(score.value)
    then = written(before.of(score.area).value) if before else now
    strong = now if score.value is None else f"**{now}**"
    return strong if then == now else f"{then} → {strong}"


def _points(score: Score) -> str:
    """``6 of 8``, or why none is asked."""
    if score.asked:
        return f"{score.reached} of {score.asked}"
    return message(", ".join(_distinct(score.left_out)), cell=True)


def _gain(point: Point) -> str:
    return f"{point.answer.reason}. {point.answer.gain}".strip()


def _left_out(card: Scorecard) -> str:
    """Which questions were not asked, and why, in a fold; nothing when all were, or whole areas say so themselves."""
    lines = []
    for score in card.scores:
        if score.asked and score.left_out:
            for reason in _distinct(score.left_out):
                keys = ", ".join(f"`{item.question.key}`" for item in score.left_out if item.answer.reason == reason)
                lines.append(f"- {_TITLES[score.area]}: {message(reason)}: {keys}")
    if not lines:
        return ""
    return "\n\n".join(["<details>\n<summary>Questions that do not apply</summary>", "\n".join(lines), "</details>"])


def _distinct(points: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(point.answer.reason for point in points))
