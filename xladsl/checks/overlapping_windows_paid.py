"""A credit for each of several windows that overlap, and nothing about how often one outage is paid for.

Any 24 hours, any 30 days, the 30 days before a claim: a bad night lies in many such windows, and each of them is
breached. A provider would pay for one of them and a customer claim them all.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each rolling 30 days
  no data counts as breached
}
credit portal_credit { // warning: overlapping-windows-paid
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each rolling 30 days
  no data counts as breached
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  pays once for the same time
}
```

Source: published agreements with "any consecutive 30 days", "any 24-hour period", and windows that end with a claim.

Implements: trap T18
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.nodes import Combination, RollingWindow, TrailingWindow
from ..model.promises import every_payment, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL613", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    capped = {id(named.target) for rule in contract.every(Combination) if rule.cap for named in rule.combines}
    for payment in every_payment(contract):
        together = payment.combines and payment.combines.combined_cap
        limited = payment.once_for_time or payment.cap or id(payment) in capped or together
        for promise in () if limited else paid_for(contract, payment):
            if isinstance(promise.each, RollingWindow | TrailingWindow):
                yield Diagnostic(
                    "overlapping-windows-paid",
                    payment.place("name"),
                    f"one outage lies in many windows of `{promise.name}`, and `{payment.name}` pays for each of them",
                    here="how often for one outage?",
                    labels=(Label(promise.each.span, "these windows overlap"),),
                    why="The same night would be claimed again and again, each time in another window.",
                    remedy="Add  pays once for the same time , or a cap; or judge it in windows of the calendar.",
                )
                break
