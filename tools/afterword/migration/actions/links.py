"""Links of actions: where those in their details lead from the new file, as the links of the text around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import unquote

from afterword.migration.actions import Action
from afterword.migration.links import Change
from afterword.migration.words import normal

_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>[^\[\]]{0,300})\]\((?:<(?P<pointed>[^<>\n]{1,1000})>|(?P<target>[^()\s<>]{1,1000}))"
    r"(?P<title>\s\"[^\"]{0,200}\")?\)"
)
_NEW = re.compile(r"\]\((?P<target>[^()\s]+)\)\Z")


def relinked(actions: Collection[Action], changes: Collection[Change]) -> tuple[Action, ...]:
    """The actions with the changes of the page's links made in their details; what led nowhere becomes text."""
    if not changes:
        return tuple(actions)
    dead = {_same(change.target) for change in changes if change.dead}
    alive = {_same(change.target): _target(change) for change in changes if not change.dead and change.instead}

    def change(found: re.Match[str]) -> str:
        key = _same(found["pointed"] or found["target"])
        if key in alive:
            return f"{found['image']}[{found['words']}]({alive[key]}{found['title'] or ''})"
        return (found["words"] or key.rpartition("/")[2]) if key in dead else found[0]

    return tuple(
        replace(action, details=_more(action, _LINK.sub(change, action.details)))
        if action.details and "](" in action.details
        else action
        for action in actions
    )


def _more(action: Action, details: str) -> str | None:
    """What the details say beyond the title: of a link that led nowhere its words stand there already."""
    is_same = details != action.details and normal(details) in normal(action.title)
    return None if is_same else details


def _same(target: str) -> str:
    return unquote(target)


def _target(change: Change) -> str:
    """The new target; of an image or of HTML that became a link, the target of that link."""
    found = _NEW.search(change.instead)
    return found["target"] if found else change.instead
