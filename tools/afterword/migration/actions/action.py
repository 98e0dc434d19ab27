"""Action: one of those that a page lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Action:
    """One action. Its text leaves the body: what of it is no title, owner, day, link or status is in ``details``.

    ``first`` and ``last``: its lines in the page's text, from 0, without ``last``. ``title``: plain text, at most 300
    characters. ``details``: the rest, as Markdown, word for word. ``status``: a word of the schema; ``None`` when the
    page does not say.
    """

    title: str
    first: int
    last: int
    details: str | None = None
    owner: str | None = None
    due: date | None = None
    completed: date | None = None
    tracker: str | None = None
    priority: str | None = None
    type: str | None = None
    status: str | None = None
    reason: str | None = None
