"""A credit that does not say whether it must be claimed.

Some agreements pay credits of their own accord, others only on a claim within some days. Silence means both: the
provider waits for a claim that the customer does not know it has to make.

Wrong:

```xladsl wrong
credit portal_credit { // warning: claim-unsaid
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 10% |
  claim not needed
}
```

Source: 50 of 83 published agreements have a procedure of claims, with deadlines counted from ten different events.

Implements: measurability C6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL337", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for credit in contract.every(nodes.Credit):
        if credit.claimed is None:
            yield Diagnostic(
                "claim-unsaid",
                credit.place("name"),
                f"`{credit.name}` does not say whether it must be claimed",
                here="paid of its own accord, or on a claim?",
                why="The provider would wait for a claim, and the customer for the money.",
                remedy='Add  claim not needed , or  claim within 30 days of the report, by "…" .',
            )
