"""A cause that does not count, however long it lasts.

It is recorded, so both parties can see it. But the promise says nothing of a month in which that cause was at work
for three weeks.

Wrong:

```xladsl wrong
outages incident_log "Log of outages" {
  columns began as time from "from", ended as time from "to", cause as text from "cause"
  lasting from began to ended
}
exclusion carrier_failed "Failures of carriers" { // info: unbounded-exclusion
  recorded in incident_log where cause is "carrier"
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out carrier_failed
  owner service_manager
}
```

Right:

```xladsl
outages incident_log "Log of outages" {
  columns began as time from "from", ended as time from "to", cause as text from "cause"
  lasting from began to ended
}
exclusion carrier_failed "Failures of carriers" {
  recorded in incident_log where cause is "carrier"
  at most 8 h each calendar month, unused time lapses
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out carrier_failed
  owner service_manager
}
```

For causes that are the customer's own, no bound may be right.

Source: the requirement that relief is bounded, as by a bucket of days that is used up.

Implements: measurability C13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from .open_exclusion import exclusions_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL462", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block, promise in exclusions_used(contract):
        if block.from_source is not None and block.at_most is None:
            yield Diagnostic(
                "unbounded-exclusion",
                block.place("name"),
                f"`{block.name}` is left out of `{promise.name}` however long it lasts",
                here="no bound",
                labels=(Label(promise.place("name"), "the promise is here"),),
                why="In a month in which this cause was always at work, the promise would say nothing.",
                remedy="Add  at most 8 h each calendar month , unless no bound is meant.",
            )
