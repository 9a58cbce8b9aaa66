"""A level that the measured value can never have, or can never miss.

A mean of answers from 1 to 7 is never 8; a share is never 120 %. Such a promise is broken, or kept, on the day it is
signed.

Wrong:

```xladsl wrong
target quick_help "Ease of getting help" {
  kpi ease
  level at least 7.5 // error: level-outside-range
  each calendar quarter
}
```

Right:

```xladsl
target quick_help "Ease of getting help" {
  kpi ease
  level at least 5.2
  each calendar quarter
}
```

The range is the one that the KPI or its measure states; otherwise that of the question's scale, 0 % to 100 % for a
share, and -100 to 100 points for a net score.

Source: the requirement that a target lies within the range of its KPI.

Implements: measurability M2; trap T16; lint target-out-of-range
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.ranges import range_of
from ..model.tiers import EVERYTHING, Interval, bounded, size
from ..model.units import measured_unit, together, unit_of
from ._tier_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL321", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        possible = range_of(promise)
        if possible == EVERYTHING:
            continue
        for step in promise.level.steps:
            value = size(step.amount)
            if value is not None and fits(promise, step.amount):
                kept = bounded(promise.level.comparison, value)
                if kept.common(possible).empty or possible.within(kept):
                    yield outside(promise, step.amount, possible, "met" if possible.within(kept) else "missed")
        for amount in others_of(promise):
            value = size(amount) if amount is not None else None
            if value is not None and not possible.has(value) and fits(promise, amount):
                yield outside(promise, amount, possible, "")


def others_of(promise: nodes.Promise) -> list[Any]:
    """The amounts beside the level, which decide nothing by themselves but must be possible."""
    baseline = promise.baseline.amount if promise.baseline else None
    warned = promise.warned.amount if promise.warned else None
    return [promise.stretch, promise.minimum_level, baseline, warned]


def fits(promise: nodes.Promise, amount: Any) -> bool:
    """Whether an amount is of the promise's unit; if not, another rule has spoken already."""
    return together(measured_unit(promise), unit_of(amount)) is not None


def outside(promise: nodes.Promise, amount: Any, possible: Interval, always: str) -> Diagnostic:
    words = in_words(possible, amount)
    return Diagnostic(
        "level-outside-range",
        amount.span,
        f"`{promise.name}` speaks of `{amount.span.text}`, and the measured value is always {words}",
        here=f"always {always}" if always else "never measured",
        why="The promise would be decided before anything is measured.",
        remedy="Choose a level that can be measured, or correct the range of the KPI.",
    )
