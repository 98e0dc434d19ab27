"""Front: the front matter of a new file, from facts alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from afterword.migration.actions import Action
from afterword.migration.facts import Fact
from afterword.migration.secrecy import has_secret, tellable
from afterword.terminal import printable
from afterword.yamlscalar import write_scalar

MOMENTS = ("started", "detected", "acknowledged", "mitigated", "resolved")
ORDER = (
    "schema", "title", "summary", "kind", "origin", "organization", "source", "status", "severity", "services",
    *MOMENTS, "unknown", "published", "detection", "root_cause", "external_ids", "impact", "people", "actions",
    "tags", "links",
)  # fmt: skip
"""The keys, in the order of the guide."""
_LISTS = ("services", "tags")
_ADDRESSES = ("source", "links")
_TEXTS = ("title", "details", "owner", "reason", "tracker")
"""What of an action is text of its source."""
_PEOPLE = ("author", "lead", "incident_commander", "reviewers")
_IMPACT = ("users", "requests_failed", "downtime_minutes", "business")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ID_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Front:
    """A front matter as values. ``remarks``: what is written behind a key's line, for what is doubtful."""

    values: Mapping[str, Any]
    remarks: Mapping[str, str] = field(default_factory=dict)

    def without(self, keys: Collection[str]) -> Front:
        """The same without some keys."""
        return Front({key: value for key, value in self.values.items() if key not in keys}, self.remarks)

    def having(self, **values: Any) -> Front:
        """The same with other values."""
        return Front({**self.values, **values}, self.remarks)

    def render(self) -> str:
        """The lines between the fences, with their last line end. Keys in the order of the guide."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return "".join(f"{line}\n" for key in ORDER if key in self.values for line in self._lines(key))

    def _lines(self, key: str) -> Iterator[str]:
        value, remark = self.values[key], self.remarks.get(key)
        behind = f"   # {printable(remark)}" if remark else ""
        if isinstance(value, Mapping):
            yield f"{key}:{behind}"
            yield from (f"  {line}" for name, item in value.items() for line in (f"{name}: {_flow(item)}",))
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], Mapping):
            yield f"{key}:{behind}"
            for item in value:
                pairs = [f"{name}: {_flow(inner)}" for name, inner in item.items()]
                yield from (f"  {'- ' if at == 0 else '  '}{pair}" for at, pair in enumerate(pairs))
        else:
            yield f"{key}: {_flow(value)}{behind}"


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(write_scalar(_shown(str(item)), flow=True) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else write_scalar(_shown(str(value)))


def _shown(text: str) -> str:
    """A text without the signs that control a terminal: no front matter may hold them, and nobody has read them."""
    return _CONTROL.sub("", text)


def front_of(facts: Sequence[Fact], actions: Sequence[Action], *, public: bool) -> Front:
    """The values of the facts; the first of a key counts, lists take all. Keys of no schema are left out."""
    facts, actions = _tellable(facts, actions)
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.key, fact)
    values: dict[str, Any] = {"schema": 1}
    values |= {key: fact.value for key, fact in first.items() if key in ORDER and key not in _LISTS}
    for name in _LISTS:
        if listed := _all(facts, name):
            values[name] = listed
    values.pop("links", None)
    links = [fact.value.rpartition(" | ") for fact in facts if fact.key == "links"]
    if links:
        values["links"] = [{"title": title or url, "url": url} for title, _, url in links]
    people: dict[str, Any] = {key: first[key].value for key in _PEOPLE[:3] if key in first}
    if reviewers := _all(facts, "reviewers"):
        people["reviewers"] = reviewers
    if people:
        values["people"] = people
    impact = {key: _figure(key, first[f"impact.{key}"].value) for key in _IMPACT if f"impact.{key}" in first}
    if impact:
        values["impact"] = impact
    ids = {_id_key(fact.key): fact.value for fact in reversed(facts) if fact.key.startswith("external:")}
    if ids:
        values["external_ids"] = dict(sorted(ids.items()))
    if actions:
        values["actions"] = [_action(number, action, public=public) for number, action in enumerate(actions, 1)]
    return Front(values, {key: fact.how for key, fact in first.items() if fact.doubtful})


def masked(facts: Sequence[Fact], actions: Sequence[Action]) -> tuple[str, ...]:
    """The keys, and the ids of the actions, that stand in the front matter without a secret that the source has."""
    lines = ["\n".join(text for name in _TEXTS if (text := getattr(action, name))) for action in actions]
    if not has_secret("\n".join([*(fact.value for fact in facts), *lines])):
        return ()
    keys = dict.fromkeys(fact.key for fact in facts if has_secret(fact.value))
    return (*keys, *(f"A{number}" for number, text in enumerate(lines, 1) if has_secret(text)))


def _tellable(facts: Sequence[Fact], actions: Sequence[Action]) -> tuple[Sequence[Fact], Sequence[Action]]:
    """The same with a word in the place of each secret, and without addresses that hold one."""
    texts = [fact.value for fact in facts]
    texts += [text for action in actions for name in _TEXTS if (text := getattr(action, name))]
    if not has_secret("\n".join(texts)):
        return facts, actions
    kept = [fact for fact in facts if fact.key not in _ADDRESSES or not has_secret(fact.value)]
    return (
        [replace(fact, value=tellable(fact.value), how=tellable(fact.how)) for fact in kept],
        [_action_told(action) for action in actions],
    )


def _action_told(action: Action) -> Action:
    told: dict[str, Any] = {name: tellable(text) for name in _TEXTS if (text := getattr(action, name))}
    if action.tracker and told["tracker"] != action.tracker:
        told["tracker"] = None
    return replace(action, **told)


def _all(facts: Sequence[Fact], key: str) -> list[str]:
    return list(dict.fromkeys(fact.value for fact in facts if fact.key == key))


def _figure(key: str, text: str) -> str | int | float:
    if key == "business":
        return text
    number = float(text.replace(",", ""))
    return int(number) if number.is_integer() else number


def _id_key(key: str) -> str:
    return _ID_KEY.sub("-", key.removeprefix("external:").casefold()).strip("-") or "id"


def _action(number: int, action: Action, *, public: bool) -> dict[str, Any]:
    """An action; one of which nobody says otherwise is open, and ``unknown`` at another organisation."""
    found: dict[str, Any] = {"id": f"A{number}", "title": action.title}
    for key in ("details", "type", "owner", "priority"):
        if (value := getattr(action, key)) is not None:
            found[key] = value
    found |= {"due": action.due.isoformat()} if action.due else {}
    found["status"] = action.status or ("unknown" if public else "open")
    found |= {"completed": action.completed.isoformat()} if action.completed else {}
    found |= {"reason": action.reason} if action.reason else {}
    found |= {"tracker": action.tracker} if action.tracker else {}
    return found
