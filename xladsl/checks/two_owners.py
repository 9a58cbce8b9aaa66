"""A thing for which two roles are accountable.

Many may work on a promise, one answers for it. With two, each waits for the other.

Wrong:

```xladsl wrong
role service_manager "Service Delivery Manager" of northwind { accountable for portal_up }
role desk_lead "Lead of the service desk" of northwind {
  accountable for portal_up // error: two-owners
}
```

Right:

```xladsl
role service_manager "Service Delivery Manager" of northwind { accountable for portal_up }
role desk_lead "Lead of the service desk" of northwind {
  responsible for portal_up
}
```

The `owner` of a promise, a report or a plan is accountable for it.

Source: the requirement of exactly one accountable role for each target, report and action.

Implements: measurability S9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node
    from ..source import Span

RULE = Rule("XL340", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    accountable: dict[int, tuple[nodes.Role, Span]] = {}
    for block, role, place in owners(contract):
        first, first_place = accountable.setdefault(id(block), (role, place))
        if first is not role:
            name = getattr(block, "name", "it")
            yield Diagnostic(
                "two-owners",
                place,
                f"`{first.name}` and `{role.name}` are both accountable for `{name}`",
                here=f"`{role.name}` is accountable",
                labels=(Label(first_place, f"`{first.name}` is accountable already"),),
                why="When the promise is broken, each of the two could point at the other.",
                remedy=f"Keep one of them accountable, and write  responsible for {name}  for the other.",
            )


def owners(contract: Contract) -> Iterator[tuple[Node, nodes.Role, Span]]:
    """Everything that somebody is accountable for, who it is, and where that is said: owners first."""
    for block in contract.blocks:
        owner = getattr(block, "owner", None)
        if owner is not None:
            yield block, owner.found, block.place("owner")
    for role in contract.every(nodes.Role):
        for named in role.accountable:
            yield named.found, role, named.span
