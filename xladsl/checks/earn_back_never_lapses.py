"""Credits that may be earned back for ever.

A credit paid in the first spring can come back in the third, or after the agreement has ended. Until somebody says
when the chance is gone, neither party can close its books.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
earn back good_months "Half returned after good months" { // warning: earn-back-never-lapses
  returns portal_credit
  share half
  when portal_up is met 3 months in a row
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
earn back good_months "Half returned after good months" {
  returns portal_credit
  share half
  when portal_up is met 3 months in a row
  lapses with each contract year
}
```

Source: the trap of rules that remember and never forget: counters, balances and budgets whose end nobody states.

Implements: measurability C7, trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL454", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for earned in contract.every(nodes.EarnBack):
        if earned.lapses is None and earned.lapses_after is None and earned.lapses_with is None:
            yield Diagnostic(
                "earn-back-never-lapses",
                earned.place("name"),
                f"`{earned.name}` does not say when the chance is gone",
                here="until when can it be earned back?",
                why="A credit of the first year could be asked back after the agreement has ended.",
                remedy="Add  lapses with each contract year , or  lapses after 12 months .",
            )
