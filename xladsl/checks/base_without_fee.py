"""A credit of the fees of a service that has no fee of its own.

A quarter of the fees of a feature that is sold only within a plan is a quarter of nothing, or of the plan, or of a part
of the plan that somebody would have to estimate.

Wrong:

```xladsl wrong
service pages "Pages, a part of every plan" {
  by northwind
  for office_staff
}
credit portal_credit {
  for portal_up
  base fees of pages of the month measured // error: base-without-fee
  | below 99.9% | 25% |
}
```

Right:

```xladsl
service pages "Pages" {
  by northwind
  for office_staff
  fee pages_monthly "Pages, as a part of the plan" EUR 400.00 each calendar month
}
credit portal_credit {
  for portal_up
  base fees of pages of the month measured
  | below 99.9% | 25% |
}
```

Source: a published agreement that credits the amount paid for a feature, none of which has a price.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import AllFees, FeesOf
from ..model.node import walk
from ..model.promises import every_payment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL604", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    none_at_all = not any(service.fees for service in contract.every(nodes.Service))
    for payment in [*every_payment(contract), *contract.every(nodes.Combination)]:
        for part in walk(payment):
            service = part.service.target if isinstance(part, FeesOf) else None
            if service is not None and not service.fees:
                yield Diagnostic(
                    "base-without-fee",
                    part.span,
                    f"`{payment.name}` pays a share of the fees of `{service.name}`, which has none",
                    here="a share of what?",
                    labels=(Label(service.place("name"), "no `fee` is agreed for it"),),
                    why="The provider would pay a share of nothing, and the customer expects one of the whole plan.",
                    remedy="Add a `fee` to the service, even as a part of a larger one, or name another base.",
                )
            elif isinstance(part, AllFees) and none_at_all:
                yield Diagnostic(
                    "base-without-fee",
                    part.span,
                    f"`{payment.name}` pays a share of all fees, and no service has a fee",
                    here="a share of what?",
                    why="A share of nothing is nothing: the credit could never be worth a cent.",
                    remedy='Add  fee monthly "Monthly fee" as invoiced each calendar month  to a service.',
                )
