"""What the payments of an agreement come to in money, in the words of its paper; empty words where nobody can tell."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..model import expressions, nodes, quantities
from ..model.exposure import NOTHING, Basis, in_money, limits_of, months_of
from ..model.node import walk
from .changes import blocks_of, plain

if TYPE_CHECKING:
    from fractions import Fraction

    from ..outputs.page import Page

CENTS = 2
PAYING = (nodes.Credit, nodes.Bonus, nodes.Combination)


def payments(page: Page) -> dict[str, Any]:
    """What pays money, by the anchors."""
    return {anchor: block for anchor, block in blocks_of(page.contract).items() if isinstance(block, PAYING)}


def parameters(block: Any) -> list[nodes.Parameter]:
    """The parameters that a block names."""
    named = [node.target for node in walk(block) if isinstance(node, quantities.Reference)]
    return [target for target in named if isinstance(target, nodes.Parameter)]


def most_said(page: Page, block: Any, basis: Basis) -> str:
    """The most that a payment can come to, by the limit that is the lowest; all of them where that cannot be told."""
    payment = block if isinstance(block, nodes.Payment) else None
    found = [(limit, in_money(page.contract, limit.amount, payment, basis)) for limit in limits_of(block)]
    known = [(limit, amount * limit.times) for limit, amount in found if amount is not None]
    months = [months_of(limit.each) for limit, _ in known]
    if known and all(months):
        known = [min(known, key=lambda each: each[1] / (months_of(each[0].each) or 1))]
    sums = [(money(page, amount), limit.each) for limit, amount in known]
    rules = [nodes.CapRule(amount=amount, each=each) for amount, each in sums if amount is not None]
    return "; ".join(plain(page.paper.say(rule, "cap")) for rule in rules)


def comes_to(page: Page, payment: nodes.Payment, basis: Basis) -> str:
    """What a payment by a formula comes to, for each unit where it counts units."""
    formula: Any = payment.pay
    per = formula.per if isinstance(formula, expressions.PerUnit) else None
    amount = money_of(page, payment, formula.amount if per is not None else formula, basis)
    if amount is None:
        return ""
    return plain(page.paper.say(expressions.PerUnit(amount=amount, per=per) if per is not None else amount))


def tier_said(page: Page, payment: nodes.Payment, result: Any, basis: Basis) -> str:
    """What a row of a table comes to; nothing is due where there is no row."""
    amount = money(page, NOTHING) if result is None else money_of(page, payment, result, basis)
    return plain(page.paper.say(amount)) if amount is not None else ""


def money_of(page: Page, payment: nodes.Payment, formula: Any, basis: Basis) -> quantities.Money | None:
    amount = in_money(page.contract, formula, payment, basis) if formula is not None else None
    return money(page, amount) if amount is not None else None


def money_said(page: Page, amount: Fraction | None) -> str:
    """An amount in the agreement's currency, to the cent; empty where it is not known."""
    found = money(page, amount) if amount is not None else None
    return plain(page.paper.say(found)) if found is not None else ""


def money(page: Page, amount: Fraction) -> quantities.Money | None:
    """An amount to the cent; None where the agreement has several currencies, of which no sum can be told."""
    known = currencies(page)
    if len(known) != 1:
        return None
    return quantities.Money(currency=known[0], amount=to_places(amount, CENTS))


def to_places(amount: Fraction, places: int) -> Decimal:
    """A number with so many decimals, whatever its length: the nearest, and of two that are as near the even one."""
    return Decimal(f"{round(amount * 10**places)}e-{places}")


def currencies(page: Page) -> list[str]:
    known = {part.currency for part in page.contract.parts(quantities.Money)}
    return sorted(known or {page.contract.agreement.currency or ""})
