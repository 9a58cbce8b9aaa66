"""A goal that nothing measures.

A goal without a figure is a wish. Nobody can say afterwards whether it was reached, and no promise can protect it.

Wrong:

```xladsl wrong
goal calm_start "The first week is calm" { for office_staff } // warning: goal-without-kpi
```

Right:

```xladsl
goal calm_start "The first week is calm" { for office_staff }
kpi calm "Calm of the first week" {
  serves calm_start
  value mean of after_incident.ease
  better when higher
}
```

Source: the requirement that every goal traces to a KPI.

Implements: measurability R1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL348", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    serving = [
        named.found for block in contract.blocks if isinstance(block, SERVING) for named in getattr(block, "serves", [])
    ]
    for goal in contract.every(nodes.Goal):
        if not any(served is goal for served in serving):
            yield Diagnostic(
                "goal-without-kpi",
                goal.place("name"),
                f"nothing measures the goal `{goal.name}`",
                here="no KPI serves it",
                why="Nobody could say at the end whether it was reached.",
                remedy=f"Write  serves {goal.name}  into the KPI that shows it, or define one.",
            )


SERVING = (nodes.Kpi, nodes.Composite, nodes.Objective)
