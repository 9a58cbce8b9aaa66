"""A worse result with a smaller consequence.

Once the larger credit is lost, the provider has no reason to stop the fall; at the edge of the two rows it even has a
reason to let it go on.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 5% | // error: tier-order
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 5% |
  | below 99.0% | 10% |
}
```

Source: the usual requirement that credits grow with the shortfall.

Implements: measurability C2
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_payment
from ..model.tiers import has_otherwise, lower_order, scale, tables, upper_order
from ._tier_words import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.nodes import Payment
    from ..model.tiers import Tier

RULE = Rule("XL315", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        better = direction_of(contract, payment)
        for tiers in tables(payment):
            usable = [tier for tier in tiers if not tier.interval.empty]
            if better and not has_otherwise(tiers) and len({scale(tier.result) for tier in usable}) == 1:
                yield from out_of_order(payment, from_mild_to_severe(usable, better))


def from_mild_to_severe(tiers: list[Tier], better: str) -> list[Tier]:
    if better == "higher":
        return sorted(tiers, key=lambda tier: upper_order(tier.interval.upper), reverse=True)
    return sorted(tiers, key=lambda tier: lower_order(tier.interval.lower))


def out_of_order(payment: Payment, tiers: list[Tier]) -> Iterator[Diagnostic]:
    for milder, worse in pairwise(tiers):
        if milder.worth is not None and worse.worth is not None and worse.worth < milder.worth:
            yield Diagnostic(
                "tier-order",
                worse.row.span,
                f"`{payment.name}` gives less here than in the tier before",
                here=f"`{worse.row.cells[-1].span.text}`" if hasattr(worse.row.cells[-1], "span") else "",
                labels=(Label(milder.row.span, "the tier before gives more"),),
                why="Past this edge it would pay to let the result get further away from the promise.",
                remedy="Give each further tier at least as much as the one before it.",
            )
