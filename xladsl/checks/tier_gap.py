"""A table of tiers with a hole in it.

A result that falls into the hole, or below the last row, was promised a consequence and gets none. The provider reads
the hole as "nothing is due", the customer as "at least the smaller credit", and both are right.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 5% |
  | at least 95.0% but below 98.9% | 10% | // error: tier-gap
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

Source: of 83 published service level agreements, 11 leave such a hole; in one of them it is the single value 99.0 %.

Implements: measurability C1; trap T1; lint tiers-gap; defects D1, D12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.nodes import Bonus
from ..model.promises import every_payment
from ..model.tiers import Interval, has_otherwise, holes, reaching_furthest, tables
from ._tier_words import bound_like, direction_of, in_words, natural_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.nodes import Payment
    from ..model.tiers import Tier

RULE = Rule("XL310", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for tiers in tables(payment):
            if not has_otherwise(tiers):
                yield from between(payment, tiers)
                yield from at_the_end(contract, payment, tiers)


def between(payment: Payment, tiers: list[Tier]) -> Iterator[Diagnostic]:
    """Holes between two rows; each is shown at the lower of the two rows in the text."""
    for hole in holes([tier.interval for tier in tiers]):
        beside = [tier for tier in tiers if hole.high == tier.interval.low or hole.low == tier.interval.high]
        last = max(beside, key=lambda tier: tier.row.span.start)
        words = in_words(hole, bound_like(payment))
        yield Diagnostic(
            "tier-gap",
            last.row.span,
            f"no row of `{payment.name}` says what follows when the value is {words}",
            here="a hole lies before this row" if last is not tiers[0] else "a hole lies after this row",
            labels=tuple(Label(tier.row.span, "the other row is here") for tier in beside if tier is not last),
            why="One party will say that nothing is due for it, the other that the smaller credit is.",
            remedy="Let the rows meet in one number: `at least` it in one row, `below` it in the other.",
        )


def at_the_end(contract: Contract, payment: Payment, tiers: list[Tier]) -> Iterator[Diagnostic]:
    """Results more extreme than the last row, for which nothing is said."""
    better = direction_of(contract, payment)
    if not better:
        return
    last = reaching_furthest(tiers, downwards=better == "higher")
    low, high = last.interval.lower, last.interval.upper
    beyond = Interval(high=low[0], high_closed=not low[1]) if better == "higher" else Interval(high[0], not high[1])
    if (low if better == "higher" else high)[0] is None or beyond.common(natural_range(contract, payment)).empty:
        return
    words = in_words(beyond.common(natural_range(contract, payment)), bound_like(payment))
    yield Diagnostic(
        "tier-gap",
        last.row.span,
        f"no row of `{payment.name}` says what follows when the value is {words}",
        here="the best results earn nothing" if isinstance(payment, Bonus) else "the worst results cost nothing",
        why="The table would give least where it was meant to give most.",
        remedy="Leave the outermost row without its outer bound.",
    )
