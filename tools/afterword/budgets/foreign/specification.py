"""Foreign specifications, made into OpenSLO: what is taken from them, what is left, and the text that comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from afterword.errors import AfterwordError

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()-]*[A-Za-z0-9)]")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Imported:
    """One SLO as OpenSLO. ``notes``: what it had that OpenSLO, or this library, has no counterpart for."""

    name: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass
class Fields:
    """A mapping of a foreign file, and which of its keys were taken. ``where`` names it in messages."""

    raw: Mapping[str, Any]
    where: str
    taken: set[str] = field(default_factory=set)

    def text(self, *names: str) -> str | None:
        """The text under the first of some names. Raises ``AfterwordError`` for another type."""
        value = self.any(*names)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise AfterwordError(f"{self.where}: {names[0]} is not text")

    def wanted(self, *names: str) -> str:
        """The text under the first of some names. Raises ``AfterwordError`` when it is absent or empty."""
        value = self.text(*names)
        if value is None or not value.strip():
            raise AfterwordError(f"{self.where}: “{names[0]}” is missing")
        return value.strip()

    def fields(self, *names: str) -> Fields | None:
        """The mapping under the first of some names. Raises ``AfterwordError`` for another type."""
        value = self.any(*names)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise AfterwordError(f"{self.where}: {names[0]} is not a mapping")
        return Fields(value, f"{self.where}.{names[0]}")

    def items(self, *names: str) -> list[Fields]:
        """The mappings of the list under the first of some names. Raises ``AfterwordError`` for another type."""
        value = self.any(*names) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise AfterwordError(f"{self.where}: {names[0]} is not a list of mappings")
        return [Fields(item, f"{self.where}.{names[0]}[{number}]") for number, item in enumerate(value, 1)]

    def words(self, *names: str) -> dict[str, str]:
        """The mapping of texts under the first of some names."""
        value = self.any(*names)
        return {key: str(word) for key, word in value.items()} if isinstance(value, dict) else {}

    def any(self, *names: str) -> Any:
        """Whatever stands under the first of some names; it then counts as taken."""
        name = next((name for name in names if name in self.raw), None)
        if name is None:
            return None
        self.taken.add(name)
        return self.raw[name]

    def left(self) -> list[str]:
        """A note for each key that nobody took, the empty ones aside."""
        empty: tuple[object, ...] = (None, {}, [], "", False)
        return [
            f"{self.where}.{key} has no counterpart and was left out"
            for key, value in self.raw.items()
            if key not in self.taken and value not in empty
        ]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an SLO is made of; queries as an OpenSLO indicator."""

    name: str
    title: str
    service: str
    indicator: Mapping[str, Any]
    percent: str
    description: str = ""
    duration: str = "30d"
    labels: Mapping[str, str] = field(default_factory=dict)
    runbook: str | None = None


def query(text: str) -> dict[str, Any]:
    """A metric of OpenSLO that asks a Prometheus."""
    return {"metricSource": {"type": "Prometheus", "spec": {"query": text.strip()}}}


def name_of(text: str) -> str:
    """A name as objects of OpenSLO bear it."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:63].strip("-") or "objective"


def document(facts: Facts, origin: str) -> str:
    """The file of one SLO. ``origin`` says in a comment where it came from."""
    percent = _number(facts.percent)
    annotations = {"afterword/zero-budget": "true"} if percent == 100 else {}
    if facts.runbook:
        annotations["afterword/runbook"] = facts.runbook
    metadata: dict[str, Any] = {"name": facts.name, "displayName": facts.title}
    metadata |= {"labels": dict(facts.labels)} if facts.labels else {}
    metadata |= {"annotations": annotations} if annotations else {}
    spec: dict[str, Any] = {"description": " ".join(facts.description.split())[:1050]} if facts.description else {}
    spec |= {
        "service": facts.service,
        "indicator": {"metadata": {"name": facts.name}, "spec": dict(facts.indicator)},
        "timeWindow": [{"duration": facts.duration, "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [{"targetPercent": percent}],
    }
    whole = {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": metadata, "spec": spec}
    body = yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**20)
    return f"# {origin}\n{body}"


def _number(text: str) -> int | float:
    try:
        value = float(text)
    except ValueError:
        raise AfterwordError(f"the target “{text}” is no number") from None
    return int(value) if value == int(value) else value


class _Dumper(yaml.SafeDumper):
    """Quotes whatever another version of YAML might not read as text."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"'
    if not text.replace("\n", "").isprintable():  # only there does every character have an escape
        pass
    elif "\n" in text:
        style = "|"
    elif _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        style = ""
    elif '"' in text:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style or None)


_Dumper.add_representer(str, _written)
