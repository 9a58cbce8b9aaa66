"""Tiers that contain each other, without a word about which one counts.

A month at 94 % is below 99.9 %, below 99 % and below 95 %: all three rows fit. Everybody means the most severe one,
but software that takes the first row that fits pays the smallest credit, and has done so.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  | below 99.0% | 10% | // error: nested-tiers-without-policy
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  | below 99.0% | 10% |
  worst row that fits
}
```

Source: the tables of several large cloud providers, and public ports of one contract template in which the milder row
is tried first, so that the severe one is never reached.

Implements: trap T4
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_payment
from ..model.tiers import has_otherwise, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.tiers import Tier

RULE = Rule("XL312", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for tiers in tables(payment) if payment.policy is None else ():
            nested = None if has_otherwise(tiers) else first_nested(tiers)
            if nested is not None:
                outer, inner = nested
                yield Diagnostic(
                    "nested-tiers-without-policy",
                    inner.row.span,
                    f"several rows of `{payment.name}` fit one result, and nothing says which of them counts",
                    here="whatever fits one of the two rows also fits the other",
                    labels=(Label(outer.row.span, "the other row is here"),),
                    why="Read from the top, the smallest credit is due; read for what was meant, the largest.",
                    remedy="Add `worst row that fits` under the table, or give every row both of its bounds.",
                )


def first_nested(tiers: list[Tier]) -> tuple[Tier, Tier] | None:
    """The first two rows of which one takes all that the other takes, and more."""
    usable = [tier for tier in tiers if not tier.interval.empty]
    for one, other in combinations(usable, 2):
        within = one.interval.within(other.interval) or other.interval.within(one.interval)
        if within and one.interval != other.interval:
            return one, other
    return None
