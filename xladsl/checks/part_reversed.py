"""A part of an index that pulls it the wrong way.

Lost time is good when it falls. Scaled from 0 minutes to 480 it adds to the index when people lose more. The better end
of the scale is the second one: `scaled from 480 min to 0 min`.

Wrong:

```xladsl wrong
kpi repair "Time to repair" {
  serves effortless_help
  value mean of desk.took
  empty counts as no data
  better when lower
}
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t"
  run by northwind
}
composite workplace "Workplace index" {
  part ease weight 60% scaled from 1 to 7
  part repair weight 40% scaled from 0 h to 40 h // error: part-reversed
  missing makes it invalid
  better when higher
}
```

Right:

```xladsl
kpi repair "Time to repair" {
  serves effortless_help
  value mean of desk.took
  empty counts as no data
  better when lower
}
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t"
  run by northwind
}
composite workplace "Workplace index" {
  part ease weight 60% scaled from 1 to 7
  part repair weight 40% scaled from 40 h to 0 h
  missing makes it invalid
  better when higher
}
```

Source: the requirement that the parts of a composite are normalised to one direction.

Implements: measurability M15
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.measures import inherited
from ..model.tiers import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL572", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for composite in contract.every(nodes.Composite):
        upwards = composite.better != "lower"
        for part in composite.parts:
            better = inherited(part.kpi.found, "better")
            ends = (size(part.scaled.low), size(part.scaled.high)) if part.scaled is not None else None
            if ends is None and upwards == (better != "lower"):
                continue
            low, high = ends or (None, None)
            rises = ends is None or (low is not None and high is not None and low < high)
            falls = low is not None and high is not None and low > high
            wanted = (better == "higher") == upwards
            if better is not None and ((rises and not wanted) or (falls and wanted)):
                yield Diagnostic(
                    "part-reversed",
                    part.span,
                    f"`{composite.name}` gets worse when `{part.kpi.name}` gets better",
                    here=f"`{part.kpi.name}` is better when {better}",
                    labels=(Label(composite.place("better" if composite.better else "name"), "the index"),),
                    why="The provider would be rewarded for making it worse.",
                    remedy="Turn the ends of its scale round: the first becomes 0, the second 100.",
                )
