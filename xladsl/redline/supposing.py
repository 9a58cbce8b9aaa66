"""What the examples of an agreement suppose of the fees that it does not fix: units that are charged, or invoices.

An agreement with a price for a unit fixes no sum, and its own examples often say one: all fees of a quarter, the
invoice of a month, a number of units. That is the basis on which its parties reckoned when they wrote it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import expressions, nodes, quantities
from ..model.exposure import (
    MONTHS_OF_PERIOD,
    NOTHING,
    Basis,
    fee_each_month,
    fees_each_month,
    is_fixed,
    months_of,
    rate,
    recurring,
    sum_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..model.contract import Contract


class Supposed(NamedTuple):
    """How many units of a fee an example supposes in each window of the fee; of one that is as invoiced, the amount."""

    fee: nodes.Fee
    amount: Fraction
    example: nodes.Example


def supposed(contract: Contract) -> dict[str, Supposed]:
    """What the first example that speaks of it supposes of each recurring fee without a fixed amount."""
    found: dict[str, Supposed] = {}
    for fee in open_fees(contract):
        for example, fact in facts(contract):
            amount = told(contract, fee, fact)
            if amount is not None and amount >= 0 and (fee.as_invoiced or amount.denominator == 1):
                found.setdefault(fee.name, Supposed(fee, amount, example))
    return found


def open_fees(contract: Contract) -> list[nodes.Fee]:
    """The recurring fees of which the agreement alone does not say what they come to."""
    return [fee for service in contract.every(nodes.Service) for fee in recurring(service.fees) if not is_fixed(fee)]


def facts(contract: Contract) -> Iterator[tuple[nodes.Example, nodes.Fact]]:
    for example in contract.every(nodes.Example):
        yield from ((example, fact) for fact in example.given if isinstance(fact, nodes.Fact))


def told(contract: Contract, fee: nodes.Fee, fact: nodes.Fact) -> Fraction | None:
    """What a fact says of a fee in one of its windows: as units where it has a price for each."""
    subject: Any = fact.subject
    if isinstance(fact.value, quantities.Quantity) and fee.unit_price is not None:
        counted = isinstance(subject, quantities.Reference) and subject.target is fee.unit_price.counted_by.target
        return Fraction(fact.value.amount) if counted else None
    if not isinstance(fact.value, quantities.Money):
        return None
    day = day_of(contract, fact)
    amount = Fraction(fact.value.amount)
    if isinstance(subject, nodes.FeeFact):
        return in_units(fee, amount, day) if subject.fee.target is fee else None
    if not isinstance(subject, expressions.AllFees | expressions.FeesOf):
        return None
    rest = beside_fixed(contract, subject, fee, day)
    months = months_of(fee.each)
    if rest is None or months is None:
        return None
    monthly = amount / MONTHS_OF_PERIOD.get(subject.fee_period or "", 1) - rest
    return in_units(fee, monthly * months, day)


def beside_fixed(
    contract: Contract, subject: expressions.AllFees | expressions.FeesOf, fee: nodes.Fee, day: date
) -> Fraction | None:
    """The other fees of a month that a sum takes in; None where the fee is not in it, or not the only one not fixed."""
    services = [subject.service.found] if isinstance(subject, expressions.FeesOf) else contract.every(nodes.Service)
    lines = [line for service in services for line in recurring(service.fees)]
    if [line for line in lines if not is_fixed(line)] != [fee]:
        return None
    alone = Basis(day, otherwise=NOTHING)
    if isinstance(subject, expressions.AllFees):
        return fees_each_month(contract, alone)
    return sum_known([fee_each_month(line, alone) for line in lines])


def in_units(fee: nodes.Fee, amount: Fraction, day: date) -> Fraction | None:
    if fee.as_invoiced:
        return amount
    price = rate(fee, Basis(day)) if fee.amounts else NOTHING
    return amount / price if price else None


def day_of(contract: Contract, fact: nodes.Fact) -> date:
    """The first day of the window that a fact names, or of the term where it names none."""
    from ..evaluation.instants.windows import period_of
    from ..evaluation.instants.zones import day_of as day_in

    period = period_of(fact.fact_window, "UTC") if fact.fact_window is not None else None
    return day_in(period.start, "UTC") if period is not None else contract.agreement.term.start
