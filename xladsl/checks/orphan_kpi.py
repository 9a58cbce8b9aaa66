"""A KPI that nothing uses.

It is measured, reported and paid for, and no promise, index, goal or report asks for it. Either a promise is missing,
or the KPI is left over.

Wrong:

```xladsl wrong
kpi waiting "Time on hold" { // warning: orphan-kpi
  value median of desk.hours
  better when lower
}
tickets desk { columns opened as time from "o", resolved as time from "c", priority as text from "p",
  hours as duration in hours from "h" }
```

Right:

```xladsl
kpi waiting "Time on hold" {
  serves effortless_help
  value median of desk.hours
  better when lower
}
tickets desk { columns opened as time from "o", resolved as time from "c", priority as text from "p",
  hours as duration in hours from "h" }
```

A KPI with `priority observed` is watched without a promise, and may stand alone.

Source: the requirement that every KPI traces to a need.

Implements: measurability R1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL343", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    used = {
        id(part.target)
        for block in contract.blocks
        if not isinstance(block, nodes.Waiver)
        for part in contract.within(block)
        if isinstance(part, Reference) and part.target is not block
    }
    for kpi in contract.every(nodes.Kpi):
        if not kpi.serves and kpi.priority != "observed" and id(kpi) not in used:
            yield Diagnostic(
                "orphan-kpi",
                kpi.place("name"),
                f"nothing uses `{kpi.name}`",
                here="no promise, index, goal or report names it",
                why="It would be measured and reported for nobody.",
                remedy=f"Write a target with  kpi {kpi.name} , or a goal that it serves, or  priority observed .",
            )
