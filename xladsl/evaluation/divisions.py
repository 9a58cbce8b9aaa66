"""Values for each part of a window or of the rows, all parts asked for at once.

`mean over each 5 min of (…)` has a value for each of some nine thousand slices of a month. They are told apart by a
key: one cell for each division that a formula stands in, the outermost first.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from .requests import Cell, ColumnCell, SliceStart
from .stretches import Stretch, union, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .clocks import Clock
    from .requests import Term

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
        for start, end in self.hours:
            for day, next_day in self.days(start, end):
                first = max(start, day)
                yield from range(day + -(-(first - day) // self.length) * self.length, min(end, next_day), self.length)

    def number(self) -> int:
        """How many there are, without going through them all."""
        return sum(
            len(range(day + -(-(max(start, day) - day) // self.length) * self.length, min(end, next_day), self.length))
            for start, end in self.hours
            for day, next_day in self.days(start, end)
        )

    def days(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The midnights between which a stretch lies."""
        days = self.clock.days
        position = max(bisect_right(days, start) - 1, 0)
        while position + 1 < len(days) and days[position] < end:
            yield days[position], days[position + 1]
            position += 1

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


def slices(clock: Clock, length: int, hours: list[Stretch], window_start: int) -> Slices:
    """The slices of some hours. The first one may have begun before the window."""
    merged = [(start, end) for start, end, _ in union(hours)]
    if merged and merged[0][0] == window_start:
        merged[0] = (clock.slice_start(length, window_start), merged[0][1])
    return Slices(clock, length, tuple(merged))


def hours_that_count(opened: list[tuple[int, int]], left_out: list[Stretch]) -> list[Stretch]:
    return without([Stretch(start, end) for start, end in opened], union(left_out))
