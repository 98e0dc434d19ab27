"""Recurrence: the share of incidents that repeat an earlier one."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.measures.base import Reason, Scope, Share, excluded, is_draft
from afterword.model import Postmortem


def recurrence(postmortems: Iterable[Postmortem], scope: Scope) -> Share:
    """The share of our own incidents, drafts excluded, with ``recurrence_of``. ``missing`` is empty."""
    own = [item for item in postmortems if scope.is_own_incident(item)]
    counted = [item for item in own if not is_draft(item)]
    drafts = [Reason.DRAFT] * (len(own) - len(counted))
    return Share(sum(1 for item in counted if item.recurrence_of), len(counted), (), excluded(drafts))
