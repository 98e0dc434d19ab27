"""Brief: what is asked of every postmortem when one is held against the others or against the day.

It is kept beside the record, so that a library is judged without building each of its postmortems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, tzinfo
from typing import Any

from afterword import similarity
from afterword.model import MILESTONES, Postmortem

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")


@dataclass(frozen=True, slots=True)
class Brief:
    """A few facts of one postmortem. Days are ordinals as of ``date.toordinal``, in the zone of the library.

    ``latest``: the last day on which something is said to have happened, if any. ``due``: the first due day of its
    open actions. ``refers``: ids, with ``#action`` where one is meant, that it names. ``targets``: where its relative
    links lead, as written. ``words``: those of the title, a line end, and the others of the summary, as
    ``similarity`` counts them. ``open_actions``: id, title and owner of each action that is open.
    """

    kind: str
    origin: str
    status: str
    severity: str | None
    started: int | None
    resolved: int | None
    published: int | None
    latest: int | None
    due: int | None
    review_on: int | None
    root_cause: str | None
    words: str
    services: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    open_actions: tuple[tuple[str, str, str | None], ...] = ()

    @property
    def order(self) -> int:
        """The place in time; after all others for one that says no day."""
        return self.started if self.started is not None else date.max.toordinal()

    def packed(self) -> list[Any]:
        """As plain values, for JSON."""
        return [getattr(self, name) for name in _NAMES]

    @classmethod
    def unpacked(cls, values: list[Any]) -> Brief:
        """From plain values. Raises ``ValueError`` or ``TypeError`` for others."""
        given = dict(zip(_NAMES, values, strict=True))
        given |= {name: tuple(given[name]) for name in ("services", "refers", "targets")}
        given["open_actions"] = tuple((key, title, owner) for key, title, owner in given["open_actions"])
        return cls(**given)


_NAMES = tuple(field.name for field in fields(Brief))


def brief_of(item: Postmortem, zone: tzinfo) -> Brief:
    """The brief of a postmortem; ``zone`` is the library's."""
    happened = [moment.day_in(zone) for name in MILESTONES if (moment := item.milestone(name))]
    happened += [day for day in _days(item) if day]
    due = [action.due for action in item.actions if action.is_open and action.due]
    resolved = item.milestone("resolved")
    return Brief(
        kind=str(item.kind),
        origin=str(item.origin),
        status=str(item.status),
        severity=item.severity,
        started=item.started.day_in(zone).toordinal() if item.started else None,
        resolved=resolved.day_in(zone).toordinal() if resolved else None,
        published=item.published.toordinal() if item.published else None,
        latest=max(happened).toordinal() if happened else None,
        due=min(due).toordinal() if due else None,
        review_on=item.review_on.toordinal() if item.review_on else None,
        root_cause=item.root_cause,
        words=_words(item),
        services=item.services,
        refers=(
            *item.recurrence_of,
            *([item.merged_into] if item.merged_into else []),
            *(action.moved_to for action in item.actions if action.moved_to),
        ),
        targets=tuple(dict.fromkeys(link.target for link in item.body.links if not _ABSOLUTE.match(link.target))),
        open_actions=tuple((action.id, action.title, action.owner) for action in item.actions if action.is_open),
    )


def _words(item: Postmortem) -> str:
    title = similarity.words(item.title)
    return f"{' '.join(sorted(title))}\n{' '.join(sorted(similarity.words(item.summary or '') - title))}"


def _days(item: Postmortem) -> Iterable[date | None]:
    yield item.published
    yield from (update.on for update in item.updates)
    yield from (approval.on for approval in item.approvals)
    yield from (action.completed for action in item.actions)
