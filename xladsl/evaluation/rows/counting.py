"""How the time between two moments is told: what it is compared with decides.

`<= 4 h` asks the clock, `<= 4 business hours` and `<= 2 business days` ask the calendar of the promise, `<= 2 days`
asks the clocks on the wall, and `<= 3 months` turns the leaves of the calendar from the earlier of the two.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes, units
from ...model.feasibility import hours_of
from ...model.quantities import Duration, Reference
from ..instants import clocks, times_of_day, zones
from ..instants.clocks import Clock
from ..values.amounts import MONTHS, amount_at, amount_of, governing_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...model.expressions import TimeOn
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..scope import Scope


SECONDS_OF_DAY = 24 * 60 * 60


class Counting(NamedTuple):
    """One way of telling how much time lies between two moments, the weakest first by `strength`. `unit` is that of
    the amounts, as people read them: business days are days, and everything else is seconds."""

    strength: int
    name: str
    unit: str

    def clock(self, assessment: Assessment, scope: Scope) -> Clock | None:
        """What moments are read off; None where they are compared as they are."""
        agreement = assessment.contract.agreement
        if self is BUSINESS_TIME:
            return clocks.business_time(calendar_of(scope), agreement)
        if self is BUSINESS_DAYS:
            return clocks.business_days(calendar_of(scope), agreement)
        return None if self is CLOCK else clocks.wall(zone_of(assessment, scope), agreement)

    def shifted(self, assessment: Assessment, scope: Scope, months: Fraction) -> Clock | None:
        """What the earlier moment is read off: the same clock, some months ahead."""
        if self is not CALENDAR_MONTHS or not months:
            return None
        return months_ahead(clocks.wall(zone_of(assessment, scope), assessment.contract.agreement), months)

    def amount(self, duration: Duration) -> Fraction:
        """What the clock shows more after that time; months are in the shifted clock already."""
        if self is CALENDAR_MONTHS and duration.unit in MONTHS:
            return Fraction(0)
        return amount_of(duration)


CLOCK = Counting(0, "clock", units.CLOCK)
DAYS = Counting(1, "days", units.CALENDAR)
CALENDAR_MONTHS = Counting(2, "months", units.CALENDAR)
BUSINESS_TIME = Counting(3, "business time", units.BUSINESS)
BUSINESS_DAYS = Counting(4, "business days", "business days")


def counting_of(duration: Duration) -> Counting:
    unit = duration.unit
    if unit in MONTHS:
        return CALENDAR_MONTHS
    if unit in ("days", "weeks"):
        return DAYS
    if unit in ("business days", "working days"):
        return BUSINESS_DAYS
    return BUSINESS_TIME if unit.startswith("business") else CLOCK


def strongest(durations: Iterable[Any]) -> Counting:
    """How time is told where several lengths of time are compared or added."""
    return max((counting_of(duration) for duration in durations), default=CLOCK)


def duration_of(formula: Any, assessment: Assessment, window: Window) -> Duration | None:
    """A length of time that is said outright, or by a parameter."""
    parameter = formula.target if isinstance(formula, Reference) else None
    if isinstance(parameter, nodes.Parameter) and assessment.given.value(parameter.name, window) is None:
        formula = amount_at(parameter, governing_day(parameter, assessment, window))
    return formula if isinstance(formula, Duration) else None


def told_unit(unit: str, counting: Counting) -> str:
    """The time between two moments, once it is decided by which clock it is told."""
    return counting.unit if unit == units.ELAPSED else unit


def unit_of_amount(amount: Any) -> str:
    """The unit of an amount as its number is told: business days are days, where other business time is seconds."""
    if isinstance(amount, Reference) and isinstance(amount.target, nodes.Parameter):
        amount = amount.target.value[0].amount
    if isinstance(amount, Duration) and counting_of(amount) is BUSINESS_DAYS:
        return BUSINESS_DAYS.unit
    return units.unit_of(amount)


def calendar_of(scope: Scope) -> nodes.Calendar | None:
    """The hours that count; None for all hours."""
    return hours_of(scope.promise) if scope.promise is not None else None


def zone_of(assessment: Assessment, scope: Scope) -> str:
    return (scope.promise.timezone if scope.promise is not None else None) or assessment.zone


def time_of_day(formula: TimeOn, assessment: Assessment, source: nodes.Source, scope: Scope) -> Clock:
    """What turns a moment into a time of its day, or of a later day, in the zone of its source."""
    agreement, zone = assessment.contract.agreement, source.timezone or assessment.zone
    later = formula.days_later
    if later is None:
        return times_of_day.on_day(formula.clock, 0, agreement, zone)
    if counting_of(later) is BUSINESS_DAYS:
        days = int(later.amount)
        return times_of_day.on_business_day(formula.clock, days, calendar_of(scope), agreement, zone)
    return times_of_day.on_day(formula.clock, int(amount_of(later)) // SECONDS_OF_DAY, agreement, zone)


@lru_cache(maxsize=64)
def months_ahead(wall: Clock, months: Fraction) -> Clock:
    """What the clocks on the wall will show so many months later: the same time on the same day of that month, or on
    its last day where it is shorter."""
    starts = sorted({*wall.starts, *wall.days})
    shown = tuple(clocks.months_later(wall.at(start), months) for start in starts)
    rates = tuple(wall.rates[max(bisect_right(wall.starts, start) - 1, 0)] for start in starts)
    return Clock(f"{wall.name}, {months} months ahead", tuple(starts), shown, rates, zones.SECOND, wall.days)
