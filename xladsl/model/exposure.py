"""The most that credits can cost in a month, beside the fees of a month, where every amount is known in money."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions, nodes
from .deadlines import MONTHS_OF_WINDOW, unit_of_window
from .feasibility import written_out
from .quantities import Money, Percent
from .tiers import settled

if TYPE_CHECKING:
    from .contract import Contract

MONTHS_OF_PERIOD = {"of the quarter measured": 3, "of the last 12 months": 12}


class Amount(NamedTuple):
    """What a formula of money is worth, and whether it is a share of something yet to be named."""

    value: Fraction
    money: bool


def fees_each_month(contract: Contract) -> Fraction | None:
    """All recurring fees of a month; None where one of them is not a known amount."""
    fees = [fee for service in contract.every(nodes.Service) for fee in service.fees if not fee.once]
    amounts = [fee_each_month(fee) for fee in fees]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if fees and len(known) == len(fees) else None


def fee_each_month(fee: nodes.Fee) -> Fraction | None:
    """What a fee comes to in a month: its first amount, where it is the same in every month."""
    months = MONTHS_OF_WINDOW.get(unit_of_window(fee.each))
    if months is None or fee.as_invoiced or fee.unit_price is not None or not fee.amounts:
        return None
    return Fraction(fee.amounts[0].amount.amount) / months


def at_risk_each_month(contract: Contract) -> Fraction | None:
    """The most that all credits can cost in a month, by their caps and those of their combinations."""
    credits_at_risk = {id(credit): most_of(contract, credit) for credit in contract.every(nodes.Credit)}
    if not credits_at_risk or any(amount is None for amount in credits_at_risk.values()):
        return capped_together(contract)
    total = sum((amount for amount in credits_at_risk.values() if amount is not None), Fraction(0))
    together = capped_together(contract)
    return total if together is None else min(total, together)


def capped_together(contract: Contract) -> Fraction | None:
    """The cap of a combination that names every credit."""
    every = {id(credit) for credit in contract.every(nodes.Credit)}
    for combination in contract.every(nodes.Combination):
        if every and every <= {id(named.found) for named in combination.combines}:
            caps = [cap_each_month(contract, cap, None) for cap in combination.cap]
            known = [cap for cap in caps if cap is not None]
            if known:
                return min(known)
    return None


def most_of(contract: Contract, credit: nodes.Credit) -> Fraction | None:
    caps = [cap_each_month(contract, cap, credit) for cap in credit.cap]
    known = [cap for cap in caps if cap is not None]
    return min(known) if known else None


def cap_each_month(contract: Contract, cap: nodes.CapRule, credit: nodes.Credit | None) -> Fraction | None:
    months = MONTHS_OF_WINDOW.get(unit_of_window(cap.each))
    amount = worth(contract, cap.amount, credit)
    if months is None or amount is None or not amount.money:
        return None
    return amount.value / months


def worth(contract: Contract, formula: Any, credit: nodes.Credit | None) -> Amount | None:
    """What a cap or a base is worth in money of its own period; None where that cannot be told."""
    value = settled(written_out(formula))
    if isinstance(value, Percent):
        return Amount(Fraction(value.amount) / 100, money=False)
    if isinstance(value, Money):
        return Amount(Fraction(value.amount), money=True)
    if isinstance(value, expressions.Portion):
        return times(worth(contract, value.share, credit), worth(contract, value.of, credit))
    if isinstance(value, expressions.ProductOf):
        return product_of(contract, value, credit)
    if isinstance(value, expressions.GivenValue) and value.what == "base" and credit is not None:
        return worth(contract, credit.base.amount, None) if credit.base is not None else None
    months = MONTHS_OF_PERIOD.get(getattr(value, "fee_period", None) or "", 1)
    monthly = monthly_fees(contract, value)
    return Amount(monthly * months, money=True) if monthly is not None else None


def product_of(contract: Contract, formula: expressions.ProductOf, credit: nodes.Credit | None) -> Amount | None:
    result = worth(contract, formula.first, credit)
    for factor in formula.factors:
        result = times(result, worth(contract, factor.operand, credit)) if factor.operator != "/" else None
    return result


def times(one: Amount | None, other: Amount | None) -> Amount | None:
    if one is None or other is None or (one.money and other.money):
        return None
    return Amount(one.value * other.value, one.money or other.money)


def monthly_fees(contract: Contract, value: Any) -> Fraction | None:
    if isinstance(value, expressions.AllFees):
        return fees_each_month(contract)
    if isinstance(value, expressions.FeeAmount):
        return fee_each_month(value.fee.found)
    if isinstance(value, expressions.FeesOf):
        amounts = [fee_each_month(fee) for fee in value.service.found.fees if not fee.once]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(amounts) else None
    return None


def last_cap(contract: Contract) -> nodes.CapRule | None:
    """The cap that is applied last: that of a combination, or else of the last credit that has one."""
    combined = [cap for combination in contract.every(nodes.Combination) for cap in combination.cap]
    own = [cap for credit in contract.every(nodes.Credit) for cap in credit.cap]
    return [*own, *combined][-1] if own or combined else None
