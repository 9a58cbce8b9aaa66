"""What a formula comes to on the way to a value, and how two such things are added, multiplied and divided."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from ..results import LeftOut, Spread
from .divisions import Key


class Found(NamedTuple):
    """An amount in its canonical unit, None where there is none.

    `above` and `below` are numerator and denominator of a ratio, `rows` how many rows it rests on (None for an amount
    that counts none), `spread` what an interval is worked out from.
    """

    amount: Fraction | None
    above: Fraction | None = None
    below: Fraction | None = None
    rows: int | None = None
    spread: Spread | None = None
    left_out: tuple[LeftOut, ...] = ()


At = Callable[[Key], Found]


def constant(amount: Fraction | None) -> At:
    found = Found(amount)
    return lambda _key: found


def ratio(above: Fraction, below: Fraction, rows: int | None = None, spread: Spread | None = None) -> Found:
    """A quotient; no amount if it divides by nothing."""
    return Found(above / below if below else None, above, below, rows, spread if below else None)


def total(signs: list[int], parts: list[Found]) -> Found:
    """Amounts added and subtracted. What a number and a ratio make is still that ratio: `100% - a / b` is `(b - a) /
    b`."""
    if any(part.amount is None for part in parts):
        return joined(None, parts)
    amount = sum((sign * (part.amount or Fraction(0)) for sign, part in zip(signs, parts, strict=True)), Fraction(0))
    measured = [(sign, part) for sign, part in zip(signs, parts, strict=True) if is_measured(part)]
    if len(measured) != 1:
        return joined(amount, parts)
    [(sign, only)] = measured
    if only.below is None or only.above is None or not only.below:
        return joined(amount, parts)
    rest = amount - sign * (only.amount or Fraction(0))
    above = rest * only.below + sign * only.above
    turned = only.spread if sign > 0 and not rest else opposite(only.spread) if sign < 0 and rest == 1 else None
    return Found(amount, above, only.below, only.rows, turned, only.left_out)


def quotient(operators: list[str], parts: list[Found]) -> Found:
    """Amounts multiplied and divided, from left to right; a division by nothing has no amount."""
    amount: Fraction | None = parts[0].amount
    for operator, part in zip(operators, parts[1:], strict=True):
        if amount is None or part.amount is None or (operator == "/" and not part.amount):
            return joined(None, parts)
        amount = amount / part.amount if operator == "/" else amount * part.amount
    found = joined(amount, parts)
    measured = [part for part in parts if is_measured(part)]
    if len(measured) == 1 and measured[0].spread is not None and amount is not None:
        own = measured[0].amount
        return found._replace(spread=multiplied(measured[0].spread, amount / own) if own else None)
    if operators == ["/"] and parts[0].below is None and parts[1].below is None:
        return found._replace(above=parts[0].amount, below=parts[1].amount)
    return found


def scaled(found: Found, factor: Fraction | None) -> Found:
    """A part of an amount."""
    if found.amount is None or factor is None:
        return found._replace(amount=None, above=None, below=None, spread=None)
    return Found(found.amount * factor, rows=found.rows, left_out=found.left_out)


def joined(amount: Fraction | None, parts: list[Found]) -> Found:
    """What several parts rest on together: as many rows as the one that has fewest."""
    if len(parts) == 1:
        return parts[0]
    counted = [part.rows for part in parts if part.rows is not None]
    reasons = tuple(dict.fromkeys(reason for part in parts for reason in part.left_out))
    return Found(amount, rows=min(counted, default=None), left_out=reasons)


def is_measured(part: Found) -> bool:
    return part.rows is not None or part.below is not None or bool(part.left_out)


def opposite(spread: Spread | None) -> Spread | None:
    """Of those who did, those who did not."""
    if spread is None or spread.kind != "share":
        return None
    return Spread("share", spread.answers, (spread.answers - spread.figures[0],))


def multiplied(spread: Spread, factor: Fraction) -> Spread | None:
    """A mean so many times over."""
    if spread.kind != "mean":
        return spread if factor == 1 else None
    summed, squares = spread.figures
    return Spread("mean", spread.answers, (summed * factor, squares * factor * factor))
