"""Amounts for people who compare them: rounded, and only as far as a value is still told from its level."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PLACES = 2
MOST_PLACES = 9

CLOCK = ((3600, "h"), (60, "min"), (1, "s"))


def short(amount: Fraction, unit: str, beside: Fraction | None = None) -> str:
    """`99.88%`, `37.29 min`; with more decimals where two would make it look like the amount beside it."""
    scale, words = scale_of(unit, amount if beside is None else beside)
    value, other = amount / scale, None if beside is None else beside / scale
    places = next(
        (
            each
            for each in range(PLACES, MOST_PLACES)
            if other is None or value == other or rounded(value, each) != rounded(other, each)
        ),
        MOST_PLACES,
    )
    return f"{shown(rounded(value, places))}{words}"


def scale_of(unit: str, amount: Fraction) -> tuple[Fraction, str]:
    """By what an amount is divided to be told, and the words behind it. Lengths are told in the unit of the level."""
    unit = unit.removeprefix("a ")
    if unit in ("percentage", "ratio"):
        return Fraction(1, 100), "%"
    if unit == "percentage points":
        return Fraction(1, 100), " percentage points"
    if unit in ("clock time", "calendar time", "the time between two moments"):
        size, word = next((size, word) for size, word in CLOCK if not (amount / size).denominator > 1 or size == 1)
        return (Fraction(size), f" {word}") if amount else (Fraction(60), " min")
    if unit == "business time":
        return Fraction(3600), " business hours"
    if unit.startswith("money in "):
        return Fraction(1), f" {unit.removeprefix('money in ')}"
    return Fraction(1), f" {unit}" if unit in ("points", "service days") else ""


def rounded(amount: Fraction, places: int) -> Decimal:
    step = Decimal(1).scaleb(-places)
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(step, ROUND_HALF_EVEN)


def shown(amount: Decimal) -> str:
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
