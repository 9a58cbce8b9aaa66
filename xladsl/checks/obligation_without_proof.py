"""A duty of the provider of which nobody can say whether it was done.

The road map was shared, says the provider; nothing useful came, says the customer. Without evidence, and somebody who
accepts it, both are right.

Wrong:

```xladsl wrong
obligation roadmap "Road map" { // warning: obligation-without-proof
  of northwind
  owner service_manager
  recurring each calendar year first on 2026-01-31
  describes "What will change in the services in the next twelve months."
}
```

Right:

```xladsl
evidence milestones "Milestones" {
  columns done as date from "accepted_on"
  accepted by service_manager
}
obligation roadmap "Road map" {
  of northwind
  owner service_manager
  recurring each calendar year first on 2026-01-31
  proof in milestones
  describes "What will change in the services in the next twelve months."
}
```

Evidence needs somebody who accepts it, in the obligation or in the evidence itself. Tickets and other records speak
for themselves.

Source: the requirement that strategic obligations have a rhythm, a day on which they are due, evidence, and somebody
who accepts them.

Implements: measurability T11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL452", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    providers = {id(side.party.found) for side in contract.agreement.between if side.capacity == "provider"}
    for obligation in contract.every(nodes.Obligation):
        loose = obligation.force in ("aspirational", "informative")
        if id(obligation.of_party.found) not in providers or loose:
            continue
        proof = obligation.proof.found if obligation.proof is not None else None
        if proof is None:
            yield unproven(obligation, "name", "no evidence is named", "Add  proof in SOURCE  and  accepted by ROLE .")
        elif isinstance(proof, nodes.Evidence) and proof.accepted_by is None and obligation.accepted_by is None:
            yield unproven(
                obligation, "proof", "accepted by whom?", "Add  accepted by ROLE , a role of the other party."
            )


def unproven(obligation: nodes.Obligation, field: str, here: str, remedy: str) -> Diagnostic:
    return Diagnostic(
        "obligation-without-proof",
        obligation.place(field),
        f"nobody can say whether `{obligation.name}` was done",
        here=here,
        why="One party would call it done, and the other would not.",
        remedy=remedy,
    )
