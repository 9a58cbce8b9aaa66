"""A service without a limit of the work that comes with it.

A level that was promised for a thousand cases a month is another promise for three thousand. The standard asks for the
limit of every service, whether money hangs on it or not.

Wrong:

```xladsl wrong
service wiki "Company wiki" { // error: service-without-limit
  by northwind
  for office_staff
}
```

Right:

```xladsl
service wiki "Company wiki" {
  by northwind
  for office_staff
}
limit wiki_pages "Pages read in a month" {
  of contoso
  for wiki
  at most 400,000 pages
  each calendar month
}
```

A limit that names no service holds for all of them.

Source: ISO/IEC 20000-1:2018, clause 8.3.3: an agreement on service levels includes service level targets, workload
limits and exceptions.

Implements: measurability A5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL481", Severity.ERROR, ("iso20000",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    limits = contract.every(nodes.Limit)
    if any(not limit.for_whom for limit in limits):
        return
    limited = {id(named.found) for limit in limits for named in limit.for_whom}
    customer = next((side.party.name for side in contract.agreement.between if side.capacity == "customer"), "CUSTOMER")
    for service in contract.every(nodes.Service):
        if id(service) not in limited:
            line = f"limit NAME {{ of {customer} for {service.name} at most 1,200 tickets each calendar month }}"
            yield Diagnostic(
                "service-without-limit",
                service.place("name"),
                f"no limit says how much work `{service.name}` is made for",
                here="no `limit` names this service",
                why="The provider would owe the same level for any amount of use, and nobody would notice when the use"
                " outgrows what was planned.",
                remedy=f"Add  {line} .",
            )
