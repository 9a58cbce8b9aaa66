"""An agreement on experience that asks nothing of the customer.

How work feels depends on both sides: on lists of people that are right, on approvals that come, on answers that are
given. Where the customer owes nothing, the provider promises what it does not hold in its hand.

Wrong:

```xladsl wrong
goal effortless_help "Getting help takes little effort" { for office_staff } // info: nothing-asked-of-customer
obligation staff_list "Staff directory" {
  of northwind
  owner service_manager
  recurring each calendar month first on 2026-01-05
  describes "The list of people with their office and first day is complete."
}
```

Right:

```xladsl
goal effortless_help "Getting help takes little effort" { for office_staff }
obligation staff_list "Staff directory" {
  of contoso
  owner service_manager
  recurring each calendar month first on 2026-01-05
  describes "The list of people with their office and first day is complete."
}
```

Source: the requirement that each goal names the resources and the customer's obligations that make it possible.

Implements: measurability A10
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL441", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    goals = contract.every(nodes.Goal)
    promises = [promise for promise in every_promise(contract) if promise.bindingness == "binding"]
    if goals and promises and not asks_something(contract, promises):
        yield Diagnostic(
            "nothing-asked-of-customer",
            goals[0].place("name"),
            "the agreement has goals, and asks nothing of the customer for them",
            here="what must the customer do for this?",
            why="The provider would promise results that hang on what the other party does or leaves undone.",
            remedy='Add an  obligation  or a  limit  of the customer, or  provided "…"  to a promise, or a  relief  for'
            " what comes late.",
        )


def asks_something(contract: Contract, promises: list[nodes.Promise]) -> bool:
    customers = {id(side.party.found) for side in contract.agreement.between if side.capacity == "customer"}
    owed: list[Any] = [*contract.every(nodes.Obligation), *contract.every(nodes.Limit)]
    return (
        any(id(each.of_party.found) in customers for each in owed)
        or any(promise.provided for promise in promises)
        or bool(contract.every(nodes.Relief))
    )
