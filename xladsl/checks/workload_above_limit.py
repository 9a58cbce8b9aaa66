"""A limit of use below the use that is expected.

The agreement expects 1,500 tickets a month and owes its times for 1,200. In the usual month the promise then does not
hold, though nobody has done anything unusual.

Wrong:

```xladsl wrong
tickets desk "Service desk" {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
  expects 1,500 rows each calendar month
}
sla desk_fast "Cases solved in time" {
  for portal
  kpi fixed_in_time
  level at least 95%
  each calendar month
  owner service_manager
}
limit ticket_volume "Tickets in a month" {
  of contoso
  for portal
  at most 1,200 tickets // warning: workload-above-limit
  each calendar month
}
```

Right:

```xladsl
tickets desk "Service desk" {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
  expects 1,500 rows each calendar month
}
sla desk_fast "Cases solved in time" {
  for portal
  kpi fixed_in_time
  level at least 95%
  each calendar month
  owner service_manager
}
limit ticket_volume "Tickets in a month" {
  of contoso
  for portal
  at most 1,750 tickets
  each calendar month
}
```

Source: the requirement that the expected volume lies inside the limit.

Implements: measurability A5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import services_of, time_limits
from ..model.promises import every_promise
from ..model.samples import expected_of_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL434", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for limit in contract.every(nodes.Limit):
        for source in sources_for(contract, limit):
            expected = expected_of_source(source, limit.each)
            if expected is not None and expected > limit.at_most.count:
                yield Diagnostic(
                    "workload-above-limit",
                    limit.place("at_most"),
                    f"`{limit.name}` allows {limit.at_most.count:,} {limit.at_most.what}, and `{source.name}` expects"
                    f" {int(expected):,}",
                    here="less than is expected",
                    labels=(Label(source.place("expects_events"), "so many are expected"),),
                    why="The times would not be owed in the usual month.",
                    remedy=f"Allow more than {int(expected):,}, say {int(expected) * 115 // 100:,}, or correct what is"
                    " expected.",
                )


def sources_for(contract: Contract, limit: nodes.Limit) -> list[nodes.Tickets]:
    """The tickets that the limited services' times are measured on, where the limit speaks of tickets."""
    services = {id(named.found) for named in limit.for_whom}
    found = {}
    for promise in every_promise(contract):
        if services & {id(service) for service in services_of(promise)}:
            for each in time_limits(contract, promise):
                if isinstance(each.source, nodes.Tickets) and limit.at_most.what in ("tickets", each.source.name):
                    found[id(each.source)] = each.source
    return list(found.values())
