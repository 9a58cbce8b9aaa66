"""A table whose first tier does not begin where the promise ends.

If it begins lower, a breach just below the level costs nothing: the true promise is the lower number. If it begins
higher, or takes in the level itself, a credit is due although the promise was kept.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.5% | 5% | // error: first-tier-not-promise
  | below 99.0% | 10% |
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

Where a first stretch is meant to be free, say so in a row of its own: `| at least 99.5% but below 99.9% | 0% |`.

Source: published agreements that promise "at least 99.9 %" and credit "99.9 % or less", or whose table is one row
short.

Implements: measurability C3; trap T3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_payment, paid_for
from ..model.ranges import range_of
from ..model.tiers import (
    NEGATED,
    Interval,
    bounded,
    has_otherwise,
    in_steps,
    reaching_furthest,
    scale,
    size,
    step_of,
    tables,
)
from ._tier_words import bound_like, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.tiers import Tier

RULE = Rule("XL314", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        about_promises = all(isinstance(named.found, nodes.Promise) for named in payment.for_whom)
        if isinstance(payment, nodes.Bonus) or payment.when is not None or not about_promises:
            continue
        for tiers in tables(payment):
            for promise in paid_for(contract, payment) if not has_otherwise(tiers) else ():
                breach = breach_of(promise, payment)
                if breach is not None:
                    yield from compared(payment, tiers, promise, breach)


def breach_of(promise: nodes.Promise, payment: nodes.Payment) -> Interval | None:
    """The values that breach a promise; None where its level changes or is not in the table's unit."""
    steps, like = promise.level.steps, bound_like(payment)
    if len(steps) != 1 or like is None or promise.level.comparison not in NEGATED:
        return None
    value = size(steps[0].amount)
    if value is None or scale(steps[0].amount) != scale(like):
        return None
    breach, step = bounded(NEGATED[promise.level.comparison], value), step_of(payment)
    return breach if step is None else in_steps(breach, step)


def compared(
    payment: nodes.Payment, tiers: list[Tier], promise: nodes.Promise, breach: Interval
) -> Iterator[Diagnostic]:
    """The edge of the paying rows against the edge of the breach."""
    paying = [tier for tier in tiers if tier.worth != 0 and not tier.interval.empty]
    free = [tier for tier in tiers if tier.worth == 0]
    downwards = breach.low is None
    mildest = reaching_furthest(paying or tiers, downwards=not downwards)
    edge = mildest.interval.upper if downwards else mildest.interval.lower
    wanted = breach.upper if downwards else breach.lower
    too_much = not mildest.interval.common(range_of(promise)).within(breach)
    if edge == wanted or (free and not too_much) or (too_much and payment.policy == "first row that fits"):
        return
    level = in_words(breach, bound_like(payment))
    yield Diagnostic(
        "first-tier-not-promise",
        mildest.row.span,
        f"`{payment.name}` pays although `{promise.name}` is kept"
        if too_much
        else f"a breach of `{promise.name}` may cost nothing: the first row of `{payment.name}` begins later",
        here=f"`{promise.name}` is breached when it is {level}",
        labels=(Label(promise.place("level"), "the promise is here"),),
        why="The level and the table are two numbers for one promise; each party would cite the one that suits it.",
        remedy=f"Let the first row begin at the level: {level}."
        + ("" if too_much else " If a stretch is to be free, give it a row of its own with `0%`."),
    )
