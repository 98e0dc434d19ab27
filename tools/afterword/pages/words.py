"""Words: what readers see in place of the keys that files hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from math import isinf

from markupsafe import Markup, escape

from afterword.timing import Moment, format_duration

KINDS: Mapping[str, str] = {"incident": "Incident", "near-miss": "Near-miss", "drill": "Drill"}
ORIGINS: Mapping[str, str] = {"internal": "Our own", "public": "Public"}
STATUSES: Mapping[str, str] = {"draft": "Draft", "in-review": "In review", "published": "Published"}
PERIODS: Mapping[str, str] = {"12-months": "Last 12 months", "earlier": "Earlier"}
MILESTONES: Mapping[str, str] = {
    "started": "Started",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
}
DETECTIONS: Mapping[str, str] = {
    "alert": "an alert",
    "customer": "customers",
    "employee": "an employee",
    "third-party": "a third party",
}
ACTION_STATUSES: Mapping[str, str] = {
    "open": "Open",
    "in-progress": "In progress",
    "done": "Done",
    "wont-do": "Not to be done",
    "moved": "Moved",
    "unknown": "Unknown",
}
UNDATED = "undated"
"""What stands in the place of a day that nobody has said."""
SOURCE_KINDS: Mapping[str, str] = {
    "tsdb": "from a snapshot of its storage",
    "openmetrics": "from OpenMetrics text",
    "answers": "from saved answers",
}


def label(words: Mapping[str, str], key: str | None) -> str:
    """A key as a word; a key without one as itself, with spaces."""
    return "" if key is None else words.get(key) or key.replace("-", " ")


def number(value: float) -> str:
    """``18400`` → ``18,400``; at most two places of a fraction are kept."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(share: float, places: int = 0) -> str:
    """``0.58`` → ``58 %``; a share that would round to nothing is written as ``< 1 %``."""
    if not places and 0 < share < 0.005:
        return "< 1 %"
    return f"{share * 100:.{places}f} %"


def consumed(share: float) -> str:
    """What was used of a budget, to the nearest tenth as `budget impact` has it; infinitely much is “all”."""
    return "all" if isinf(share) else f"{share * 100:,.1f} %"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 incident``, ``14 incidents``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def minutes(value: timedelta | None) -> int | None:
    """Whole minutes, for sorting."""
    return None if value is None else round(value.total_seconds() / 60)


def ticks(text: str) -> Markup:
    """A message in which `code` stands between backticks."""
    parts = (
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(text.split("`"))
    )
    return Markup("").join(parts)


def of_minutes(value: float) -> str:
    """A number of minutes as a duration."""
    return format_duration(timedelta(minutes=value))


def duration(value: timedelta | None) -> str:
    """A duration for readers; a dash for none."""
    return "–" if value is None else format_duration(value)


def events(value: float) -> str:
    """A count of events, which extrapolation may have broken: ``12,404``; small ones with a decimal."""
    return f"{value:,.1f}" if 0 < value < 10 and round(value, 1) != round(value) else f"{value:,.0f}"


def capitalized(text: str) -> str:
    """The same with a capital letter in front; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def month(value: date) -> Markup:
    """A month by its first day, which machines can read too."""
    return _time(f"{value:%Y-%m}", f"{value:%Y-%m}")


def stamp(value: datetime) -> str:
    """An instant for machines: ``2026-11-01T23:30:00Z``."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def day(value: date) -> Markup:
    """A date that machines can read too."""
    return _time(value.isoformat(), value.isoformat())


def instant(value: datetime) -> Markup:
    """An instant in UTC, which a small script gives in the reader's zone on hover."""
    utc = value.astimezone(UTC)
    return _time(f"{utc:%Y-%m-%dT%H:%M:%SZ}", f"{utc:%Y-%m-%d %H:%M} UTC")


def moment(value: Moment) -> Markup:
    """A milestone: an instant, or only a day."""
    return day(value.day) if value.at is None else instant(value.at)


def dated(value: Moment | None) -> Markup:
    """The day of a milestone, for lists; the hour stands behind it for those who hover. A word where none is known."""
    if value is None:
        return Markup('<span class="aw-undated">{}</span>').format(UNDATED)
    if value.at is None:
        return day(value.day)
    utc = value.at.astimezone(UTC)
    return _time(f"{utc:%Y-%m-%dT%H:%M:%SZ}", utc.date().isoformat())


def _time(stamp: str, text: str) -> Markup:
    return Markup(f'<time datetime="{stamp}">{text}</time>')  # noqa: S704  # made of digits by the callers
