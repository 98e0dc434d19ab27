"""Recurrence: the share of incidents that repeat an earlier one, and the chains they form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from afterword.measures.base import Reason, Scope, Share, excluded, is_draft
from afterword.model import Postmortem


def recurrence(postmortems: Iterable[Postmortem], scope: Scope) -> Share:
    """The share of our own incidents, drafts excluded, with ``recurrence_of``. ``missing`` is empty."""
    own = [item for item in postmortems if scope.is_own_incident(item)]
    counted = [item for item in own if not is_draft(item)]
    drafts = [Reason.DRAFT] * (len(own) - len(counted))
    return Share(sum(1 for item in counted if item.recurrence_of), len(counted), (), excluded(drafts))


def chains(postmortems: Iterable[Postmortem], by_id: Mapping[str, Postmortem]) -> tuple[tuple[Postmortem, ...], ...]:
    """Postmortems joined by ``recurrence_of``, also over several steps; each chain oldest first, newest chain first.

    ``by_id`` also knows former ids. A reference to what the library does not hold joins nothing. Of each chain
    at least one is among ``postmortems``.
    """
    neighbours: dict[str, set[str]] = {}
    for item in by_id.values():
        for reference in item.recurrence_of:
            earlier = by_id.get(reference)
            if earlier is not None and earlier.id != item.id:
                neighbours.setdefault(item.id, set()).add(earlier.id)
                neighbours.setdefault(earlier.id, set()).add(item.id)
    found: list[tuple[Postmortem, ...]] = []
    seen: set[str] = set()
    for item in postmortems:
        if item.id in neighbours and item.id not in seen:
            members = _reach(item.id, neighbours)
            seen |= members
            found.append(tuple(sorted((by_id[name] for name in members), key=_order)))
    return tuple(sorted(found, key=lambda chain: _order(chain[-1]), reverse=True))


def _reach(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for name in neighbours[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found


def _order(postmortem: Postmortem) -> tuple[object, ...]:
    return postmortem.started.sort_key, postmortem.id
