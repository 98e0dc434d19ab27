"""Outcome: what became of an address on the web. Without the network, so that rules can know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of an address."""

    THERE = "there"
    MOVED = "moved"
    """For good, to another address."""
    GONE = "gone"
    UNTOLD = "untold"
    """It could not be told: nobody answered, or not to a program."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address: ``detail`` is the new address, or why it is gone or cannot be told."""

    state: State
    detail: str = ""
