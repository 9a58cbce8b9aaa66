"""Tables of tiers as intervals with open and closed ends, in exact arithmetic.

A tier is the stretch of the measured value that a row speaks of. Between two there may be a hole, even of a single
value: `at least 99.0%` and `below 99.0%` touch, `above 99.0%` and `below 99.0%` leave out 99.0 % itself.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions, nodes, quantities
from .measures import inherited
from .promises import formula

if TYPE_CHECKING:
    from collections.abc import Iterator


class Interval(NamedTuple):
    """The values from `low` to `high`; None is without end. An end belongs to the interval if it is closed."""

    low: Decimal | None = None
    low_closed: bool = False
    high: Decimal | None = None
    high_closed: bool = False

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def has(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        below = self.high is None or value < self.high or (value == self.high and self.high_closed)
        return above and below

    def common(self, other: Interval) -> Interval:
        """What lies in both."""
        low, low_closed = max(self.lower, other.lower, key=lower_order)
        high, high_closed = min(self.upper, other.upper, key=upper_order)
        return Interval(low, low_closed, high, high_closed)

    def within(self, other: Interval) -> bool:
        """Whether every value of this one is also one of the other."""
        return self.empty or self.common(other) == self

    @property
    def lower(self) -> tuple[Decimal | None, bool]:
        return self.low, self.low_closed and self.low is not None

    @property
    def upper(self) -> tuple[Decimal | None, bool]:
        return self.high, self.high_closed and self.high is not None


EVERYTHING = Interval()
NEGATED = {"at least": "below", "at most": "above", "above": "at most", "below": "at least"}


def lower_order(end: tuple[Decimal | None, bool]) -> tuple[bool, Decimal, bool]:
    """Lower ends in order: the end that lets more in comes first."""
    value, closed = end
    return value is not None, value or Decimal(0), not closed


def upper_order(end: tuple[Decimal | None, bool]) -> tuple[bool, Decimal, bool]:
    """Upper ends in order: the end that lets less in comes first."""
    value, closed = end
    return value is None, value or Decimal(0), closed


def bounded(comparison: str, value: Decimal) -> Interval:
    """The values for which a comparison holds, such as `at least` 99.9."""
    if comparison in ("at least", "above"):
        return Interval(low=value, low_closed=comparison == "at least")
    if comparison in ("at most", "below"):
        return Interval(high=value, high_closed=comparison == "at most")
    return Interval(value, True, value, True)


def holes(intervals: list[Interval]) -> list[Interval]:
    """What lies between the outermost ends of some intervals and in none of them, from low to high."""
    ordered = sorted((each for each in intervals if not each.empty), key=lambda each: lower_order(each.lower))
    found = []
    reach = ordered[0].upper if ordered else (None, False)
    for interval in ordered[1:]:
        value, closed = reach
        if value is not None and interval.low is not None:
            hole = Interval(value, not closed, interval.low, not interval.low_closed)
            found += [] if hole.empty else [hole]
        reach = max(reach, interval.upper, key=upper_order)
    return found


def covered(interval: Interval, others: list[Interval]) -> bool:
    """Whether others together hold every value of an interval."""
    parts = [common for other in others if not (common := interval.common(other)).empty]
    if interval.empty or not parts:
        return interval.empty
    lowest = min((part.lower for part in parts), key=lower_order)
    highest = max((part.upper for part in parts), key=upper_order)
    return (lowest, highest) == (interval.lower, interval.upper) and not holes(parts)


class Tier(NamedTuple):
    """A row of a table: what the value must be, the words that choose among tables, and what follows."""

    row: nodes.TierRow
    interval: Interval
    result: Any

    @property
    def worth(self) -> Decimal | None:
        """How much the row gives, where its result is one amount."""
        return size(self.result)


def tables(payment: nodes.Payment) -> Iterator[list[Tier]]:
    """The tables of a payment that can be judged: one for each choice of words in the rows, rows in their order.

    A table is left out when its bounds cannot be compared as they stand: business hours with clock hours, or an
    amount that changes with time.
    """
    by_words: dict[tuple[str, ...], list[Tier]] = {}
    step = step_of(payment)
    for row in payment.rows:
        keys, result = row.cells[:-1], row.cells[-1]
        bands = [cell for cell in keys if isinstance(cell, nodes.Band) or cell == "otherwise"]
        interval = interval_of(bands[0], step) if len(bands) == 1 else None
        if interval is None:
            return
        words = tuple(repr(cell) for cell in keys if cell is not bands[0])
        by_words.setdefault(words, []).append(Tier(row, interval, result))
    if len({scale(bound.amount) for bound in bounds_of(payment)}) <= 1:
        yield from by_words.values()


def reaching_furthest(tiers: list[Tier], *, downwards: bool) -> Tier:
    """The row that reaches furthest down, or furthest up."""
    if downwards:
        return min(tiers, key=lambda tier: lower_order(tier.interval.lower))
    return max(tiers, key=lambda tier: upper_order(tier.interval.upper))


def has_otherwise(tiers: list[Tier]) -> bool:
    """Whether a row takes all that no other row fits."""
    return any("otherwise" in [cell for cell in tier.row.cells[:-1] if isinstance(cell, str)] for tier in tiers)


def bounds_of(payment: nodes.Payment, column: int | None = None) -> list[nodes.Bound]:
    """The bounds in the rows of a table, of one column or of all."""
    cells = [cell for row in payment.rows for number, cell in enumerate(row.cells) if column in (None, number)]
    bands = [cell for cell in cells if isinstance(cell, nodes.Band)]
    return [bound for band in bands for bound in band.bounds]


def step_of(payment: nodes.Payment) -> Decimal | None:
    """What the values in the table of a payment are whole multiples of: what they are rounded to before they are looked
    up, or 1 where they are counts; None if they are neither."""
    steps = {step_of_value(named.target) for named in payment.for_whom if isinstance(named.target, nodes.Promise)}
    return steps.pop() if len(steps) == 1 else None


def step_of_value(promise: nodes.Promise) -> Decimal | None:
    rounding = inherited(promise, "rounded")
    if rounding is not None:
        return size(rounding.to)
    return Decimal(1) if is_whole(formula(promise)) else None


def is_whole(value: Any) -> bool:
    """Whether a value can only be a whole number, because rows or stretches are counted."""
    if isinstance(value, expressions.SumOf):
        return all(map(is_whole, [value.first, *(addend.operand for addend in value.addends)]))
    if isinstance(value, quantities.Number):
        return value.amount == value.amount.to_integral_value()
    return isinstance(value, expressions.Count)


def in_steps(interval: Interval, step: Decimal) -> Interval:
    """The same interval of values that are whole steps: `at most 98.9%` in tenths is `below 99.0%`."""
    (low, low_closed), (high, high_closed) = interval.lower, interval.upper
    first = low if low is None else (low / step).to_integral_value(ROUND_CEILING) * step
    following = high if high is None else (high / step).to_integral_value(ROUND_CEILING) * step
    if first is not None and first == low and not low_closed:
        first += step
    if following is not None and following == high and high_closed:
        following += step
    return Interval(first, True, following, False)


def interval_of(cell: nodes.Cell, step: Decimal | None = None) -> Interval | None:
    """The interval of a band; None if an end of it cannot be told."""
    interval = EVERYTHING
    if isinstance(cell, nodes.Band):
        for bound in cell.bounds:
            value = size(bound.amount)
            if value is None:
                return None
            interval = interval.common(bounded(bound.comparison, value))
    return interval if step is None else in_steps(interval, step)


def size(amount: Any) -> Decimal | None:
    """An amount as a number that can be compared with others of its unit; durations of the clock in seconds."""
    amount = settled(amount)
    if isinstance(amount, quantities.Duration):
        return amount.amount * quantities.CLOCK_SECONDS.get(amount.unit, Decimal(1))
    return amount.amount if isinstance(amount, (quantities.Quantity, quantities.Money)) else None


def scale(amount: Any) -> str:
    """Amounts of one scale can be put in order: `min` and `h` are one scale, `business days` another."""
    amount = settled(amount)
    if isinstance(amount, quantities.Duration):
        return "clock" if amount.unit in quantities.CLOCK_SECONDS else amount.unit
    return type(amount).__name__


def settled(amount: Any) -> Any:
    """The amount a name stands for, if it is a parameter that never changes."""
    target = getattr(amount, "target", None)
    if isinstance(amount, nodes.NamedAmount):
        target = amount.parameter.target
    if isinstance(target, nodes.Parameter) and len(target.value) == 1:
        return target.value[0].amount
    return amount
