"""A cause that does not count, without a record and without a bound.

Each outage has to be talked about: was it that cause, and for how long? Nobody wrote it down, and nothing limits the
answer.

Wrong:

```xladsl wrong
exclusion customer_side "Causes on the customer's side" { // warning: open-exclusion
  describes "A device or a line of the customer has failed."
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out customer_side
  owner service_manager
}
```

Right:

```xladsl
outages incident_log "Log of outages" {
  columns began as time from "from", ended as time from "to", cause as text from "cause"
  lasting from began to ended
}
exclusion customer_side "Causes on the customer's side" {
  describes "A device or a line of the customer has failed."
  recorded in incident_log where cause is "customer"
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out customer_side
  owner service_manager
}
```

Source: the requirement that relief is bounded: by notice, by evidence, by a longest duration or a bucket of days.

Implements: measurability C13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.feasibility import left_out
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL461", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block, promise in exclusions_used(contract):
        if block.from_source is None and block.at_most is None:
            yield Diagnostic(
                "open-exclusion",
                block.place("name"),
                f"`{block.name}` takes time out of `{promise.name}` that nobody records and nothing limits",
                here="no record, and no bound",
                why="Any outage could be said to have had this cause, after it happened.",
                remedy='Add  recorded in SOURCE where cause is "…" , or  at most 8 h each calendar month , or both.',
            )


def exclusions_used(contract: Contract) -> list[tuple[nodes.Exclusion, nodes.Promise]]:
    """The exclusions that binding promises leave out, each with the first promise that does."""
    found: dict[nodes.Exclusion, nodes.Promise] = {}
    for promise in every_promise(contract):
        for each in left_out(promise) if promise.bindingness == "binding" else ():
            if isinstance(each.block, nodes.Exclusion):
                found.setdefault(each.block, promise)
    return list(found.items())
