"""A grace period: from when a stretch of time counts, if it lasts so long."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from ..instants import zones
from ..instants.clocks import DAYS_OF, covered, later, opened, zone_of
from .algebra import END

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...model import nodes
    from ..assessment import Assessment


def grace(assessment: Assessment, period: nodes.GracePeriod) -> Callable[[int], int]:
    """From when a stretch counts that begins at an instant.

    Where whole days only count, they are those after the day on which it begins: days on which the calendar is open,
    if the period counts working days, or else all days.
    """
    agreement = assessment.contract.agreement
    calendar = period.calendar.found if period.calendar else None
    zone = zone_of(calendar, agreement)
    unit, amount = period.length.unit, period.length.amount
    working = unit in ("business days", "working days")
    if not period.whole_days or not (working or unit in DAYS_OF):
        return lambda start: later(start, period.length, calendar, agreement, zone)
    first, last = covered(agreement)
    number = ceil(amount * DAYS_OF.get(unit, 1))
    if working:
        days = sorted({each.day for each in opened(calendar, agreement, first, last)})
    else:
        days = list(range(first.toordinal(), last.toordinal() + 1))

    def begins(start: int) -> int:
        position = bisect_right(days, zones.day_of(start, zone).toordinal()) + number - 1
        return zones.midnight(date.fromordinal(days[position] + 1), zone) if position < len(days) else END

    return begins
