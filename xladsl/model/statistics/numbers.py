"""The numbers that go in: exact ones decide, any other only estimates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction
"""A number as it stands in an agreement: a count, a level, a length of time."""

Number = float | Decimal | Fraction
"""A number that an estimate starts from; mostly itself an estimate or an assumption."""


def share(value: Number, name: str) -> float:
    """A share of a whole, from 0 to 1, as a float."""
    require(0 <= value <= 1, f"{name} is a share from 0 to 1, not {value}")
    return float(value)


def exact_share(value: Exact, name: str) -> Fraction:
    """A share of a whole, from 0 to 1, exactly."""
    require(0 <= value <= 1, f"{name} is a share from 0 to 1, not {value}")
    return Fraction(value)


def certainty(value: Number, name: str) -> float:
    """How sure one wants to be: strictly between 0 and 1, for full certainty takes endless answers."""
    require(0 < float(value) < 1, f"{name} lies between 0 and 1, not {value}")
    return float(value)


def not_negative(value: Number, name: str) -> Fraction:
    """A number that is at least 0. As a fraction it can neither overflow nor vanish when it is squared."""
    require(0 <= value < float("inf"), f"{name} is a number that is at least 0, not {value}")
    return Fraction(value)


def positive(value: Number, name: str) -> Fraction:
    """A number above 0."""
    require(value != 0, f"{name} is above 0")
    return not_negative(value, name)


def require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(otherwise)
