"""Terms with their scales: by how much the cell of a term is larger than the value that it stands for.

A sum takes all its parts to one scale, and a comparison has all constants on one side, so that an engine adds and
compares whole numbers and knows no unit.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm
from typing import TYPE_CHECKING, NamedTuple

from ...model import units
from .requests import MILLION, Compared, Constant, Empty, First, Not, Product, Some, Sum

if TYPE_CHECKING:
    from .requests import Term, Test

NEVER = Some(())
NOTHING = First(())
"""A term that is empty in each row."""


class Scaled(NamedTuple):
    """A term, by how much its cells are larger than the value in its canonical unit, and that unit."""

    term: Term
    scale: Fraction
    unit: str

    def value(self, cell: int) -> Fraction:
        return cell / self.scale


def number(scaled: Scaled) -> Scaled:
    """What can be added and compared: words cannot."""
    return Scaled(NOTHING, Fraction(1), units.UNKNOWN) if scaled.unit == units.TEXT else scaled


def moment(instant: int) -> Scaled:
    return Scaled(Constant(instant), Fraction(MILLION), units.MOMENT)


def fixed_amount(amount: Fraction, unit: str) -> Scaled:
    return Scaled(Constant(amount.numerator), Fraction(amount.denominator), unit)


def parted(leaves: list[tuple[int, Scaled]]) -> tuple[list[tuple[int, Scaled]], Fraction]:
    """What differs from row to row, and the sum of all the rest."""
    varying = [(sign, each) for sign, each in leaves if not isinstance(each.term, Constant)]
    fixed = [sign * Fraction(each.term.value) / each.scale for sign, each in leaves if isinstance(each.term, Constant)]
    return varying, sum(fixed, Fraction(0))


def added(leaves: list[tuple[int, Scaled]]) -> tuple[Term, Fraction]:
    """The sum of some terms, and its scale."""
    scale = common([each.scale for _, each in leaves])
    plus = tuple(times(each.term, scale / each.scale) for sign, each in leaves if sign > 0)
    minus = tuple(times(each.term, scale / each.scale) for sign, each in leaves if sign < 0)
    return (plus[0] if len(plus) == 1 and not minus else Sum(plus, minus)), scale


def common(scales: list[Fraction]) -> Fraction:
    """The smallest scale that each of some scales divides."""
    return Fraction(lcm(*(scale.numerator for scale in scales)), reduce(gcd, (scale.denominator for scale in scales)))


def times(term: Term, factor: Fraction) -> Term:
    """A term so many times over; the factor is a whole number."""
    if factor == 1:
        return term
    if isinstance(term, Constant) and isinstance(term.value, int):
        return Constant(term.value * factor.numerator)
    return Product((term, Constant(factor.numerator)))


def bounded(term: Term, relation: str, limit: Fraction) -> Test:
    """A term against a number that may lie between two whole ones."""
    if limit.denominator == 1:
        return Compared(term, relation, Constant(limit.numerator))
    if relation in ("<", ">="):
        return Compared(term, relation, Constant(ceil(limit)))
    if relation in (">", "<="):
        return Compared(term, relation, Constant(floor(limit)))
    return NEVER if relation == "=" else Not(Empty(term))
