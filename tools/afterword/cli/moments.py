"""Moments as people type them: the option types for dates and times."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::(\d{2}))?\s*(Z|z|UTC|[+-]\d{2}:\d{2})?\Z")


def read_moment(text: str, zone: tzinfo, now: datetime) -> str | None:
    """What the front matter will say: RFC 3339 or a bare date; ``None`` when it cannot be read.

    ``now`` and ``today`` are understood, and ``2026-03-04 09:12``, which is a time in the library's zone.
    """
    from afterword.timing import parse_moment  # noqa: PLC0415  # --help must not wait for it

    text = text.strip()
    if text.casefold() == "now":
        return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00Z")
    if text.casefold() == "today":
        return now.astimezone(zone).date().isoformat()
    if parse_moment(text):
        return text
    found = _LOCAL.match(text)
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2].zfill(5)}:{found[3] or '00'}")
        at = local.replace(tzinfo=_zone(found[4]) if found[4] else zone)
        written = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None
    return written if parse_moment(written) else None


def _zone(text: str) -> tzinfo:
    """Raises ``ValueError`` for an offset that no clock has."""
    return UTC if text[0] not in "+-" else datetime.strptime(text, "%z").tzinfo or UTC


if TYPE_CHECKING:
    TextType = click.ParamType[str]
else:  # before click 8.4 it is not generic
    TextType = click.ParamType


class Day(TextType):
    """A date such as 2026-03-04, as text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Fails for anything else."""
        from afterword.timing import parse_date  # noqa: PLC0415  # --help must not wait for it

        if not isinstance(value, str) or parse_date(value) is None:
            self.fail(f"“{value}” is not a date such as 2026-03-04.", param, ctx)
        return value
