"""For whom a change of money is better: fees, prices, credits and bonuses, and what they rest on."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from ..model import expressions, nodes, quantities
from ..model.exposure import (
    AGREED,
    NOTHING,
    Basis,
    amount_of,
    each_month,
    in_money,
    limits_of,
    months_of,
    price_each_month,
    rate,
)
from ..model.node import walk
from ..model.tiers import scale, size
from .orders import Effects, ordered, throughout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from ..model.contract import Contract
    from ..model.node import Node

PLENTY = Fraction(10**12)
LEAST_AND_PLENTY = (Basis(otherwise=NOTHING), Basis(otherwise=PLENTY))
"""Where a sum rests on a count or an invoice: what is so at nothing and at very much of it is so in between."""


def same_currency(*parts: Node) -> bool:
    """Whether amounts are all of one currency: of two, nobody knows here which is more."""
    found = {node.currency for part in parts for node in walk(part) if isinstance(node, quantities.Money)}
    return len(found) <= 1


def same_currencies(old: Contract, new: Contract) -> bool:
    """Whether all amounts of two versions are of one currency."""
    return len({money.currency for contract in (old, new) for money in contract.parts(quantities.Money)}) <= 1


def compared(before: Callable[[Basis], Fraction | None], after: Callable[[Basis], Fraction | None]) -> Effects:
    """`less` or `more`, where that is so whatever is charged by a count or as invoiced."""
    ways: set[str] = set()
    known = before(AGREED) is not None and after(AGREED) is not None
    for basis in (AGREED,) if known else LEAST_AND_PLENTY:
        ways.update(ordered(before(basis), after(basis), "less", "more"))
    return throughout(ways)


# What is paid for the services


def price(_old: Contract, _new: Contract, one: nodes.Fee, other: nodes.Fee) -> Effects:
    """Dearer or cheaper, on each day on which another amount begins in either version."""
    units = [fee.unit_price.unit if fee.unit_price is not None else None for fee in (one, other)]
    if not one.amounts or not other.amounts or one.once != other.once or units[0] != units[1]:
        return ()
    if not same_currency(one, other):
        return ()
    months = [1 if fee.once else months_of(fee.each) for fee in (one, other)]
    if months[0] is None or months[1] is None:
        return ()
    ways: set[str] = set()
    for day in days_of_steps([*one.amounts, *other.amounts]):
        was, now = (rate(fee, Basis(day)) / (each or 1) for fee, each in zip((one, other), months, strict=True))
        ways.update(ordered(was, now, "cheaper", "dearer"))
    return throughout(ways, "dearer_and_cheaper")


def days_of_steps(steps: Iterable[Any]) -> list[date | None]:
    """The beginning, and the days on which another amount begins."""
    return [None, *sorted({step.since for step in steps if step.since is not None})]


def price_of_choice(_old: Contract, _new: Contract, one: nodes.Choice, other: nodes.Choice) -> Effects:
    if not same_currency(one, other):
        return ()
    return ordered(price_each_month(one), price_each_month(other), "cheaper", "dearer")


# What falls due

AT_STAKE: dict[Any, tuple[str, str]] = {
    nodes.Credit: ("less_at_stake", "more_at_stake"),
    nodes.Bonus: ("less_bonus", "more_bonus"),
}
DUE: dict[Any, tuple[str, str]] = {
    nodes.Credit: ("less_credit", "more_credit"),
    nodes.Bonus: ("less_bonus", "more_bonus"),
    nodes.PointsScheme: ("less_points", "more_points"),
}


def in_words(found: Effects, keys: tuple[str, str] | None) -> Effects:
    """The effect of less or more of a payment, by who gets it."""
    return (keys[found == ("more",)],) if found and keys else ()


def at_stake(_old: Contract, new: Contract, one: Any, other: Any) -> Effects:
    """What the caps of a payment or of a combination leave of it, all else being as in the newer version."""
    keys = AT_STAKE.get(nodes.Credit if isinstance(other, nodes.Combination) else type(other))

    def most(caps: list[nodes.CapRule], basis: Basis) -> Fraction | None:
        payment = other if isinstance(other, nodes.Payment) else None
        known = [
            found for each in limits_of(other, caps) if (found := each_month(new, each, payment, basis)) is not None
        ]
        return min(known) if known else None

    before, after = partial(most, one.cap), partial(most, other.cap)
    bounded = [any(side(basis) is not None for basis in (AGREED, *LEAST_AND_PLENTY)) for side in (before, after)]
    if bounded[0] != bounded[1]:
        return in_words(("more" if bounded[0] else "less",), keys)
    return in_words(compared(before, after), keys)


def base(old: Contract, new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    if not same_currencies(old, new):
        return ()
    whole = expressions.GivenValue(what="base")
    found = compared(lambda basis: in_money(old, whole, one, basis), lambda basis: in_money(new, whole, other, basis))
    return in_words(found, DUE.get(type(other)))


def formula(old: Contract, new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    """What is paid for each unit, or for units that became larger or smaller."""
    before: Any = one.pay
    after: Any = other.pay
    keys = DUE.get(type(other))
    if not isinstance(before, expressions.PerUnit) or not isinstance(after, expressions.PerUnit):
        return in_words(worth_compared(old, new, one, other, before, after), keys)
    steps = size(before.per.per_step), size(after.per.per_step)
    if (before.per.rounding, before.per.quantity) != (after.per.rounding, after.per.quantity):
        return ()
    if before.per.per_beyond != after.per.per_beyond or scale(before.per.per_step) != scale(after.per.per_step):
        return ()
    ways = {*worth_compared(old, new, one, other, before.amount, after.amount)}
    ways.update(ordered(steps[0], steps[1], "more", "less"))
    return in_words(throughout(ways), keys)


def worth_compared(
    old: Contract, new: Contract, one: nodes.Payment, other: nodes.Payment, before: Any, after: Any
) -> Effects:
    if before is None or after is None or not same_currencies(old, new):
        return ()
    return compared(lambda basis: in_money(old, before, one, basis), lambda basis: in_money(new, after, other, basis))


def doubling(_old: Contract, _new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    if one.repeated is not None and other.repeated is not None:
        return ()
    return in_words(("less" if other.repeated is None else "more",), DUE.get(type(other)))


def parameter(old: Contract, new: Contract, one: nodes.Parameter, other: nodes.Parameter) -> Effects:
    """What a payment for each unit comes to that names the amount, on each day on which another begins."""
    before = {payment.name: payment for payment in old.every(nodes.Payment) if names(payment.pay, one)}
    after = {payment.name: payment for payment in new.every(nodes.Payment) if names(payment.pay, other)}
    ways: set[str] = set()
    if not same_currency(one, other):
        return ()
    for day in days_of_steps([*one.value, *other.value]):
        was, now = (size(amount_of(each, Basis(day))) for each in (one, other))
        found = ordered(was, now, "less", "more")
        for name in after.keys() & before.keys():
            ways.update(in_words(found, DUE.get(type(after[name]))))
    return throughout(ways)


def names(pay: Any, one: nodes.Parameter) -> bool:
    """Whether a formula pays an amount for each unit of something."""
    amount = pay.amount if isinstance(pay, expressions.PerUnit) else pay
    return isinstance(amount, quantities.Reference) and amount.target is one


HALF = Fraction(1, 2)


def share_returned(_old: Contract, _new: Contract, one: Any, other: Any) -> Effects:
    return ordered(share(one.share), share(other.share), "less_earned_back", "more_earned_back")


def share(said: Any) -> Fraction | None:
    if isinstance(said, quantities.Percent):
        return Fraction(said.amount) / 100
    return {"half": HALF, "in full": Fraction(1)}.get(said)
