"""Money in another currency than the agreement's.

Amounts in two currencies cannot be added, capped or rounded together without a rate of exchange, a day on which it is
taken and somebody who publishes it. An agreement that names none of these leaves the rate to whoever pays.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  value USD 500.00 // error: foreign-currency
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  value EUR 500.00
}
```

Implements: measurability S6, C9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.quantities import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL302", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    for node in contract.parts(Money) if agreement.currency else ():
        if node.currency != agreement.currency:
            yield Diagnostic(
                "foreign-currency",
                node.span,
                f"`{node.span.text}` is not in {agreement.currency}, the currency of the agreement",
                here=f"{agreement.currency} is expected",
                labels=(Label(agreement.place("currency"), "the currency is agreed here"),),
                why="No rate of exchange is agreed, so nobody can say what this is worth.",
                remedy=f"Give the amount in {agreement.currency}.",
            )
