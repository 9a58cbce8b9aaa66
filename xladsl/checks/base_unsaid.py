"""A percentage without the amount it is a percentage of.

Ten percent of the fee for the portal, of the whole invoice, of the month of the outage or of the month of the credit:
the table looks complete and is worth anything.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  | below 99.9% | 10% | // error: base-unsaid
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

Source: published agreements that cap on the invoice where the credit lands, or take the fees of the month before.

Implements: measurability C9; trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.expressions import GivenValue
from ..model.node import walk
from ..model.promises import every_payment
from ..model.quantities import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL335", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        if payment.base is None and not isinstance(payment, nodes.PointsScheme):
            share = next(shares_of_base(payment), None)
            if share is not None:
                yield Diagnostic(
                    "base-unsaid",
                    share.span,
                    f"`{payment.name}` pays a share, and does not say of what",
                    here="of which fee, and of which month?",
                    why="The same percentage is worth a few euros of one fee line and a fortune of the whole invoice.",
                    remedy="Add a base, such as  base fee NAME of the month measured .",
                )


def shares_of_base(payment: nodes.Payment) -> Iterator[Node]:
    """The places where a payment takes its base for granted."""
    for row in payment.rows:
        if isinstance(row.cells[-1], Percent):
            yield row.cells[-1]
    for amount in (payment.pay, *(cap.amount for cap in payment.cap)):
        if isinstance(amount, Percent):
            yield amount
        elif amount is not None:
            yield from (part for part in walk(amount) if isinstance(part, GivenValue) and part.what == "base")
