"""A right that arises although the promise is kept.

The promise is 99.9 %, and the right to terminate begins below 99.95 %. In a month of 99.92 % the provider has kept
its word, and the customer may leave.

Wrong:

```xladsl wrong
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is below 99.95% in one month // warning: right-despite-promise
  on 30 days notice
}
```

Right:

```xladsl
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is below 95% in one month
  on 30 days notice
}
```

Source: the requirement that thresholds of termination agree with the levels of the promises: one at a terrible level,
no questions asked.

Implements: measurability C11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import LevelTest
from ..model.node import walk
from ..model.promises import direction
from ..model.tiers import scale, settled, size
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract

RULE = Rule("XL458", Severity.WARNING)

BAD_SIDE = {"below": "higher", "at most": "higher", "above": "lower", "at least": "lower"}


def check(contract: Contract) -> Iterator[Diagnostic]:
    for right in contract.every(nodes.Right):
        for test in walk(right.when) if right.when is not None else ():
            if not isinstance(test, LevelTest):
                continue
            for named in test.conditioned:
                promise = named.found
                if isinstance(promise, nodes.Promise) and on_good_side(promise, test):
                    yield Diagnostic(
                        "right-despite-promise",
                        test.span,
                        f"`{right.name}` arises although `{promise.name}` is kept",
                        here=f"{shown(test.amount.span)} meets the level",
                        labels=(Label(promise.place("level"), "the level is here"),),
                        why="One party could leave while the other keeps its word.",
                        remedy="Choose a value that breaches the promise, far below what is still usual.",
                    )


def on_good_side(promise: nodes.Promise, test: LevelTest) -> bool:
    """Whether a test for bad values begins among those that meet every step of the level."""
    better = direction(promise)
    value = size(test.amount)
    if BAD_SIDE.get(test.relation) != better or value is None:
        return False
    steps = [step.amount for step in promise.level.steps]
    if any(size(step) is None or scale(step) != scale(settled(test.amount)) for step in steps):
        return False
    return all(beyond(value, size(step), better) for step in steps)


def beyond(value: Decimal, level: Decimal | None, better: str) -> bool:
    return level is not None and (value > level if better == "higher" else value < level)
