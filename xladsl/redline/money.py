"""What two versions of an agreement may cost, side by side."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..model import nodes, quantities
from ..model.deadlines import MONTHS_OF_YEAR
from ..model.exposure import at_risk_each_month, fees_each_month, most_of
from .changes import plain

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..outputs.page import Page

CENTS = Decimal("0.01")


class Amounts(NamedTuple):
    """An amount of money before and after, in words of paper."""

    title: str
    before: str
    after: str


def amounts(old: Page, new: Page) -> list[Amounts]:
    """Fees and the most that credits can come to; a single credit only where its own cap changes."""
    words = new.words["redline"]
    found: list[tuple[str, Fraction | None, Fraction | None]] = []
    fees = words["fees"]
    if any(page.contract.every(nodes.Service) for page in (old, new)):
        found.append((fees, fees_each_month(old.contract), fees_each_month(new.contract)))
    before = {credit.name: most_of(old.contract, credit) for credit in old.contract.every(nodes.Credit)}
    for credit in new.contract.every(nodes.Credit):
        most = most_of(new.contract, credit)
        if credit.name in before and before[credit.name] != most:
            title = plain(new.paper.phrase(words["capped"], title=new.paper.title(credit)))
            found.append((title, before[credit.name], most))
    if any(page.contract.every(nodes.Credit) for page in (old, new)):
        most_of_all = at_risk_each_month(old.contract), at_risk_each_month(new.contract)
        found.append((words["credits"], *most_of_all))
        if most_of_all != (None, None):
            found.append((words["credits_year"], *(yearly(amount) for amount in most_of_all)))
    unknown = {title: words["unfixed" if title == fees else "unbounded"] for title, _, _ in found}
    return [
        Amounts(title, said(old, one) or unknown[title], said(new, other) or unknown[title])
        for title, one, other in found
    ]


def yearly(amount: Fraction | None) -> Fraction | None:
    return amount * MONTHS_OF_YEAR if amount is not None else None


def said(page: Page, amount: Fraction | None) -> str:
    """An amount in the agreement's currency, to the cent; empty where it is not known."""
    if amount is None:
        return ""
    exact = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(CENTS)
    return page.paper.language.money(currency(page.contract), exact)


def currency(contract: Contract) -> str:
    known = [part.currency for part in contract.parts(quantities.Money)]
    return contract.agreement.currency or (known[0] if known else "")
