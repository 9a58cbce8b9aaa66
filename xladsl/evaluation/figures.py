"""Amounts as people read them: with their unit, as many decimals as they have, and a sign where some were cut off."""

from __future__ import annotations

from fractions import Fraction

PLACES = 4
"""Decimals after which an amount is cut, unless it ends before."""

CLOCK = ((3600, "h"), (60, "min"), (1, "s"))
BUSINESS = ((3600, "business hours"), (60, "business minutes"))


def written(amount: Fraction, unit: str) -> str:
    """`99.7916…%`, `EUR 500.00`, `90 min`, `3 points`; the unit is one of `model.units`."""
    unit = unit.removeprefix("a ")
    if unit in ("percentage", "ratio"):
        return f"{number(amount * 100)}%"
    if unit == "percentage points":
        return f"{number(amount * 100)} percentage points"
    if unit.startswith("money"):
        return money(amount, unit.removeprefix("money").removeprefix(" in "))
    if unit in ("points", "service days", "business days"):
        return f"{number(amount)} {unit if amount != 1 else unit.removesuffix('s')}"
    if unit in ("clock time", "calendar time", "the time between two moments"):
        return length(amount)
    return business(amount) if unit == "business time" else number(amount)


def number(amount: Fraction, least: int = 0) -> str:
    """`1,200`, `99.95`, `0.3333…`: at least so many decimals, and no more than are needed or than `PLACES`."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    places = next((each for each in range(least, PLACES + 1) if (amount * 10**each).denominator == 1), None)
    shown = PLACES if places is None else places
    digits = str(int(amount * 10**shown)).rjust(shown + 1, "0")
    whole, decimals = (digits[:-shown], digits[-shown:]) if shown else (digits, "")
    return f"{sign}{int(whole):,}{'.' if decimals else ''}{decimals}{'…' if places is None else ''}"


def money(amount: Fraction, currency: str) -> str:
    return f"{currency} {number(amount, least=2)}".strip()


def length(seconds: Fraction) -> str:
    """In the largest unit of the clock of which it is a whole number, or else in seconds."""
    if 0 < abs(seconds) < 1:
        return f"{number(seconds * 1000)} ms"
    for size, unit in CLOCK:
        if seconds and (seconds / size).denominator == 1:
            return f"{number(seconds / size)} {unit}"
    return f"{number(seconds)} s"


def business(seconds: Fraction) -> str:
    for size, unit in BUSINESS:
        if (seconds / size).denominator == 1:
            return f"{number(seconds / size)} {unit}"
    return f"{number(seconds / 60)} business minutes"
