"""A service of which nobody says what does not count.

Either something is left out, such as planned maintenance, or nothing is. Silence is read by the provider as "what is
usual in the trade" and by the customer as "nothing".

Wrong:

```xladsl wrong
service wiki "Company wiki" { // error: exceptions-unsaid
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
  leaving out planned_work
  owner service_manager
}
maintenance planned_work "Planned work" {
  window sunday 02:00 to 06:00
  at most 4 h each calendar month
  announced 5 business days before
}
```

Where nothing is left out, a clause in the chapter of exclusions may say so:

```xladsl
service wiki "Company wiki" {
  by northwind
  for office_staff
}
clause nothing_left_out "Nothing is left out" {
  in exclusions
  text "Every minute counts, planned or not."
}
```

Source: ISO/IEC 20000-1:2018, clause 8.3.3: an agreement on service levels includes service level targets, workload
limits and exceptions.

Implements: measurability A5; lint exclusions-empty
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.feasibility import left_out
from ..model.promises import every_promise
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL482", Severity.ERROR, ("iso20000",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    if any(clause.chapter == "exclusions" for clause in contract.every(nodes.Clause)):
        return
    excepting = [promise for promise in every_promise(contract) if makes_exceptions(contract, promise)]
    said = {id(named.found) for promise in excepting for named in promise.for_whom}
    for service in contract.every(nodes.Service):
        if id(service) not in said:
            yield Diagnostic(
                "exceptions-unsaid",
                service.place("name"),
                f"no promise for `{service.name}` says what does not count, or that everything does",
                here="nothing is left out, and nobody says so",
                why="The provider will leave out what is usual in the trade, and the customer will count it.",
                remedy="Write  leaving out …  in a promise for it, or say in a clause  in exclusions  that all of it"
                " counts.",
            )


def makes_exceptions(contract: Contract, promise: nodes.Promise) -> bool:
    """Whether a promise says what does not count: what it leaves out, when its clock pauses, what it presupposes."""
    pausing = [source for source in sources_of_promise(contract, promise) if isinstance(source, nodes.Tickets)]
    return bool(left_out(promise) or promise.provided or any(source.pauses for source in pausing))
