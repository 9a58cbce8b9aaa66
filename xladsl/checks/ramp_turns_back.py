"""A level that becomes easier with time.

A ramp says that things get better. Where a later step asks for less than an earlier one, either two numbers were
exchanged, or something was agreed that nobody would expect from the text.

Wrong:

```xladsl wrong
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.5 from 2026-04-01, 5.2 from 2027-01-01 // warning: ramp-turns-back
  each calendar quarter
  owner service_manager
}
```

Right:

```xladsl
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-04-01, 5.5 from 2027-01-01
  each calendar quarter
  owner service_manager
}
```

Source: the requirement that the steps of a ramp are sorted in time and in direction: 65, 70, 75, and not 70, 68.

Implements: measurability A7
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import direction, every_promise
from ..model.tiers import scale, size
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL435", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        better = direction(promise)
        for earlier, later in pairwise(promise.level.steps) if better else ():
            if earlier.level_where == later.level_where and easier(earlier, later, better):
                yield Diagnostic(
                    "ramp-turns-back",
                    later.span,
                    f"from {later.since} on, `{promise.name}` promises less than before",
                    here=f"{shown(later.amount.span)} after {shown(earlier.amount.span)}",  # type: ignore[union-attr]
                    labels=(Label(earlier.span, "the step before"),),
                    why="A result that was a breach in one year would be good enough in the next.",
                    remedy=f"Put the steps in the order in which they become {better}, or waive this with the reason.",
                )


def easier(earlier: nodes.LevelStep, later: nodes.LevelStep, better: str) -> bool:
    before, after = size(earlier.amount), size(later.amount)
    if before is None or after is None or scale(earlier.amount) != scale(later.amount):
        return False
    return after < before if better == "higher" else after > before
