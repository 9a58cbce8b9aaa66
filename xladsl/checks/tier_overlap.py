"""Two rows of a table that both fit one result.

Where two rows fit, two credits are due, or one of the two: the table does not say. `between 95% and 99%` followed by
`between 99% and 99.9%` is the usual way to get there, because 99 % stands in both.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 5% |
  | at least 95.0% but at most 99.0% | 10% | // error: tier-overlap
  | below 95.0% | 25% |
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 5% |
  | at least 95.0% but below 99.0% | 10% |
  | below 95.0% | 25% |
}
```

Source: published agreements in which an edge belongs to two tiers, so that one result earns either of two credits.

Implements: measurability C1; trap T2; lint tiers-overlap; defect D2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_payment
from ..model.tiers import tables
from ._tier_words import bound_like, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.nodes import Payment
    from ..model.tiers import Tier

RULE = Rule("XL311", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        if payment.policy is None:
            for tiers in tables(payment):
                for position, tier in enumerate(tiers):
                    yield from overlapping(payment, tier, tiers[:position])


def overlapping(payment: Payment, tier: Tier, before: list[Tier]) -> Iterator[Diagnostic]:
    """The first earlier row that shares values with a row, unless one holds the other: those are nested tiers."""
    for earlier in before:
        common = tier.interval.common(earlier.interval)
        nested = tier.interval.within(earlier.interval) or earlier.interval.within(tier.interval)
        if not common.empty and (not nested or tier.interval == earlier.interval):
            yield Diagnostic(
                "tier-overlap",
                tier.row.span,
                f"two rows of `{payment.name}` fit when the value is {in_words(common, bound_like(payment))}",
                here="this row fits",
                labels=(Label(earlier.row.span, "and so does this row"),),
                why="Two credits would be due for one result, or one of them; each party would choose another.",
                remedy="Let the rows meet in one number: `at least` it in one row, `below` it in the other.",
            )
            return
