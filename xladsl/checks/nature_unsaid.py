"""A credit that does not say what it is in law.

A reduction of the price leaves the right to damages; liquidated damages may replace it; a penalty may be void, or
reduced by a court. What the parties call it is the first thing that a court reads.

Wrong:

```xladsl wrong
credit portal_credit { // warning: nature-unsaid
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 10% |
}
```

Source: the requirement that the legal nature of a credit, and whether it is the only remedy, is stated.

Implements: measurability C5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL338", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for credit in contract.every(nodes.Credit):
        if credit.nature is None:
            yield Diagnostic(
                "nature-unsaid",
                credit.place("name"),
                f"`{credit.name}` does not say whether it reduces the price, or is damages or a penalty",
                here="its nature in law is open",
                why="Whether the customer may claim damages beside it depends on the answer.",
                remedy="Add  nature price reduction , or `liquidated damages`, `penalty` or `goodwill`.",
            )
