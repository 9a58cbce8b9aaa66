"""A time of day on the day of a moment, or on a later one: `24:00 on reported + 2 working days`.

What it comes to is the same all day, so it is a clock like the others: one that stands still from midnight to midnight,
and shows when that time is.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import time
from functools import lru_cache
from typing import TYPE_CHECKING

from . import zones
from .clocks import Clock, covered, midnights, open_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...model import nodes


@lru_cache(maxsize=256)
def on_day(clock: time, days: int, agreement: nodes.Agreement, zone: str) -> Clock:
    """When it is a time of day, so many days of the calendar after the day on which an instant lies."""
    first, last = covered(agreement)
    later = range(first.toordinal() + days, last.toordinal() + days + 1)
    return standing_still(f"{days} days later", clock, later, agreement, zone)


@lru_cache(maxsize=256)
def on_business_day(
    clock: time, days: int, calendar: nodes.Calendar | None, agreement: nodes.Agreement, zone: str
) -> Clock:
    """The same, of the days on which a calendar opens: the first of them is the first after that day."""
    first, last = covered(agreement)
    opened = [day.toordinal() for day in open_days(calendar, agreement)]
    later = [
        opened[min(bisect_right(opened, day) + days - 1, len(opened) - 1)]
        for day in range(first.toordinal(), last.toordinal() + 1)
    ]
    return standing_still(f"{days} business days later", clock, later, agreement, zone)


def standing_still(name: str, clock: time, later: Sequence[int], agreement: nodes.Agreement, zone: str) -> Clock:
    days = midnights(*covered(agreement), zone)
    readings = [(day - zones.EPOCH_DAY) * zones.DAY + zones.of_day(clock) for day in later]
    starts = days[: len(readings)]
    name = f"{'24:00' if clock == time.max else clock} {name}"
    return Clock(name, starts, tuple(zones.instants_of(readings, zone)), (0,) * len(starts), zones.SECOND, days)
