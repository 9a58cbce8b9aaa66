"""How often each value was given, and the values that have a place in their order.

Values are cells as the engine has them, and so are weights. Only what comes out is brought to its unit: there may be
thousands of values, of which one is asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Whole = int | Fraction


class Histogram(NamedTuple):
    """Values in ascending order, each with its weight; the sum of all weights; how many rows there are; by how much
    values and weights are larger than they are meant."""

    times: list[tuple[Whole, int]]
    total: int
    rows: int
    scale: Fraction
    fine: Fraction

    def value(self, cell: Whole) -> Fraction:
        return cell / self.scale

    @property
    def values(self) -> tuple[tuple[Fraction, int], ...]:
        """Each value in its unit with how often it was given, where every row counts once."""
        return tuple((cell / self.scale, weight) for cell, weight in self.times)

    @property
    def sum(self) -> Fraction:
        """All values together, each as often as it was given."""
        return sum(cell * weight for cell, weight in self.times) / self.scale / self.fine

    @property
    def squares(self) -> Fraction:
        return sum(cell * cell * weight for cell, weight in self.times) / self.scale**2 / self.fine


def histogram(
    values: Iterable[tuple[Whole, int, int]], scale: Fraction = Fraction(1), fine: Fraction = Fraction(1)
) -> Histogram:
    """From values, their weights and how many rows have them, each value once, in any order."""
    listed = sorted(values)
    return Histogram(
        [(cell, weight) for cell, weight, _ in listed],
        sum(weight for _, weight, _ in listed),
        sum(rows for _, _, rows in listed),
        scale,
        fine,
    )


def ranked(values: Histogram, rank: Fraction) -> Fraction | None:
    """The smallest value that at least this share of all values do not exceed: the nearest rank, never interpolated."""
    wanted = rank * values.total
    reached = 0
    for cell, weight in values.times:
        reached += weight
        if weight and reached >= wanted:
            return values.value(cell)
    return None


def middle(values: Histogram) -> Fraction | None:
    """The median: of an even number of values the mean of the two in the middle."""
    reached = 0
    lower: Whole | None = None
    for cell, weight in values.times:
        if lower is not None and weight:
            return values.value(Fraction(lower + cell, 2))
        reached += weight
        if weight and 2 * reached > values.total:
            return values.value(cell)
        if weight and 2 * reached == values.total:
            lower = cell
    return None if lower is None else values.value(lower)


def between(values: Histogram, low: Fraction, high: Fraction) -> Fraction:
    """How many values lie between two, both included."""
    lowest, highest = low * values.scale, high * values.scale
    return sum(weight for cell, weight in values.times if lowest <= cell <= highest) / values.fine
