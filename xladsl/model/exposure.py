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
ADDED = "add up"


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
    day = basis.day or contract.agreement.term.start
    services = [service for service in contract.every(nodes.Service) if holds(service, day)]
    begun = [service for service in services if basis.day is None or (service.starts or day) <= day]
    fees = [fee for service in begun for fee in service.fees]
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
    """The choices in force on the day of a basis, or when the term begins, that have a price of their own."""
    day = basis.day or contract.agreement.term.start
    options = [option for option in contract.every(nodes.Option) if holds(option, day)]
    return [choice for option in options for choice in choices_on(option, day) if choice.price is not None]


def choices_on(option: nodes.Option, day: date) -> list[nodes.Choice]:
    """The choices of an option that are taken on a day; where only one may be, the latest."""
    begun = [choice for choice in option.choices if begins(choice) <= day]
    return [max(begun, key=begins)] if begun and option.choose == "one" else begun


def begins(choice: nodes.Choice) -> date:
    """From when on a choice is taken; a day that never comes for one that is not."""
    return choice.chosen_from or (date.min if choice.chosen else date.max)


def holds(block: nodes.Service | nodes.Option, day: date) -> bool:
    """Whether a block holds on a day: it depends on no choice, or on one that is taken then."""
    chosen_by = block.only_when
    return chosen_by is None or chosen_by.choice.found in choices_on(chosen_by.option.found, day)


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
    known = [amount for amount in credits_at_risk.values() if amount is not None]
    total = max(known) if only_one_is_paid(contract) else sum(known, NOTHING)
    together = capped_together(contract, basis)
    return total if together is None else min(total, together)


def only_one_is_paid(contract: Contract) -> bool:
    """Whether of all credits of a month only one is paid, whichever it is."""
    rules = [credit.combines for credit in contract.every(nodes.Credit)]
    if all(rule is not None and rule.period == "month" and rule.rule != ADDED for rule in rules):
        return True
    every = {id(credit) for credit in contract.every(nodes.Credit)}
    joined = [each for each in contract.every(nodes.Combination) if each.rule != ADDED]
    return any(every <= {id(named.found) for named in combination.combines} for combination in joined)


def capped_together(contract: Contract, basis: Basis = AGREED) -> Fraction | None:
    """The cap of a combination that names every credit."""
    every = {id(credit) for credit in contract.every(nodes.Credit)}
    for combination in contract.every(nodes.Combination):
        if every and every <= {id(named.found) for named in combination.combines}:
            caps = [each_month(contract, limit, None, basis) for limit in limits_of(combination)]
            known = [cap for cap in caps if cap is not None]
            if known:
                return min(known)
    return None


def most_of(contract: Contract, payment: nodes.Payment, basis: Basis = AGREED) -> Fraction | None:
    """The most that a credit or a bonus can come to in a month, by its own caps and the highest tier of its table."""
    limits = [each_month(contract, limit, payment, basis) for limit in limits_of(payment)]
    known = [amount for amount in limits if amount is not None]
    return min(known) if known else None


class Limit(NamedTuple):
    """What a payment can come to at most in a window, as the agreement says it; a percentage is one of the base."""

    amount: Any
    each: Any
    times: int = 1


def limits_of(block: nodes.Payment | nodes.Combination, caps: list[nodes.CapRule] | None = None) -> list[Limit]:
    """What bounds a payment: each of its caps, and the highest tier of its table where no more than that can be due.

    `caps` are others than its own, if it had those.
    """
    limits = [Limit(cap.amount, cap.each) for cap in (block.cap if caps is None else caps)]
    return [*limits, *highest_tier(block)] if isinstance(block, nodes.Payment) else limits


def highest_tier(payment: nodes.Payment) -> list[Limit]:
    promises = [named.target for named in payment.for_whom]
    windows = [promise.each for promise in promises if isinstance(promise, nodes.Promise)]
    cells = [row.cells[-1] for row in payment.rows]
    results = [cell for cell in cells if isinstance(cell, Percent | Money)]
    same = len({repr(window) for window in windows}) == 1 == len({type(result) for result in results})
    if payment.group_by or not same or len(results) < len(cells) or len(windows) < len(promises):
        return []
    highest = max(results, key=lambda result: result.amount)
    return [Limit(highest, windows[0], 1 if payment.repeated is None else 2)]


def each_month(
    contract: Contract, limit: Limit, payment: nodes.Payment | None, basis: Basis = AGREED
) -> Fraction | None:
    months = months_of(limit.each)
    amount = in_money(contract, limit.amount, payment, basis)
    return amount * limit.times / months if months is not None and amount is not None else None


def in_money(contract: Contract, formula: Any, payment: nodes.Payment | None, basis: Basis = AGREED) -> Fraction | None:
    """What a formula is worth in money of its own period; a bare percentage is one of the base of the payment."""
    found = worth(contract, formula, payment, basis)
    if found is None or found.money:
        return found.value if found is not None else None
    base = worth(contract, expressions.GivenValue(what="base"), payment, basis)
    return found.value * base.value if base is not None and base.money else None


def worth(contract: Contract, formula: Any, payment: nodes.Payment | None, basis: Basis = AGREED) -> Amount | None:
    """What a cap or a base is worth in money of its own period; None where that cannot be told."""
    value = settled_on(written_out(formula), basis)
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


def settled_on(formula: Any, basis: Basis) -> Any:
    """The amount that a formula stands for, if it names one that changes with time and nothing else."""
    named = formula.parameter if isinstance(formula, nodes.NamedAmount) else formula
    parameter = getattr(named, "target", None)
    return amount_of(parameter, basis) if isinstance(parameter, nodes.Parameter) else settled(formula)


def amount_of(parameter: nodes.Parameter, basis: Basis) -> Any:
    """The value of a parameter on the day of a basis: before any has begun, the first."""
    begun = [step for step in parameter.value if step.since is None or (basis.day and step.since <= basis.day)]
    return max(begun, key=lambda step: step.since or date.min, default=parameter.value[0]).amount


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
