"""Limits: how long, how often and how much, before a server is given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from afterword.errors import AfterwordError

TIMEOUT = "AFTERWORD_TIMEOUT"
"""Variable for the seconds that all requests together may take."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds. Seconds to connect, to wait for the next bytes, and for everything together; bytes of one answer."""

    connect: float = 5.0
    read: float = 30.0
    overall: float = 60.0
    answer: int = 8 * 1024 * 1024
    attempts: int = 3
    pause: float = 0.2


def limits_of(environment: Mapping[str, str]) -> Limits:
    """The bounds, with the seconds for everything together from the environment. Raises ``AfterwordError``."""
    text = environment.get(TIMEOUT, "").strip()
    if not text:
        return Limits()
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise AfterwordError(f"{TIMEOUT} is “{text[:40]}”", "It takes seconds, such as 60.")
    return Limits(connect=min(5.0, seconds), read=min(30.0, seconds), overall=seconds)
