"""A credit on the fee of the month, for a window of several months.

A quarter was breached, and the credit is 5 % of the fee "of the month measured". There were three, with three
invoices; the credit is a third of what the customer reads, or the month with the highest invoice.

Wrong:

```xladsl wrong
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar quarter
  no data counts as breached
  owner service_manager
}
credit portal_credit {
  for portal_open
  base fee portal_monthly of the month measured // warning: month-of-longer-window
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
}
```

Right:

```xladsl
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar quarter
  no data counts as breached
  owner service_manager
}
credit portal_credit {
  for portal_open
  base fee portal_monthly of the quarter measured
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
}
```

Source: published agreements that mix months, billing months and quarters, and leave open which fees a credit reduces.

Implements: traps T8, T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.deadlines import MONTHS_OF_WINDOW, unit_of_window
from ..model.expressions import AllFees, FeeAmount, FeesOf
from ..model.node import walk
from ..model.promises import every_payment, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL464", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        fees = (
            [fee for fee in walk(payment.base) if isinstance(fee, FeeAmount | FeesOf | AllFees)] if payment.base else []
        )
        monthly = [fee for fee in fees if fee.fee_period == "of the month measured"]
        for promise in paid_for(contract, payment) if monthly else ():
            months = MONTHS_OF_WINDOW.get(unit_of_window(promise.each), 1)
            if months > 1:
                yield Diagnostic(
                    "month-of-longer-window",
                    monthly[0].span,
                    f"`{promise.name}` is measured each {promise.each}, which has {months} months",
                    here="which of them?",
                    labels=(Label(promise.place("each"), "the window"),),
                    why="The customer would read the fees of all of them, and the provider those of one.",
                    remedy="Write `of the quarter measured`."
                    if months == MONTHS_OF_WINDOW["quarter"]
                    else "Write `of the last 12 months`, or measure each month or quarter.",
                )
                break
