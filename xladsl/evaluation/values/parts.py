"""Lengths of time, and numbers that are taken slice by slice or group by group."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes, quantities
from ..figures import written
from ..rows.counting import BUSINESS_DAYS, BUSINESS_TIME, CLOCK
from ..rows.terms import holds, source_of
from . import groups
from .aggregates import Aggregates
from .asking import Unmeasured
from .divisions import Cells, Division, Key
from .found import At, Found, ratio
from .histograms import histogram, middle

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...model.node import Node
    from ..rows.requests import Cell
    from ..scope import Scope

Numbered = list[tuple[Found, int]]
"""What parts came to, each with how many parts came to the same."""


class Parts(Aggregates):
    """What windows, slices and groups come to."""

    # ---------------------------------------------------------------------------------------------------------- time

    def length(self, length: expressions.Length) -> At:
        return self.by_scope(lambda scope: self.length_in(length, scope))

    def length_in(self, length: expressions.Length, scope: Scope) -> Found:
        from ..stretches.intervals import length as lasting

        told = self.counting if self.counting in (BUSINESS_TIME, BUSINESS_DAYS) else CLOCK
        clock = told.clock(self.assessment, scope)
        amount, left_out = lasting(self.assessment, length, scope, clock)
        if amount is None:
            raise Unmeasured(f"there are no data of {length.of.name}")
        self.tell(f"length of {length.of.name}: {written(amount, told.unit)}")
        return Found(amount, left_out=left_out)

    def window_length(self, length: expressions.WindowLength) -> At:
        from ..stretches.intervals import window_length

        return self.by_scope(lambda scope: Found(window_length(self.assessment, length.which, scope)))

    # --------------------------------------------------------------------------------------------------------- parts

    def share_of_time(self, share: expressions.ShareOfTime) -> At:
        """Of all slices, those that pass every test; a slice without a value does not."""
        said: tuple[Any, ...] = (share, *share.also)
        working = self.beside([test.limit for test in said])

        def passes(inner: Parts) -> At:
            tests = [(inner.at(test.measured), test.relation, working.at(test.limit)) for test in said]
            return lambda key: Found(
                Fraction(all(compared(measured(key), relation, limit(key[:-1])) for measured, relation, limit in tests))
            )

        def passing(_key: Key, parts: Numbered) -> Found:
            good = sum(number for part, number in parts if part.amount)
            return ratio(Fraction(good), Fraction(sum(number for _, number in parts)))

        return self.telling("share of all parts", share, working.over_parts(share.slice, passes, passing))

    def over(self, over: expressions.Over) -> At:
        """One number of those of all parts; a part without a value is left out."""

        def combined(_key: Key, parts: Numbered) -> Found:
            valued = [(part.amount, number) for part, number in parts if part.amount is not None]
            rows = sum(part.rows or 0 for part, _ in parts)
            return Found(COMBINED[over.kind](valued) if valued else None, rows=rows)

        at = self.over_parts(over.each_group, lambda inner: inner.at(over.of), combined)
        return self.telling(f"{over.kind} of all parts", over, at)

    def over_parts(self, each: Any, number_of: Callable[[Any], At], combine: Callable[[Key, Numbered], Found]) -> At:
        """A number for each slice or group, and how many parts have it; then one of them all."""
        target = each.found if isinstance(each, quantities.Reference) else None
        if target is not None and not isinstance(target, (nodes.Column, nodes.Question)):
            return self.by_scope(lambda scope: combine((), [(self.of_group(number_of, target, scope), 1)]))
        division = self.division(each)
        inner = self.divided(division)
        at: At = number_of(inner)
        seen = self.parts_seen(inner, division)
        self.keys.update(seen)
        number = 0 if isinstance(division, Cells) else division.number()

        def combined(key: Key) -> Found:
            parts = [(at((*key, part)), 1) for part in seen.get(key, ())]
            if number > len(parts):
                parts.append((at((*key, None)), number - len(parts)))
            return combine(key, parts)

        return combined

    def division(self, each: Any) -> Division:
        if isinstance(each, quantities.Duration):
            return self.slices(each)
        return Cells(((source_of(self.assessment, each.found).name, each.found.name),))

    def parts_seen(self, inner: Any, division: Division) -> dict[Key, list[Cell]]:
        """The slices in which there are rows, or the values of a column, by the key of what surrounds them."""
        if isinstance(division, Cells):
            inner.tallied(self.assessment.contract.names.blocks[division.columns[0][0]][0], [])
        found: dict[Key, list[Cell]] = {}
        for key in inner.keys:
            if key[-1] is not None and (isinstance(division, Cells) or division.counts(key[-1])):
                found.setdefault(key[:-1], []).append(key[-1])
        return found

    def of_group(self, number_of: Callable[[Any], At], block: Node, scope: Scope) -> Found:
        """A number for one site, segment or service."""
        inner = self.like()
        own = groups.group_of(self.assessment, block, scope.window)
        inner.scope = scope._replace(group=groups.together(scope.group, own))
        return number_of(inner)(())


# ----------------------------------------------------------------------------------------------------------- helpers


def compared(measured: Found, relation: str, limit: Found) -> bool:
    """Whether a part passes a test; one without a value does not."""
    return measured.amount is not None and limit.amount is not None and holds(measured.amount, relation, limit.amount)


def average(parts: list[tuple[Fraction, int]]) -> Fraction:
    return added(parts) / sum(number for _, number in parts)


def added(parts: list[tuple[Fraction, int]]) -> Fraction:
    """The sum of many fractions over one denominator: adding them one by one would reduce each time."""
    below = lcm(*{amount.denominator for amount, _ in parts})
    return Fraction(sum(amount.numerator * (below // amount.denominator) * number for amount, number in parts), below)


def median(parts: list[tuple[Fraction, int]]) -> Fraction:
    found = middle(histogram([(amount, number, number) for amount, number in parts]))
    assert found is not None
    return found


COMBINED: dict[str, Callable[[list[tuple[Fraction, int]]], Fraction]] = {
    "mean": average,
    "sum": added,
    "median": median,
    "lowest": lambda parts: min(amount for amount, _ in parts),
    "highest": lambda parts: max(amount for amount, _ in parts),
}
