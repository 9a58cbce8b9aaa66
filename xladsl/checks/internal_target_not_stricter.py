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

Source: the requirement of the source documents that operational targets are stricter than those of the contract.

Implements: measurability A6
"""

from __future__ import annotations

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
        inside, outside = only_level(target.level), only_level(promise.level)
        if inside is None or outside is None or scale_of(target.level) != scale_of(promise.level):
            continue
        if not inside.within(outside) or inside == outside:
            yield Diagnostic(
                "internal-target-not-stricter",
                target.place("level"),
                f"`{target.name}` is not stricter than `{promise.name}`",
                here="who reaches this may still break the promise",
                labels=(Label(promise.place("level"), "the promise"),),
                why="The provider's people would hit their target while the provider misses its own.",
                remedy="Choose a level that lies on the good side of the promise.",
            )


def only_level(level: nodes.Level) -> Interval | None:
    """The values that meet a level; None where the level changes with time or is not an amount."""
    value = size(level.steps[0].amount) if len(level.steps) == 1 else None
    return bounded(level.comparison, value) if value is not None else None


def scale_of(level: nodes.Level) -> str:
    return scale(level.steps[0].amount)
