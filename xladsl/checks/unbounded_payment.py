"""A payment without a cap whose value can grow without end.

So much for each half-hour of an outage is harmless for a day and a disaster for a month. A provider who cannot say what
the worst month costs has to price it, or will argue about it.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  value EUR 100.00 per started 30 min of length of portal_down // warning: unbounded-payment
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  value EUR 100.00 per started 30 min of length of portal_down
  cap EUR 5,000.00 each calendar month
}
```

A cap on all credits together, in `with other credits` or in a `combination`, bounds each of them too. A part of a fee
in proportion to the window is bounded by the window and needs no cap.

Source: the practice of capping what is at risk each month; nearly all published agreements do.

Implements: measurability C4; lint cap-missing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.schedules import capped_together, every_proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL402", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    in_block = {reference.found for block in contract.every(nodes.Combination) for reference in block.combines}
    for payment, proofs in every_proof(contract).items():
        proof = proofs["bounded"]
        if proof.holds is False and payment not in in_block and not capped_together(payment, contract):
            yield Diagnostic(
                "unbounded-payment",
                payment.place("pay" if payment.pay is not None else "rows"),
                f"nothing bounds what `{payment.name}` can come to",
                here="".join(f"{case.paid} when {case.when}" for case in proof.witness) or "it grows without end",
                why="Nobody can say what the worst month would cost, so it will be priced, or argued about.",
                remedy=f"Add  cap {bound_of(payment, contract)} each calendar month , or what the parties agree.",
            )


def bound_of(payment: nodes.Payment, contract: Contract) -> str:
    """A bound as it may be written for a payment: of what it has, points, a base or money."""
    if isinstance(payment, nodes.PointsScheme):
        return "20 points"
    return "30% of base" if payment.base is not None else f"{contract.agreement.currency or 'EUR'} 1,000.00"
