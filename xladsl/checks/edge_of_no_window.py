"""The end of a window in a place that has none.

Stretches of time, pauses and what is left out are made of all the data, whatever window is judged: so a stretch over
midnight is one for both of its days. `the end of the window` says nothing there; it belongs into the measurement.

Wrong:

```xladsl wrong
outages line_log "Log of the lines" {
  columns began as time from "began", ended as time from "ended"
  lasting from began to ended
  run by northwind
  kept for 24 months
}
intervals still_down "Lines that are still down" {
  from line_log where ended >= the end of the window // error: edge-of-no-window
}
```

Right:

```xladsl
kpi still_open "Cases that are open at the end" {
  serves effortless_help
  value count of desk where opened < the end of the window and (resolved is empty or resolved >= the end of the window)
  better when lower
}
```

Source: the order of work: rows become stretches before these are cut to a window.

Implements: trap T8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.expressions import WindowEdge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL624", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.every(nodes.Intervals):
        yield from edges_in(contract, block)
    for reason in contract.every(nodes.LeavesOut):
        yield from edges_in(contract, reason)
    for source in contract.every(nodes.Tickets):
        yield from edges_in(contract, source)


def edges_in(contract: Contract, block: nodes.Block) -> Iterator[Diagnostic]:
    for part in contract.within(block):
        if isinstance(part, WindowEdge):
            yield Diagnostic(
                "edge-of-no-window",
                part.span,
                f"`{block.name}` is made of all the data, and has no window",
                here="of which window?",
                why="Each window would have other stretches, and an outage over midnight would be two.",
                remedy="Say it in the `value` of a KPI or a service level, which is measured in a window.",
            )
