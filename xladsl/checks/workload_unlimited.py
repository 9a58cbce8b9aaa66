"""Time limits that are owed for any number of cases.

Ninety-five of a hundred cases in four hours is one promise for a thousand cases a month, and another for three
thousand. Without a limit the first busy month is a breach, or an argument about whether it should be one.

Wrong:

```xladsl wrong
sla desk_fast "Cases solved in time" { // warning: workload-unlimited
  for portal
  kpi fixed_in_time
  level at least 95%
  each calendar month
  no data counts as breached
  owner service_manager
}
credit desk_credit {
  for desk_fast
  base fee portal_monthly of the month measured
  | below 95% | 5% |
}
```

Right:

```xladsl
sla desk_fast "Cases solved in time" {
  for portal
  kpi fixed_in_time
  level at least 95%
  each calendar month
  no data counts as breached
  owner service_manager
}
credit desk_credit {
  for desk_fast
  base fee portal_monthly of the month measured
  | below 95% | 5% |
}
limit ticket_volume "Tickets in a month" {
  of contoso
  for portal
  at most 1,400 tickets
  each calendar month
}
```

The rule speaks of tickets, which people work on, and not of requests to a machine.

Source: ISO/IEC 20000-1, clause 8.3.3: an agreement on service levels includes targets, workload limits and
exceptions.

Implements: measurability A5, trap T22
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.feasibility import services_of, time_limits
from ..model.promises import bears_money, every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL433", Severity.WARNING)

HEADROOM = 115  # percent of what is expected


def check(contract: Contract) -> Iterator[Diagnostic]:
    limited = {id(named.found) for limit in contract.every(nodes.Limit) for named in limit.for_whom}
    seen: set[int] = set()
    for promise in every_promise(contract):
        services = services_of(promise)
        known = {id(service) for service in services}
        if not services or known & (limited | seen) or not bears_money(contract, promise):
            continue
        limits = [limit for limit in time_limits(contract, promise) if isinstance(limit.source, nodes.Tickets)]
        if limits:
            seen |= known
            expects = getattr(limits[0].source, "expects_events", None)
            yield Diagnostic(
                "workload-unlimited",
                promise.place("name"),
                f"`{promise.name}` holds for any number of cases of `{services[0].name}`",
                here="no limit of use is agreed for this service",
                why="In a month with twice the cases the same people would owe the same times, and pay.",
                remedy=f"Add  limit NAME {{ of {customer(contract)} for {services[0].name}"
                f" at most {most(expects)} }} .",
            )


def most(expects: nodes.ExpectedRows | None) -> str:
    if expects is None:
        return "1,400 tickets each calendar month"
    return f"{int(expects.rows) * HEADROOM // 100:,} tickets each {expects.span.text.partition('each ')[2].strip()}"


def customer(contract: Contract) -> str:
    sides = [side.party.name for side in contract.agreement.between if side.capacity == "customer"]
    return sides[0] if sides else "CUSTOMER"
