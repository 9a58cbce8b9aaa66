"""How often each value was given, and the values that have a place in their order."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Histogram(NamedTuple):
    """Values in ascending order, each with its weight; the sum of all weights; how many rows there are."""

    times: tuple[tuple[Fraction, Fraction], ...]
    total: Fraction
    rows: int


def histogram(values: Iterable[tuple[Fraction, Fraction, int]]) -> Histogram:
    """From values, their weights and how many rows have them, in any order and several times each."""
    weights: dict[Fraction, Fraction] = {}
    rows = 0
    for value, weight, number in values:
        weights[value] = weights.get(value, Fraction(0)) + weight
        rows += number
    return Histogram(tuple(sorted(weights.items())), sum(weights.values(), Fraction(0)), rows)


def ranked(values: Histogram, rank: Fraction) -> Fraction | None:
    """The smallest value that at least this share of all values do not exceed: the nearest rank, never interpolated."""
    wanted = rank * values.total
    reached = Fraction(0)
    for value, weight in values.times:
        reached += weight
        if weight and reached >= wanted:
            return value
    return None


def middle(values: Histogram) -> Fraction | None:
    """The median: of an even number of values the mean of the two in the middle."""
    half = values.total / 2
    reached = Fraction(0)
    lower: Fraction | None = None
    for value, weight in values.times:
        if lower is not None and weight:
            return (lower + value) / 2
        reached += weight
        if weight and reached > half:
            return value
        if weight and reached == half:
            lower = value
    return lower


def net(values: Histogram, answers: tuple[Fraction, Fraction]) -> Fraction:
    """How many values lie between two, both included."""
    low, high = answers
    return sum((weight for value, weight in values.times if low <= value <= high), Fraction(0))
