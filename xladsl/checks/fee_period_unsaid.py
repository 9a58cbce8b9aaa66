"""A share of fees that change from month to month, without a word about which month.

The fees of the month that was measured, of the month before and of the month in which the credit appears differ where
the invoice does. A cap for a year on "the fees" may even mean twelve of them, or one.

Wrong:

```xladsl wrong
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal, by use" as invoiced each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly // warning: fee-period-unsaid
  | below 99.9% | 10% |
}
```

Right:

```xladsl
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal, by use" as invoiced each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

A fee of one fixed amount is the same in every month, and needs no month.

Source: published agreements whose base is the month measured, the month before, or the invoice that the credit lands
on.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import AllFees, FeeAmount, FeesOf
from ..model.node import walk
from ..model.promises import every_payment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL603", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    fees = [fee for service in contract.every(nodes.Service) for fee in service.fees]
    changing_at_all = next(filter(changes, fees), None)
    for payment in [*every_payment(contract), *contract.every(nodes.Combination)]:
        for part in walk(payment):
            if isinstance(part, FeeAmount | FeesOf | AllFees) and part.fee_period is None:
                own = [] if isinstance(part, AllFees) else fees_in(part)
                changing = changing_at_all if isinstance(part, AllFees) else next(filter(changes, own), None)
                if changing is not None:
                    yield Diagnostic(
                        "fee-period-unsaid",
                        part.span,
                        f"`{payment.name}` takes a share of `{part.span.text}`, and does not say of which month",
                        here="of the month measured, before, or credited?",
                        labels=(Label(changing.span, "this is not the same in every month"),),
                        why="The parties would take the month that suits them: the cheap one, or the dear one.",
                        remedy=f"Write  {part.span.text} of the month measured , or `of the month before`, "
                        "or `of the last 12 months`.",
                    )


def fees_in(part: FeeAmount | FeesOf) -> list[nodes.Fee]:
    return [part.fee.found] if isinstance(part, FeeAmount) else part.service.found.fees


def changes(fee: nodes.Fee) -> bool:
    return fee.as_invoiced or len(fee.amounts) > 1 or fee.unit_price is not None
