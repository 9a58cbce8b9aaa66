"""Intervals, checked against membership value by value, and the tables that are made of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladsl.model.tiers import EVERYTHING, NEGATED, Interval, bounded, covered, holes

# Between any two ends there is a value of its own, so that membership of all values is membership of these.
ENDS = [Decimal(number) for number in range(0, 12, 2)]
VALUES = [Decimal(number) for number in range(-1, 13)]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(st.sampled_from([None, *ENDS])), draw(st.sampled_from([None, *ENDS]))
    return Interval(low, low is not None and draw(st.booleans()), high, high is not None and draw(st.booleans()))


def members(interval: Interval) -> set[Decimal]:
    return {value for value in VALUES if interval.has(value)}


@given(intervals())
def test_an_interval_is_empty_if_it_has_no_member(interval: Interval) -> None:
    assert interval.empty == (not members(interval))


@given(intervals(), intervals())
def test_what_is_common_lies_in_both(one: Interval, other: Interval) -> None:
    assert members(one.common(other)) == members(one) & members(other)


@given(intervals(), intervals())
def test_an_interval_within_another_has_no_member_of_its_own(one: Interval, other: Interval) -> None:
    assert one.within(other) == (members(one) <= members(other))


@given(intervals(), st.lists(intervals(), max_size=5))
def test_an_interval_is_covered_if_every_member_is(interval: Interval, others: list[Interval]) -> None:
    assert covered(interval, others) == (members(interval) <= set().union(*map(members, others)))


@given(st.lists(intervals(), max_size=6))
def test_holes_are_what_lies_between_and_in_none(tiers: list[Interval]) -> None:
    inside = set().union(*map(members, tiers))
    between = {value for value in VALUES if inside and min(inside) < value < max(inside)} - inside
    found = [members(hole) for hole in holes(tiers)]
    assert set().union(*found) == between
    assert sum(map(len, found)) == len(between), "no two holes share a value"


@given(st.sampled_from(sorted(NEGATED)), st.sampled_from(ENDS))
def test_a_comparison_and_its_opposite_part_all_values(comparison: str, value: Decimal) -> None:
    kept, broken = bounded(comparison, value), bounded(NEGATED[comparison], value)
    assert members(kept) | members(broken) == set(VALUES)
    assert not members(kept) & members(broken)


def test_tiers_that_meet_in_one_number_leave_no_hole() -> None:
    assert holes([bounded("at least", Decimal("99.0")), bounded("below", Decimal("99.0"))]) == []


def test_a_single_value_may_be_the_hole() -> None:
    (hole,) = holes([bounded("above", Decimal("99.0")), bounded("below", Decimal("99.0"))])
    assert hole == Interval(Decimal("99.0"), True, Decimal("99.0"), True)


@pytest.mark.parametrize("value", ["99", "99.0", "99.00"])
def test_the_digits_of_a_bound_do_not_matter(value: str) -> None:
    assert holes([bounded("at least", Decimal(value)), bounded("below", Decimal("99.0"))]) == []


def test_everything_has_no_hole_and_covers_all() -> None:
    assert holes([EVERYTHING]) == []
    assert covered(EVERYTHING, [bounded("at most", Decimal(5)), bounded("above", Decimal(5))])
