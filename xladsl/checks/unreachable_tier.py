"""A row of a table that can never be used.

Either no value fits its two bounds, or every value that fits is taken by a row above it. What it promises is never
paid, although it stands in the contract and was perhaps the reason to sign it.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  | below 99.0% | 10% | // error: unreachable-tier
  first row that fits
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.0% | 10% |
  | below 99.9% | 5% |
  first row that fits
}
```

Source: public ports of one contract template try the milder row first, so that the severe row is never reached.

Implements: trap T4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_payment
from ..model.tiers import covered, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL313", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for tiers in tables(payment):
            for position, tier in enumerate(tiers):
                before = tiers[:position] if payment.policy == "first row that fits" else []
                taken = bool(before) and covered(tier.interval, [earlier.interval for earlier in before])
                if tier.interval.empty or taken:
                    yield Diagnostic(
                        "unreachable-tier",
                        tier.row.span,
                        f"this row of `{payment.name}` can never be used",
                        here="rows above it take every value that fits" if taken else "no value fits both bounds",
                        labels=tuple(Label(earlier.row.span, "taken here") for earlier in before[-1:] if taken),
                        why="What the row promises stands in the contract and is never due.",
                        remedy="Put the more severe row first, or write `worst row that fits`."
                        if taken
                        else "Write the smaller number after `at least`, the larger one after `below`.",
                    )
