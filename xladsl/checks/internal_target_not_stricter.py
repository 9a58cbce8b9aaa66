"""An internal target that is not stricter than the promise it protects.

The provider's own people aim at the internal target. If they reach it exactly, the promise to the customer is broken.

Wrong:

```xladsl wrong
internal target portal_up_inside {
  audience internal
  stricter than portal_up
  level at least 99.5% // error: internal-target-not-stricter
}
```

Right:

```xladsl
internal target portal_up_inside {
  audience internal
  stricter than portal_up
  level at least 99.95%
}
```

Where either of the two changes with time, the steps that hold on the same days are compared.

Source: the requirement of the source documents that operational targets are stricter than those of the contract.

Implements: measurability A6
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.tiers import bounded, scale, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.tiers import Interval

RULE = Rule("XL328", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for target in contract.every(nodes.InternalTarget):
        promise = target.stricter_than.found
        for ours, theirs in in_force_together(target.level, promise.level):
            inside, outside = meets(target.level, ours), meets(promise.level, theirs)
            if inside is None or outside is None or scale(ours.amount) != scale(theirs.amount):
                continue
            if not inside.within(outside) or inside == outside:
                since = max(filter(None, (ours.since, theirs.since)), default=None)
                yield Diagnostic(
                    "internal-target-not-stricter",
                    ours.span if since else target.place("level"),
                    f"`{target.name}` is not stricter than `{promise.name}`{f' from {since} on' if since else ''}",
                    here="who reaches this may still break the promise",
                    labels=(Label(theirs.span if since else promise.place("level"), "the promise"),),
                    why="The provider's people would hit their target while the provider misses its own.",
                    remedy="Choose a level that lies on the good side of the promise.",
                )
                break


def in_force_together(ours: nodes.Level, theirs: nodes.Level) -> Iterator[tuple[nodes.LevelStep, nodes.LevelStep]]:
    """The steps of two levels that hold on the same day, for all rows, in the order of the days."""
    if any(step.level_where is not None for step in (*ours.steps, *theirs.steps)):
        return
    days = sorted({step.since or date.min for step in (*ours.steps, *theirs.steps)})
    for day in days:
        pair = [
            next((step for step in reversed(level.steps) if (step.since or date.min) <= day), None)
            for level in (ours, theirs)
        ]
        if pair[0] is not None and pair[1] is not None:
            yield pair[0], pair[1]


def meets(level: nodes.Level, step: nodes.LevelStep) -> Interval | None:
    """The values that meet a step of a level; None where it is not an amount."""
    value = size(step.amount)
    return bounded(level.comparison, value) if value is not None else None
