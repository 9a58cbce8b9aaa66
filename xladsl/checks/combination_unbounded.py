"""Payments that are combined, one of which has no end, and no cap on their sum.

The block was written to say what all of them together come to. With one member that grows without end it says nothing.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  value EUR 100.00 per started 30 min of length of portal_down
}
credit repair_credit {
  for fixed_2026
  base fee portal_monthly of the month measured
  | below 95% | 10% |
}
combination all_credits "All credits" { // warning: combination-unbounded
  combines portal_credit, repair_credit
  rule add up
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  value EUR 100.00 per started 30 min of length of portal_down
}
credit repair_credit {
  for fixed_2026
  base fee portal_monthly of the month measured
  | below 95% | 10% |
}
combination all_credits "All credits" {
  combines portal_credit, repair_credit
  rule add up
  cap 20% of fee portal_monthly of the month measured each calendar month
}
```

Source: the usual requirement that the credits of a month stay within the amount at risk.

Implements: measurability C4; trap T15
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.schedules import capped_together, every_proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL403", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    combinations = contract.every(nodes.Combination)
    proofs = every_proof(contract) if combinations else {}
    for block in combinations:
        members = [reference.found for reference in block.combines]
        endless = [
            member
            for member in members
            if proofs[member]["bounded"].holds is False and not capped_together(member, contract)
        ]
        if endless:
            names = ", ".join(f"`{member.name}`" for member in endless)
            yield Diagnostic(
                "combination-unbounded",
                block.place("name"),
                f"nothing bounds what `{block.name}` can come to",
                here=f"{names} {'has' if len(endless) == 1 else 'have'} no cap",
                labels=(Label(endless[0].place("pay" if endless[0].pay is not None else "rows"), "grows without end"),),
                why="The sum of the credits is the number that both parties put into their books; here there is none.",
                remedy="Add  cap 20% of all fees of the month measured each calendar month  to the combination.",
            )
