"""A tier that is too small to be paid.

5 % of a fee of EUR 10.00 are fifty cents, and credits are paid from one euro on. The first row of the table is there
for show.

Wrong:

```xladsl wrong
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal subscription" EUR 100.00 each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% | 5% | // warning: tier-below-smallest
  | below 99.0% | 25% |
  pays only above EUR 10.00
  claim not needed
}
```

Right:

```xladsl
service portal "Self-service portal" {
  by northwind
  for office_staff
  fee portal_monthly "Portal subscription" EUR 100.00 each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% | 5% |
  | below 99.0% | 25% |
  pays only above EUR 1.00
  claim not needed
}
```

The rule speaks only where the fee is one known amount.

Source: published credits that are paid only above one dollar, before or after rounding, on fees of cents an hour.

Implements: trap T14
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.exposure import worth
from ..model.expressions import FeeAmount
from ..model.promises import every_payment
from ..model.quantities import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL467", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        base = base_of(contract, payment) if payment.smallest is not None else None
        for row in payment.rows if base is not None else ():
            given, smallest = row.cells[-1], payment.smallest
            if base is None or smallest is None or not isinstance(given, Percent) or given.amount == 0:
                continue
            amount, least = base * Fraction(given.amount) / 100, Fraction(smallest.amount.amount)
            if amount < least or (amount == least and smallest.kind == "only above"):
                comes_to = f"{smallest.amount.currency} {in_digits(amount)}"
                yield Diagnostic(
                    "tier-below-smallest",
                    row.span,
                    f"this row of `{payment.name}` is never paid: it comes to {comes_to}",
                    here="too small to be paid",
                    labels=(Label(smallest.span, "paid only from here"),),
                    why="The table promises what the smallest amount takes back.",
                    remedy=f"Let credits be paid from less than {comes_to}, or raise the row.",
                )


def in_digits(amount: Fraction) -> str:
    return f"{Decimal(amount.numerator) / Decimal(amount.denominator):,.2f}"


def base_of(contract: Contract, payment: nodes.Payment) -> Fraction | None:
    """The base in money, where it is one fee that never changes and nothing multiplies a row."""
    amount = payment.base.amount if payment.base is not None else None
    if not isinstance(amount, FeeAmount) or len(amount.fee.found.amounts) != 1 or payment.repeated is not None:
        return None
    found = worth(contract, amount, None)
    return found.value if found is not None and found.money else None
