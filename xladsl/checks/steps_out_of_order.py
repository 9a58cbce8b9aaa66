"""Steps of a level or an amount that are not in the order of their dates.

From each date on, one value holds. Where a later step bears an earlier date, or two bear the same, two values hold at
once.

Wrong:

```xladsl wrong
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-10-01, 5.5 from 2026-04-01 // error: steps-out-of-order
  each calendar quarter
}
```

Right:

```xladsl
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-04-01, 5.5 from 2026-10-01
  each calendar quarter
}
```

Source: the requirement that a ramp is dated, without gaps, and in order.

Implements: measurability T1, A7; trap T23
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL322", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.parts(nodes.Level, nodes.Fee, nodes.Parameter):
        for steps in sequences(node):
            for earlier, later in pairwise(steps):
                if (later.since or date.min) <= (earlier.since or date.min):
                    yield Diagnostic(
                        "steps-out-of-order",
                        later.span,
                        "this step does not begin after the step before it",
                        here=f"begins on {later.since}" if later.since else "begins on no date of its own",
                        labels=(Label(earlier.span, "the step before"),),
                        why="On some days two values would hold, and each party would cite its own.",
                        remedy="Put the steps in the order of their dates, and give each but the first a date.",
                    )


def sequences(node: Any) -> list[list[Any]]:
    """The dated steps of a node: for a level, those for the same rows follow each other."""
    if isinstance(node, nodes.Level) and len(node.steps) > 1:
        narrowed: list[list[nodes.LevelStep]] = []
        for step in node.steps:
            same = next((group for group in narrowed if group[0].level_where == step.level_where), None)
            if same is None:
                narrowed.append([step])
            else:
                same.append(step)
        return narrowed
    if isinstance(node, nodes.Fee):
        return [node.amounts]
    return [node.value] if isinstance(node, nodes.Parameter) else []
