"""Caps hold to the cent, and take nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.drawn import (
    FLAGSHIP,
    agreed,
    data_of,
)
from tests.evaluation.trying import FEE, ONE_DAY, days_in, evaluated, period_of, quick, thorough
from xladsl.evaluation.instants.zones import day_of
from xladsl.model import nodes

if TYPE_CHECKING:
    from xladsl.evaluation.results import Evaluation
    from xladsl.model.contract import Contract


class Cap(NamedTuple):
    """At most `amount` in each time called `over`: a month or a quarter of the calendar, or so many `months` or `days`
    before the end of a window. An amount is said for the window's number since the term began."""

    over: str
    amount: Callable[[int], Fraction | int]
    number: int = 0

    def shared_with(self, window: tuple[date, date], earlier: tuple[date, date]) -> bool:
        """Whether what was paid for an earlier window, from its first to its last day, has used up some of the cap."""
        after = window[1] + ONE_DAY
        if self.over == "days":
            return earlier[1] >= after - timedelta(days=self.number)
        if self.over == "months":
            return months(earlier[1] + ONE_DAY) > months(after) - self.number
        return months(window[1]) // LENGTHS[self.over] == months(earlier[1]) // LENGTHS[self.over]


LENGTHS = {"month": 1, "quarter": 3}


def months(day: date) -> int:
    return 12 * day.year + day.month - 1


def each_time(over: str, amount: Fraction | int, number: int = 0) -> Cap:
    return Cap(over, lambda _: amount, number)


def of_last_year(share: Fraction) -> Cap:
    """A share of the fees of twelve months, as far as there were any, in any twelve months."""
    return Cap("months", lambda number: share * FEE * min(number, 12), 12)


CAPPED: dict[str, tuple[tuple[str, str], dict[str, list[Cap]], dict[str, Cap]]] = {
    "published/accord-project-sla": (
        ("yearly_cap * fee", "1% * fee"),
        {"service_credit": [each_time("month", FEE / 10), of_last_year(Fraction(1, 100))]},
        {},
    ),
    "published/uk-model-services-contract": (
        ("0.5% of base per", "3% of base per"),
        {"service_credit": [of_last_year(Fraction(1, 10))]},
        {},
    ),
    "published/cloudflare-business-enterprise": (
        ("base * length of", "300 * base * length of"),
        {"business_credit": [each_time("months", FEE, 12)]},
        {},
    ),
    "published/texas-dir-pool": (
        ("at_risk * fee invoice", "4% * fee invoice"),
        {},
        {"at_risk_amount": each_time("month", FEE * 4 / 100)},
    ),
    "published/rackspace-managed": (
        ("", ""),
        {f"{name}_credit": [each_time("month", FEE)] for name in ("network", "infrastructure", "part", "support")},
        {"all_credits": each_time("month", FEE)},
    ),
    "published/earnback-clauses": (
        ("30% of fee", "15% of fee"),
        {},
        {"all_credits": each_time("month", 80_000 * Fraction(15, 100))},
    ),
    FLAGSHIP: (
        ("8% of all fees of the quarter measured each", "EUR 5,000.00 each"),
        {
            "portal_credit": [each_time("month", 3000)],
            "points_credit": [each_time("month", Fraction(58_800 * 8, 100))],
        },
        {"all_credits": each_time("quarter", 5000)},
    ),
}
"""What is changed in the text so that a cap bites, the caps of payments, and those of combinations."""


def without_caps(text: str) -> str:
    return re.sub(r"^ *cap .*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", CAPPED)
@quick
@given(st.data())
def test_caps_hold_to_the_cent_and_take_nothing_else(name: str, draw: st.DataObject) -> None:
    caps_hold(draw, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", CAPPED)
@thorough
@given(st.data())
def test_caps_hold_to_the_cent_over_many_tries(name: str, draw: st.DataObject) -> None:
    caps_hold(draw, name)


def caps_hold(draw: st.DataObject, name: str) -> None:
    capped, free = with_caps_that_bite(name)
    term = capped.agreement.term
    period = (term.start, min(term.end, term.start + timedelta(days=364)))
    if capped.agreement.settling:
        period = period_of(capped)
    data = draw.draw(data_of(capped, period[0], days_in(period), most=20), "data")
    bound, unbound = (by_window(each, evaluated(each, data, period)) for each in (capped, free))
    _, caps, combined = CAPPED[name]
    for payment, own in caps.items():
        assert bound[payment] == under(own, unbound[payment], term.start), payment
    for combination, cap in combined.items():
        block = next(each for each in capped.every(nodes.Combination) if each.name == combination)
        members = [paid for part in block.combines for paid in bound[part.found.name].items()]
        sums = {
            window: sum((paid for (_, last), paid in members if window[0] <= last <= window[1]), Fraction(0))
            for window in bound[combination]
        }
        assert bound[combination] == under([cap], sums, term.start), combination


Windows = dict[tuple[date, date], Fraction]


def with_caps_that_bite(name: str) -> tuple[Contract, Contract]:
    changes = CHANGES.setdefault(name, (biting(name), free_of_caps(name)))
    return agreed(name, changes[0]), agreed(name, changes[1])


CHANGES: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {}


def biting(name: str) -> Callable[[str], str]:
    before, after = CAPPED[name][0]
    return lambda text: text.replace(before, after) if before else text


def free_of_caps(name: str) -> Callable[[str], str]:
    change = biting(name)
    return lambda text: without_caps(change(text))


def by_window(contract: Contract, found: Evaluation) -> dict[str, Windows]:
    """What each payment comes to in each of its windows, by their first and last days; events of a day are added up."""
    zone = contract.agreement.timezone or "UTC"
    sums: dict[str, Windows] = {block.name: {} for block in contract.every(nodes.Consequence)}
    for each in found.payments:
        days = (day_of(each.start, zone), day_of(each.end - 1, zone))
        sums[each.payment][days] = sums[each.payment].get(days, Fraction(0)) + each.amount
    return sums


def under(caps: list[Cap], uncapped: Windows, start: date) -> Windows:
    """The amounts that caps leave, one window after the other."""
    paid: Windows = {}
    for window, amount in sorted(uncapped.items(), key=lambda each: each[0][::-1]):
        for cap in caps:
            used = sum((before for other, before in paid.items() if cap.shared_with(window, other)), Fraction(0))
            amount = min(amount, max(cap.amount(months(window[1]) - months(start) + 1) - used, Fraction(0)))
        paid[window] = amount
    return paid
