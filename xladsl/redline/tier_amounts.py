"""What a table of tiers gives before and after, for each stretch of the measured value in which that differs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import nodes
from ..model.tiers import Interval, bounds_of, size, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.tiers import Tier


class Stretch(NamedTuple):
    """A stretch of the measured value, and the cells that say what it gives before and after; None for nothing."""

    band: nodes.Band
    before: Any
    after: Any


def stretches(one: nodes.Payment, other: nodes.Payment) -> list[Stretch] | None:
    """The stretches in which two tables give something else, from the lowest; None where they cannot be laid over
    each other."""
    before, after = list(tables(one)), list(tables(other))
    if len(before) != 1 or len(after) != 1:
        return None
    amounts = {size(bound.amount): bound.amount for payment in (one, other) for bound in bounds_of(payment)}
    found: list[tuple[Interval, Any, Any]] = []
    for piece, value in pieces(sorted(ends(before[0]) | ends(after[0]))):
        was, now = (given(table[0], value) for table in (before, after))
        if found and found[-1][1:] == (was, now):
            last = found[-1][0]
            piece = Interval(last.low, last.low_closed, piece.high, piece.high_closed)
            found[-1] = (piece, was, now)
        else:
            found.append((piece, was, now))
    told = [(band(piece, amounts), was, now) for piece, was, now in found if was != now]
    known = [Stretch(where, was, now) for where, was, now in told if where is not None]
    return known if len(known) == len(told) else None


def ends(table: list[Tier]) -> set[Decimal]:
    return {end for tier in table for end in (tier.interval.low, tier.interval.high) if end is not None}


def pieces(points: list[Decimal]) -> Iterator[tuple[Interval, Decimal]]:
    """The points at which tables begin another row and the stretches between them, each with a value in it."""
    if not points:
        return
    yield Interval(high=points[0]), points[0] - 1
    for low, high in pairwise(points):
        yield Interval(low, True, low, True), low
        yield Interval(low, False, high, False), (low + high) / 2
    yield Interval(points[-1], True, points[-1], True), points[-1]
    yield Interval(low=points[-1]), points[-1] + 1


def given(table: list[Tier], value: Decimal) -> Any:
    """What the row gives that a value fits."""
    return next((tier.result for tier in table if tier.interval.has(value)), None)


def band(piece: Interval, amounts: dict[Decimal | None, Any]) -> nodes.Band | None:
    """A stretch as an agreement would write it; None where an end of it stands in neither table."""
    low = "at least" if piece.low_closed else "above"
    high = "at most" if piece.high_closed else "below"
    if piece.low is not None and piece.low == piece.high:
        low, piece = "exactly", piece._replace(high=None)
    said = [(low, piece.low), (high, piece.high)]
    if any(end is not None and end not in amounts for _, end in said):
        return None
    return nodes.Band(
        bounds=[nodes.Bound(comparison=words, amount=amounts[end]) for words, end in said if end is not None]
    )
