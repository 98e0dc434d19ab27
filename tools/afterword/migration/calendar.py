"""Calendar: how a page means its dates: which figure comes first, near which day, in which zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Literal

Order = Literal["month", "day"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """How dates and times of a page are meant.

    ``order``: which comes first in ``3/4/2021``, ``None`` while nobody can tell. ``near``: a day that dates without
    a year lie close to; ``year``: the year of such dates when no more is known. ``day``: the one day that the
    page as a whole is of, for times without any. ``zone``: of times that name none, ``None`` when nobody has said.
    """

    order: Order | None = None
    near: date | None = None
    zone: tzinfo | None = None
    year: int | None = None
    day: date | None = None
