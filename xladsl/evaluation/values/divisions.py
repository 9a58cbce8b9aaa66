"""Values for each part of a window or of the rows, all parts asked for at once.

`mean over each 5 min of (…)` has a value for each of some nine thousand slices of a month. They are told apart by a
key: one cell for each division that a formula stands in, the outermost first.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..instants import clocks, zones
from ..instants.clocks import Clock
from ..rows.requests import Cell, ColumnCell, SliceStart
from ..stretches.algebra import Stretch, union
from .amounts import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from ...model import nodes
    from ..rows.requests import Term

BUSINESS_DAYS = ("business days", "working days")
FOR_EVER = 1 << 60
"""Longer than any day: the slice of a moment is then all of its day, or of what a clock has in place of days."""

Key = tuple[Cell, ...]


class Slices(NamedTuple):
    """The small intervals of the hours that count, counted from each midnight.

    A slice counts if it begins in these hours; the one in which the window begins counts however early it began.
    """

    clock: Clock
    length: int
    hours: tuple[tuple[int, int], ...]

    def term(self, source: str, dated: ColumnCell | None) -> Term | None:  # noqa: ARG002  # as in `Cells`
        return None if dated is None else SliceStart(self.clock, self.length, dated)

    def starts(self) -> Iterator[int]:
        for starts in self.by_day():
            yield from starts

    def number(self) -> int:
        """How many there are, without going through them all."""
        return sum(map(len, self.by_day()))

    def by_day(self) -> Iterator[range]:
        """When the slices begin that begin in these hours, a day at a time."""
        for start, end in self.hours:
            for day, next_day in self.days(start, end):
                first = day + -(-(max(start, day) - day) // self.length) * self.length
                yield range(first, min(end, next_day), self.length)

    def days(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The midnights between which a stretch lies."""
        days = self.clock.days
        position = max(bisect_right(days, start) - 1, 0)
        while position + 1 < len(days) and days[position] < end:
            yield days[position], days[position + 1]
            position += 1

    def end(self, start: int) -> int:
        """The end of the slice that begins at an instant: the last slice of a day ends with the day."""
        days = self.clock.days
        following = bisect_right(days, start)
        return min(start + self.length, days[following]) if following < len(days) else start + self.length

    def counts(self, start: Cell) -> bool:
        """Whether the slice that begins at an instant is one of them."""
        assert isinstance(start, int)
        position = bisect_right(self.hours, (start, 1 << 62)) - 1
        return position >= 0 and self.hours[position][0] <= start < self.hours[position][1]


class Cells(NamedTuple):
    """The values of a column, which several sources may have."""

    columns: tuple[tuple[str, str], ...]

    def term(self, source: str, dated: ColumnCell | None) -> Term | None:  # noqa: ARG002  # as in `Slices`
        return next((ColumnCell(column) for named, column in self.columns if named == source), None)


Division = Slices | Cells


def projected(divisions: tuple[Division, ...], terms: list[Term | None]) -> Callable[[Key], Key]:
    """From the key of a value to that of the rows of a source which not all divisions divide."""
    positions = [position for position in range(len(divisions)) if terms[position] is not None]
    if len(positions) == len(divisions):
        return lambda key: key
    return lambda key: tuple(key[position] for position in positions)


def short_slices(clock: Clock, length: int, hours: list[Stretch], window_start: int) -> Slices:
    """The slices of less than a day in some hours. The first one may have begun before the window."""
    merged = [(start, end) for start, end, _ in union(hours)]
    if merged and merged[0][0] == window_start:
        merged[0] = (clock.slice_start(length, window_start), merged[0][1])
    return Slices(clock, length, tuple(merged))


def long_slices(clock: Clock, hours: list[Stretch]) -> Slices:
    """The days, weeks, months or years of a clock in which some of the hours lie."""
    touched = union(Stretch(clock.slice_start(FOR_EVER, start), end) for start, end, _ in hours)
    return Slices(clock, FOR_EVER, tuple((start, end) for start, end, _ in touched))


@lru_cache(maxsize=64)
def calendar_units(
    unit: str, number: int, calendar: nodes.Calendar | None, agreement: nodes.Agreement, zone: str
) -> Clock:
    """A clock whose days are weeks, months, business days or so many of them, counted from that in which the term
    begins."""
    clock = clocks.every_hour(zone, agreement)
    opened: Container[date] = ()
    if unit in BUSINESS_DAYS:
        hours = clocks.opened(calendar, agreement, *clocks.covered(agreement))
        opened = {date.fromordinal(each.day) for each in hours}
    days = [(midnight, zones.day_of(midnight, zone)) for midnight in clock.days]
    starts = [midnight for midnight, day in days if begins(unit, day, opened)]
    first = bisect_right(starts, zones.midnight(agreement.term.start, zone)) - 1
    name = f"{number} {unit} in {zone}"
    return Clock(name, clock.starts, clock.shown, clock.rates, clock.unit, tuple(starts[first % number :: number]))


def begins(unit: str, day: date, opened: Container[date]) -> bool:
    """Whether a unit of the calendar begins on a day."""
    if unit in BUSINESS_DAYS:
        return day in opened
    if unit == "weeks":
        return day.weekday() == 0
    months = MONTHS.get(unit)
    return months is None or (day.day == 1 and (day.month - 1) % months == 0)
