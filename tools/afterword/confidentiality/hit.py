"""What a detector found: of which kind, and where. Never the text itself: nobody can print what nobody holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afterword.findings import Span


class Kind(StrEnum):
    """What is confidential about a stretch of text, in words that messages use."""

    SECRET = "secret"  # noqa: S105  # the word, not one
    EMAIL = "e-mail address"
    ADDRESS = "IP address"
    CUSTOMER = "customer name"
    HOST = "internal host name"
    SENSITIVE = "sensitive text"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One place. ``detector`` names what found it, for a person: “AWS access key”, “e-mail address”."""

    span: Span
    kind: Kind
    detector: str
