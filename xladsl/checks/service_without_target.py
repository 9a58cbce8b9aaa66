"""A service about which nothing is promised.

An agreement that names a service and sets no level for it lets each side expect what it likes. That others are promised
a level for theirs makes it worse: it reads as if this one were left out on purpose.

Wrong:

```xladsl wrong
service wiki "Company wiki" { // error: service-without-target
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
sla wiki_up "Availability of the wiki" {
  for wiki
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  each calendar month
  owner service_manager
}
```

Source: ISO/IEC 20000-1:2018, clause 8.3.3: there is an agreement for each service, and it includes service level
targets. ISO/IEC 19086-1:2016: an agreement on cloud services states its objectives, in figures or in qualities.

Implements: measurability S2, A5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL480", Severity.ERROR, ("iso20000", "iso19086"))


def check(contract: Contract) -> Iterator[Diagnostic]:
    promised = {id(named.found) for promise in every_promise(contract) for named in promise.for_whom}
    for service in contract.every(nodes.Service):
        if id(service) not in promised:
            yield Diagnostic(
                "service-without-target",
                service.place("name"),
                f"nothing is promised for `{service.name}`",
                here="no `sla` and no `target` names this service",
                why="Without a level nobody can say whether the service was good enough, and nothing follows if it was"
                " not.",
                remedy=f"Write  for {service.name}  in a promise about it, or add one:  sla NAME {{ … }} .",
            )
