"""Credits without a word about rounding.

Three hundredths of a fee is rarely a whole cent. Rounded at each step, or once at the end, up or to the nearest, the
sums differ; and 99.8958 % rounded to two digits keeps a promise of 99.90 % that was broken.

Wrong:

```xladsl wrong
agreement digital_workplace { // error: rounding-unsaid
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

Measured values are never rounded before they are compared; only money is rounded, once.

Source: only 3 of 83 published agreements state a rounding, and ten contain sums that depend on one.

Implements: measurability S7, C9; trap T5; lint rounding-undefined
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_payment
from ..model.quantities import Money, Percent
from ..model.units import MONEY, UNKNOWN, given_in, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL336", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    paying = next((payment for payment in every_payment(contract) if pays_part_of_money(payment)), None)
    if agreement.rounding is None and paying is not None:
        yield Diagnostic(
            "rounding-unsaid",
            agreement.place("name"),
            f"`{agreement.name}` pays credits, and does not say how they are rounded",
            here="no `rounding` is agreed",
            labels=(Label(paying.place("name"), "this rarely comes out in whole cents"),),
            why="Two honest calculations of one credit would differ, and so would the two parties' books.",
            remedy="Add  rounding half up to EUR 0.01, once, on each credit .",
        )


def pays_part_of_money(payment: nodes.Payment) -> bool:
    """Whether a payment is worked out from money, and not an amount written down."""
    if isinstance(payment, nodes.PointsScheme):
        return False
    shares = any(isinstance(amount, Percent) for amount in (payment.pay, *(row.cells[-1] for row in payment.rows)))
    unit = unit_of(payment.pay, given_in(payment)) if payment.pay is not None else UNKNOWN
    return shares or (unit.startswith(MONEY) and not isinstance(payment.pay, Money))
