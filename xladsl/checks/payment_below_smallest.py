"""A row whose payment is always too small to be paid.

Ten percent of three euros are thirty cents. Where nothing is paid up to one euro, the row stands in the table and can
never be worth anything.

Wrong:

```xladsl wrong
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal subscription" EUR 3.00 each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% | // warning: payment-below-smallest
  | below 99.0% | 50% |
  pays only above EUR 1.00
}
```

Right:

```xladsl
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal subscription" EUR 3.00 each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 40% |
  | below 99.0% | 50% |
  pays only above EUR 1.00
}
```

Source: a published agreement for machines of a few dollars a month, whose first row would pay cents.

Implements: trap T14
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import FeeAmount
from ..model.promises import every_payment
from ..model.quantities import Money, Percent
from ..model.tiers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL605", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        smallest, base = payment.smallest, dearest_base(payment)
        for row in payment.rows if smallest is not None else ():
            worth = worth_of(row, base)
            if smallest is not None and worth is not None and not pays(smallest, worth):
                amount = smallest.amount
                yield Diagnostic(
                    "payment-below-smallest",
                    row.span,
                    f"this row of `{payment.name}` is never worth enough to be paid",
                    here=f"at most {amount.currency} {worth:,.2f}",
                    labels=(Label(smallest.span, "nothing is paid below this"),),
                    why="The table promises money for this result, and the smallest payment takes it back every time.",
                    remedy=f"Let the row give more than {amount.currency} {amount.amount:,.2f}, or pay every amount.",
                )


def dearest_base(payment: nodes.Payment) -> Decimal | None:
    """The most that the base can be, where it is a fee of known amounts."""
    amount = payment.base.amount if payment.base is not None else None
    fee = amount.fee.target if isinstance(amount, FeeAmount) else None
    if fee is None or fee.as_invoiced or fee.unit_price is not None or not fee.amounts:
        return None
    return max(dated.amount.amount for dated in fee.amounts)


def worth_of(row: nodes.TierRow, base: Decimal | None) -> Decimal | None:
    """The most that a row pays; zero is an answer of its own, and needs no warning."""
    given = settled(row.cells[-1])
    if isinstance(given, Money) and given.amount:
        return given.amount
    if isinstance(given, Percent) and given.amount and base is not None:
        return base * given.amount / 100
    return None


def pays(smallest: nodes.SmallestPayment, worth: Decimal) -> bool:
    least = smallest.amount.amount
    return worth > least or (worth == least and smallest.kind == "only from")
