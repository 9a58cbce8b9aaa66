"""The most that credits can cost in a month, beside the fees of a month, where every amount is known in money."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions, nodes
from .deadlines import MONTHS_OF_WINDOW, unit_of_window
from .feasibility import written_out
from .fees import amount_on, taken_away
from .quantities import Duration, Money, Percent
from .tiers import settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .contract import Contract

MONTHS_OF_PERIOD = {"of the quarter measured": 3, "of the last 12 months": 12}
MONTHS_OF_UNIT = {"months": 1, "quarters": 3, "years": 12}
NOTHING = Fraction(0)


class Basis(NamedTuple):
    """What amounts rest on where the agreement alone leaves them open.

    `day` is the day whose amounts are taken, None for the first ones. `supposed` says by the names of fees how many
    units are charged in a window of a fee with a price for each, and what is charged in one of a fee that is as
    invoiced; `otherwise` is that number for the fees it does not name, None where they are not known.
    """

    day: date | None = None
    supposed: Mapping[str, Fraction] = {}
    otherwise: Fraction | None = None


AGREED = Basis()


class Amount(NamedTuple):
    """What a formula of money is worth, and whether it is a share of something yet to be named."""

    value: Fraction
    money: bool


# Fees


def fees_each_month(contract: Contract, basis: Basis = AGREED, without: str | None = None) -> Fraction | None:
    """All recurring fees of a month and the choices that were taken; None where one of them is not a known amount."""
    fees = [fee for service in contract.every(nodes.Service) if holds(service, basis) for fee in service.fees]
    amounts = [fee_each_month(fee, basis) for fee in recurring(fees, without)]
    return sum_known([*amounts, *(price_each_month(choice) for choice in chosen(contract, basis))])


def recurring(fees: list[nodes.Fee], without: str | None = None) -> list[nodes.Fee]:
    gone = taken_away(fees, without) if without else []
    return [fee for fee in fees if not fee.once and fee not in gone]


def sum_known(amounts: list[Fraction | None]) -> Fraction | None:
    """The sum of some amounts; None where there is none, or one of them is not known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NOTHING) if known and len(known) == len(amounts) else None


def fee_each_month(fee: nodes.Fee, basis: Basis = AGREED) -> Fraction | None:
    """What a fee comes to in a month, where it is the same in every month."""
    months, amount = months_of(fee.each), amount_each_window(fee, basis)
    return amount / months if months is not None and amount is not None else None


def amount_each_window(fee: nodes.Fee, basis: Basis = AGREED) -> Fraction | None:
    """What a fee comes to each time it is due."""
    if is_fixed(fee):
        return rate(fee, basis)
    supposed = basis.supposed.get(fee.name, basis.otherwise)
    if supposed is None or fee.as_invoiced:
        return supposed
    return rate(fee, basis) * supposed if fee.amounts else None


def is_fixed(fee: nodes.Fee) -> bool:
    """Whether the agreement alone says what a fee comes to each time it is due."""
    return bool(fee.amounts) and not fee.as_invoiced and fee.unit_price is None


def rate(fee: nodes.Fee, basis: Basis = AGREED) -> Fraction:
    """The amount of a fee, or the price of a unit of it, on the day of the basis."""
    return Fraction(fee.amounts[0].amount.amount) if basis.day is None else amount_on(fee, basis.day)


def chosen(contract: Contract, basis: Basis = AGREED) -> list[nodes.Choice]:
    """The choices that were taken, with a price of their own."""
    choices = [choice for option in contract.every(nodes.Option) if holds(option, basis) for choice in option.choices]
    return [choice for choice in choices if choice.price is not None and taken(choice, basis)]


def holds(block: nodes.Service | nodes.Option, basis: Basis) -> bool:
    """Whether a block holds on the day of a basis: it has begun, and depends on no choice or on one that was taken."""
    begins = block.starts if isinstance(block, nodes.Service) else None
    if begins is not None and basis.day is not None and begins > basis.day:
        return False
    return block.only_when is None or taken(block.only_when.choice.found, basis)


def taken(choice: nodes.Choice, basis: Basis) -> bool:
    begins = choice.chosen_from or (date.min if choice.chosen else None)
    return begins is not None and begins <= (basis.day or date.max)


def price_each_month(choice: nodes.Choice) -> Fraction | None:
    price = choice.price
    months = months_of(price.each) if price is not None else None
    return Fraction(price.amount.amount) / months if price is not None and months is not None else None


def months_of(window: Any) -> int | None:
    """How many months a window has; None for one that is not a number of them."""
    if isinstance(window, nodes.RollingWindow) and isinstance(window.length, Duration):
        months = window.length.amount * MONTHS_OF_UNIT.get(window.length.unit, 0)
        return int(months) if months and months == int(months) else None
    return MONTHS_OF_WINDOW.get(unit_of_window(window))


# Credits


def at_risk_each_month(contract: Contract, basis: Basis = AGREED) -> Fraction | None:
    """The most that all credits can cost in a month, by their caps and those of their combinations."""
    credits_at_risk = {id(credit): most_of(contract, credit, basis) for credit in contract.every(nodes.Credit)}
    if not credits_at_risk or any(amount is None for amount in credits_at_risk.values()):
        return capped_together(contract, basis)
    total = sum((amount for amount in credits_at_risk.values() if amount is not None), NOTHING)
    together = capped_together(contract, basis)
    return total if together is None else min(total, together)


def capped_together(contract: Contract, basis: Basis = AGREED) -> Fraction | None:
    """The cap of a combination that names every credit."""
    every = {id(credit) for credit in contract.every(nodes.Credit)}
    for combination in contract.every(nodes.Combination):
        if every and every <= {id(named.found) for named in combination.combines}:
            caps = [cap_each_month(contract, cap, None, basis) for cap in combination.cap]
            known = [cap for cap in caps if cap is not None]
            if known:
                return min(known)
    return None


def most_of(contract: Contract, payment: nodes.Payment, basis: Basis = AGREED) -> Fraction | None:
    """The most that a credit or a bonus can come to in a month by its own caps."""
    caps = [cap_each_month(contract, cap, payment, basis) for cap in payment.cap]
    known = [cap for cap in caps if cap is not None]
    return min(known) if known else None


def cap_each_month(
    contract: Contract, cap: nodes.CapRule, payment: nodes.Payment | None, basis: Basis = AGREED
) -> Fraction | None:
    months = months_of(cap.each)
    amount = worth(contract, cap.amount, payment, basis)
    if months is None or amount is None or not amount.money:
        return None
    return amount.value / months


def worth(contract: Contract, formula: Any, payment: nodes.Payment | None, basis: Basis = AGREED) -> Amount | None:
    """What a cap or a base is worth in money of its own period; None where that cannot be told."""
    value = settled(written_out(formula))
    if isinstance(value, Percent):
        return Amount(Fraction(value.amount) / 100, money=False)
    if isinstance(value, Money):
        return Amount(Fraction(value.amount), money=True)
    if isinstance(value, expressions.AllFees | expressions.FeesOf | expressions.FeeAmount):
        return of_fees(contract, value, basis)
    if isinstance(value, expressions.Portion):
        return times(worth(contract, value.share, payment, basis), worth(contract, value.of, payment, basis))
    if isinstance(value, expressions.ProductOf):
        return product_of(contract, value, payment, basis)
    if isinstance(value, expressions.GivenValue) and value.what == "base" and payment is not None:
        base = payment.base
        return of_fees(contract, base.amount, basis, base.base_excludes) if base is not None else None
    return None


def of_fees(contract: Contract, formula: Any, basis: Basis, without: str | None = None) -> Amount | None:
    """What fees come to in the period that a formula names; `without` are a base's words for what it leaves out."""
    if not isinstance(formula, expressions.AllFees | expressions.FeesOf | expressions.FeeAmount):
        return worth(contract, formula, None, basis)
    monthly = monthly_fees(contract, formula, basis, without)
    months = MONTHS_OF_PERIOD.get(formula.fee_period or "", 1)
    return Amount(monthly * months, money=True) if monthly is not None else None


def product_of(
    contract: Contract, formula: expressions.ProductOf, payment: nodes.Payment | None, basis: Basis
) -> Amount | None:
    result = worth(contract, formula.first, payment, basis)
    for factor in formula.factors:
        operand = worth(contract, factor.operand, payment, basis)
        result = times(result, operand) if factor.operator != "/" else None
    return result


def times(one: Amount | None, other: Amount | None) -> Amount | None:
    if one is None or other is None or (one.money and other.money):
        return None
    return Amount(one.value * other.value, one.money or other.money)


def monthly_fees(
    contract: Contract,
    value: expressions.AllFees | expressions.FeesOf | expressions.FeeAmount,
    basis: Basis = AGREED,
    without: str | None = None,
) -> Fraction | None:
    """The recurring fees that a formula speaks of, of a month, less those that the words of a base leave out."""
    if isinstance(value, expressions.FeeAmount):
        return fee_each_month(value.fee.found, basis)
    if isinstance(value, expressions.AllFees):
        return fees_each_month(contract, basis, without)
    return sum_known([fee_each_month(fee, basis) for fee in recurring(value.service.found.fees, without)])


def last_cap(contract: Contract) -> nodes.CapRule | None:
    """The cap that is applied last: that of a combination, or else of the last credit that has one."""
    combined = [cap for combination in contract.every(nodes.Combination) for cap in combination.cap]
    own = [cap for credit in contract.every(nodes.Credit) for cap in credit.cap]
    return [*own, *combined][-1] if own or combined else None
