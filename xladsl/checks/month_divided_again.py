"""The month's part of a fee, divided by months once more.

A year of support costs EUR 12,000. Of it the month measured has EUR 1,000 by itself; a twelfth of that is EUR 83.33,
and a credit of a tenth comes to EUR 8.33 where EUR 100 were meant.

Wrong:

```xladsl wrong
service support {
  for office_staff
  fee support_yearly "Support" EUR 12,000.00 each calendar year
}
credit portal_credit {
  for portal_up
  base fee support_yearly of the month measured / 12 // warning: month-divided-again
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
```

Right:

```xladsl
service support {
  for office_staff
  fee support_yearly "Support" EUR 12,000.00 each calendar year
}
credit portal_credit {
  for portal_up
  base fee support_yearly of the month measured
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
```

Source: agreements with a yearly fee whose credits are counted from a twelfth of it.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.deadlines import MONTHS_OF_WINDOW, unit_of_window
from ..model.quantities import Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL641", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for product in contract.parts(expressions.ProductOf):
        part = product.first
        if not isinstance(part, expressions.FeeAmount) or "month" not in (part.fee_period or ""):
            continue
        fee = part.fee.found
        months = MONTHS_OF_WINDOW.get(unit_of_window(fee.each), 1) if isinstance(fee, nodes.Fee) else 1
        if months > 1 and any(divides_by(factor, months) for factor in product.factors):
            yield Diagnostic(
                "month-divided-again",
                product.span,
                f"`{part.span.text}` is a month's part of `{fee.name}` already, and is divided by {months} once more",
                here=f"a {ORDINAL.get(months, 'part')} of a {ORDINAL.get(months, 'part')}",
                labels=(Label(fee.span, f"it is due each {fee.each}"),),
                why="The credit would be worth a fraction of what a reader of the price takes it for.",
                remedy=f"Write  {part.span.text}  alone; or, if it is meant so, say it as a percentage.",
            )


ORDINAL = {3: "third", 6: "sixth", 12: "twelfth"}


def divides_by(factor: expressions.Factor, months: int) -> bool:
    return factor.operator == "/" and isinstance(factor.operand, Number) and factor.operand.amount == months
