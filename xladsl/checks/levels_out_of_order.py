"""A minimum that is stricter than the level, or a stretch that is easier.

Minimum, level and stretch are three steps of one stair. In another order, the promise is kept while the minimum below
it is missed.

Wrong:

```xladsl wrong
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  minimum 99.9% // error: levels-out-of-order
  each calendar month
}
```

Right:

```xladsl
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  minimum 99.5%
  each calendar month
}
```

Source: the requirement that minimum, target and stretch follow each other.

Implements: measurability A8
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import direction, every_promise
from ..model.tiers import scale, size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL329", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        better = direction(promise)
        for step in promise.level.steps if better and promise.level.steps[0].level_where is None else ():
            minimum, level, stretch = (on_stair(promise, amount) for amount in stair(promise, step))
            if minimum is not None and level is not None and is_better(minimum, level, better):
                yield misplaced(promise, "minimum_level", "the minimum is stricter than the level", step)
            if stretch is not None and level is not None and is_better(level, stretch, better):
                yield misplaced(promise, "stretch", "the stretch is easier than the level", step)


def stair(promise: nodes.Promise, step: nodes.LevelStep) -> tuple[Any, Any, Any]:
    return promise.minimum_level, step.amount, promise.stretch


def on_stair(promise: nodes.Promise, amount: Any) -> Decimal | None:
    """An amount that can be put in order with the level."""
    return size(amount) if scale(amount) == scale(promise.level.steps[0].amount) else None


def is_better(one: Decimal, other: Decimal, better: str) -> bool:
    return one > other if better == "higher" else one < other


def misplaced(promise: nodes.Promise, field: str, what: str, step: nodes.LevelStep) -> Diagnostic:
    return Diagnostic(
        "levels-out-of-order",
        promise.place(field),
        f"{what} of `{promise.name}`",
        here="on the wrong side of the level",
        labels=(Label(step.span, "the level"),),
        why="A result could meet the one and miss the other, the wrong way round.",
        remedy="Put them in order: the minimum is easiest, the stretch hardest.",
    )
