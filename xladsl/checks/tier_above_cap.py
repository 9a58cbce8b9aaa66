"""A tier that is never paid in full, because the cap is lower.

A table that reaches 50 % under a cap of 30 % promises a number that nobody will ever see.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 50% | // warning: tier-above-cap
  cap 30% of base each calendar month
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 30% |
  cap 30% of base each calendar month
}
```

Source: a published agreement with tiers up to 50 % and a cap of 30 %.

Implements: measurability C4; trap T14; lint cap-below-single-credit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import GivenValue, Portion
from ..model.promises import every_payment
from ..model.quantities import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.nodes import CapRule

RULE = Rule("XL317", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for cap in payment.cap:
            share = share_of_base(cap)
            for row in payment.rows:
                given = row.cells[-1]
                if share is not None and isinstance(given, Percent) and given.amount > share.amount:
                    yield Diagnostic(
                        "tier-above-cap",
                        row.span,
                        f"this row of `{payment.name}` is never paid in full",
                        here=f"`{given.span.text}` is more than the cap allows",
                        labels=(Label(cap.span, "the cap is here"),),
                        why="The table promises what the cap takes back; it looks more generous than it is.",
                        remedy="Raise the cap, or let the row end at it.",
                    )


def share_of_base(cap: CapRule) -> Percent | None:
    """The percentage of the base at which a cap lies, if it is one."""
    if (
        isinstance(cap.amount, Portion)
        and isinstance(cap.amount.share, Percent)
        and isinstance(cap.amount.of, GivenValue)
    ):
        return cap.amount.share
    return cap.amount if isinstance(cap.amount, Percent) else None
