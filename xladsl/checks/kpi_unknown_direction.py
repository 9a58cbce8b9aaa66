"""A KPI of which nobody says whether more is better.

Reports colour it, bonuses reward it, and reviews ask whether it improved. None of them can tell.

Wrong:

```xladsl wrong
kpi reopened "Tickets opened again" { // warning: kpi-unknown-direction
  serves effortless_help
  value count of desk
}
```

Right:

```xladsl
kpi reopened "Tickets opened again" {
  serves effortless_help
  value count of desk
  better when lower
}
```

A KPI that applies a measure of the catalogue takes the direction from there.

Source: latency, loss and lost time are better when lower; 15 of 83 published agreements promise such a value.

Implements: measurability S4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.measures import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL344", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for kpi in [*contract.every(nodes.Kpi), *contract.every(nodes.Composite)]:
        if inherited(kpi, "better") is None:
            yield Diagnostic(
                "kpi-unknown-direction",
                kpi.place("name"),
                f"`{kpi.name}` does not say whether higher or lower is better",
                here="better when higher, or when lower?",
                why="Nobody could tell from a report whether things went well.",
                remedy="Add  better when higher  or  better when lower .",
            )
