"""Clocks that run in some hours and stand still in others, compiled to tables of instants.

Business time is a difference of two readings of such a clock: whoever holds rows needs no calendar, no time zone and
no holiday, only a table and a multiplication. A clock covers the term and two years on both sides of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from ...model.deadlines import MONTHS_OF_WINDOW, months_after
from ...model.quantities import CLOCK_SECONDS
from . import zones
from .zones import DAY, SECOND

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ...model import nodes
    from ...model.quantities import Duration

FOR_EVER = 1 << 62
SECONDS_OF_BUSINESS = {"business hours": 3600, "business minutes": 60}
DAYS_OF = {"days": 1, "weeks": 7}

YEARS_BESIDE = 2
YEARS_AT_MOST = 40
"""Of a term that is meant to be without end, so many years are compiled."""


class Clock:
    """Piece by piece: from `starts[i]` on it shows `shown[i]` and moves by `rates[i]` in a microsecond.

    `unit` is what it shows for one second, or for one business day if it counts these. `days` are the midnights of its
    zone. Before its first piece and after its last, the rates of these go on.
    """

    def __init__(
        self,
        name: str,
        starts: tuple[int, ...],
        shown: tuple[int, ...],
        rates: tuple[int, ...],
        unit: int,
        days: tuple[int, ...],
    ) -> None:
        self.name = name
        self.starts = starts
        self.shown = shown
        self.rates = rates
        self.unit = unit
        self.days = days

    def at(self, instant: int) -> int:
        """What it shows at an instant."""
        piece = bisect_right(self.starts, instant, 1) - 1
        return self.shown[piece] + self.rates[piece] * (instant - self.starts[piece])

    def running(self, instant: int) -> bool:
        return self.rates[self.piece(instant)] > 0

    def when(self, shown: int) -> int:
        """The first instant at which it shows so much; the end of what it covers where it never does."""
        piece = max(bisect_left(self.shown, shown) - 1, 0)
        if piece and self.rates[piece - 1] and (before := self.reached(piece - 1, shown)) < self.starts[piece]:
            return before  # clocks on the wall that were put back show it twice
        return self.reached(piece, shown) if self.rates[piece] else self.starts[piece]

    def until(self, shown: int) -> int:
        """The last instant at which it shows no more; the end of what it covers where it never shows more."""
        piece = max(bisect_right(self.shown, shown) - 1, 0)
        return self.reached(piece, shown + 1) - 1 if self.rates[piece] else self.starts[piece]

    def slice_start(self, length: int, instant: int) -> int:
        """The beginning of the slice of `length` microseconds, counted from midnight, in which an instant lies."""
        midnight = self.days[bisect_right(self.days, instant, 1) - 1]
        return instant - (instant - midnight) % length

    def open(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches between two instants in which it runs."""
        found: list[tuple[int, int]] = []
        for piece in range(self.piece(start), len(self.starts)):
            begins, ends = self.bounds(piece)
            begins, ends = max(begins, start), min(ends, end)
            if begins >= ends:
                break
            if not self.rates[piece]:
                continue
            if found and found[-1][1] == begins:
                begins = found.pop()[0]
            found.append((begins, ends))
        return found

    def piece(self, instant: int) -> int:
        """The number of the piece in which an instant lies; what is before the first lies in it too."""
        return bisect_right(self.starts, instant, 1) - 1

    def bounds(self, piece: int) -> tuple[int, int]:
        """From when and until when a piece goes on."""
        start = self.starts[piece] if piece else -FOR_EVER
        return start, self.starts[piece + 1] if piece + 1 < len(self.starts) else FOR_EVER

    def reached(self, piece: int, shown: int) -> int:
        """When a piece that runs first shows so much; its end if it does not get so far."""
        return min(self.starts[piece] - (self.shown[piece] - shown) // self.rates[piece], self.bounds(piece)[1])


# -------------------------------------------------------------------------------------------------- the four clocks


@lru_cache(maxsize=256)
def business_time(calendar: nodes.Calendar | None, agreement: nodes.Agreement) -> Clock:
    """Runs as fast as time while a calendar is open; without a calendar, always."""
    zone = zone_of(calendar, agreement)
    if calendar is None:
        return every_hour(zone, agreement)
    first, last = covered(agreement)
    pieces = [(start, end, 1) for start, end in merged(opened(calendar, agreement, first, last))]
    return compiled(f"business time of {calendar.name}", pieces, SECOND, first, last, zone)


@lru_cache(maxsize=256)
def business_days(calendar: nodes.Calendar | None, agreement: nodes.Agreement) -> Clock:
    """Shows the same for each day on which a calendar is open, however long it is open on that day; without a
    calendar, for each day from Monday to Friday.

    It shows whole numbers only: a day has as many units as the lengths of all days divide.
    """
    zone = zone_of(calendar, agreement)
    first, last = covered(agreement)
    days = by_day(opened(calendar, agreement, first, last)).values()
    lengths = [sum(end - start for start, end in stretches) for stretches in days]
    unit = lcm(*set(lengths))
    pieces = [
        (start, end, unit // length)
        for stretches, length in zip(days, lengths, strict=True)
        for start, end in stretches
    ]
    name = f"business days of {calendar.name}" if calendar else "business days"
    return compiled(name, pieces, unit, first, last, zone)


@lru_cache(maxsize=256)
def open_days(calendar: nodes.Calendar | None, agreement: nodes.Agreement) -> tuple[date, ...]:
    """The days on which business days are counted."""
    days = by_day(opened(calendar, agreement, *covered(agreement)))
    return tuple(date.fromordinal(day) for day in sorted(days))


@lru_cache(maxsize=256)
def wall(zone: str, agreement: nodes.Agreement) -> Clock:
    """Shows what the clocks of a zone show: it is put forward and back."""
    first, last = covered(agreement)
    days = midnights(first, last, zone)
    offsets = zones.transitions(zone, days[0], days[-1])
    starts = tuple(start for start, _ in offsets)
    shown = tuple(start + ahead for start, ahead in offsets)
    return Clock(f"clocks in {zone}", starts, shown, (1,) * len(starts), SECOND, days)


@lru_cache(maxsize=256)
def every_hour(zone: str, agreement: nodes.Agreement) -> Clock:
    """Runs always; its days are those of a zone."""
    days = midnights(*covered(agreement), zone)
    return Clock(f"time in {zone}", days[:1], days[:1], (1,), SECOND, days)


def later(
    instant: int,
    duration: Duration,
    calendar: nodes.Calendar | None,
    agreement: nodes.Agreement,
    zone: str,
    sign: int = 1,
) -> int:
    """The instant some time after another, or before it where `sign` is -1.

    Months keep the day and the time of day, or end with a shorter month. A deadline in business time is the first
    instant at which all of it has passed; counted back, the last from which all of it is still to come.
    """
    unit, amount = duration.unit, sign * Fraction(duration.amount)
    if unit in CLOCK_SECONDS:
        return instant + round(amount * Fraction(CLOCK_SECONDS[unit]) * SECOND)
    if unit.startswith(("business", "working")):
        days = unit.endswith("days")
        clock = business_days(calendar, agreement) if days else business_time(calendar, agreement)
        seconds = 1 if days else SECONDS_OF_BUSINESS[unit]
        shown = clock.at(instant) + round(amount * seconds * clock.unit)
        return clock.when(shown) if sign > 0 else clock.until(shown)
    reading = instant + zones.offset(instant, zone)
    if unit in DAYS_OF:
        return zones.instant_of(reading + round(amount * DAYS_OF[unit] * DAY), zone)
    months = amount * MONTHS_OF_WINDOW[unit.removesuffix("s")]
    return zones.instant_of(months_later(reading, months), zone)


def months_later(reading: int, months: Fraction) -> int:
    """A part of a month is that part of the month that follows the whole ones."""
    day = zones.datetime_of(reading).date()
    whole = months.numerator // months.denominator
    begins, ends = (zones.reading_of(months_after(day, number) or date.max) for number in (whole, whole + 1))
    return begins + round((ends - begins) * (months - whole)) + reading % DAY


# --------------------------------------------------------------------------------------------------------- opening


class Weekly(NamedTuple):
    """Hours of one weekday, counted from its midnight in microseconds; they may end on the next day."""

    weekday: int
    start: int
    end: int


class Opened(NamedTuple):
    """A stretch of opening, and the number of the day that it belongs to: the one on which it begins."""

    start: int
    end: int
    day: int


def weekly(weekdays: nodes.Weekdays, spans: Iterable[nodes.ClockSpan]) -> Iterator[Weekly]:
    """The hours of some weekdays; those that end no later than they begin end on the next day."""
    from ...model.feasibility import days_from

    hours = [(zones.of_day(span.start), zones.of_day(span.end)) for span in spans]
    for weekday in days_from(weekdays):
        for start, end in hours:
            yield Weekly(weekday, start, end if end > start else end + DAY)


def stretches_of(
    week: Iterable[Weekly], first: date, last: date, zone: str, closed: Collection[int] = ()
) -> list[Opened]:
    """Weekly hours as instants, in order, from one day to another; `closed` are the ordinals of days without hours.

    Hours that the clocks skip are left out, and those that they show twice are longer.
    """
    of_weekday: list[list[Weekly]] = [[] for _ in range(7)]
    for hours in week:
        of_weekday[hours.weekday].append(hours)
    readings = [
        (midnight + hours.start, midnight + hours.end, day)
        for day in range(first.toordinal(), last.toordinal() + 1)
        if day not in closed
        for midnight in [(day - zones.EPOCH_DAY) * DAY]
        for hours in of_weekday[(day - 1) % 7]
    ]
    bounds = sorted({bound for start, end, _ in readings for bound in (start, end)})
    instant = dict(zip(bounds, zones.instants_of(bounds, zone), strict=True))
    found = [Opened(instant[start], instant[end], day) for start, end, day in readings]
    return sorted(stretch for stretch in found if stretch.start < stretch.end)


@lru_cache(maxsize=256)
def opened(calendar: nodes.Calendar | None, agreement: nodes.Agreement, first: date, last: date) -> tuple[Opened, ...]:
    """The hours of a calendar from one day to another, without the days on which it is closed."""
    zone = zone_of(calendar, agreement)
    if calendar is None:
        return tuple(stretches_of([Weekly(weekday, 0, DAY) for weekday in range(5)], first, last, zone))
    from ...model.calendars import closed_days

    closed = {day.toordinal() for day, _ in closed_days(calendar, agreement)}
    week = [hours for opening in calendar.opening for hours in weekly(opening.weekdays, opening.spans)]
    return tuple(stretches_of(week, first, last, zone, closed))


def merged(stretches: Iterable[Opened]) -> list[tuple[int, int]]:
    """Each instant once, however many hours it lies in."""
    found: list[tuple[int, int]] = []
    for start, end, _ in stretches:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def by_day(stretches: Iterable[Opened]) -> dict[int, list[tuple[int, int]]]:
    """The stretches of each day on which there are some, by its ordinal; what two days claim belongs to the earlier."""
    days: dict[int, list[tuple[int, int]]] = {}
    reached = None
    for start, end, day in stretches:
        begins = start if reached is None else max(start, reached)
        if begins < end:
            days.setdefault(day, []).append((begins, end))
            reached = end
    return days


# --------------------------------------------------------------------------------------------------------- compiling


def compiled(name: str, pieces: list[tuple[int, int, int]], unit: int, first: date, last: date, zone: str) -> Clock:
    """A clock that runs in some stretches, each with its rate, and stands still between them."""
    days = midnights(first, last, zone)
    starts, shown, rates = [days[0]], [0], [0]

    def turn(instant: int, rate: int) -> None:
        reading = shown[-1] + rates[-1] * (instant - starts[-1])
        if starts[-1] == instant:
            rates[-1] = rate
        else:
            starts.append(instant)
            shown.append(reading)
            rates.append(rate)

    for number, (start, end, rate) in enumerate(pieces):
        if rates[-1] != rate:
            turn(start, rate)
        if number + 1 == len(pieces) or pieces[number + 1][0] > end:
            turn(end, 0)
    return Clock(name, tuple(starts), tuple(shown), tuple(rates), unit, days)


@lru_cache(maxsize=256)
def midnights(first: date, last: date, zone: str) -> tuple[int, ...]:
    """When each day begins, and when the last one ends."""
    readings = range(zones.reading_of(first), zones.reading_of(last) + 2 * DAY, DAY)
    return tuple(zones.instants_of(readings, zone))


def covered(agreement: nodes.Agreement) -> tuple[date, date]:
    """The first and the last day that clocks know."""
    start, end = agreement.term.start, agreement.term.end
    first = max(start.year - YEARS_BESIDE, date.min.year + 1)
    last = min(max(start.year, end.year), start.year + YEARS_AT_MOST) + YEARS_BESIDE
    return date(first, 1, 1), date(min(last, date.max.year - 1), 12, 31)


def zone_of(calendar: nodes.Calendar | None, agreement: nodes.Agreement) -> str:
    return (calendar.timezone if calendar else None) or agreement.timezone or "UTC"
