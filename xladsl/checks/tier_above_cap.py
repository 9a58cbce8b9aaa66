"""A tier that is never paid in full, because the cap is lower.

A table that reaches 50 % under a cap of 30 % promises a number that nobody will ever see.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 50% | // warning: tier-above-cap
  cap 30% of base each calendar month
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 30% |
  cap 30% of base each calendar month
}
```

Source: a published agreement with tiers up to 50 % and a cap of 30 %.

Implements: measurability C4; trap T14; lint cap-below-single-credit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.schedules import every_proof, rows_above_caps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL317", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs.get("every step below the cap")
        if proof is not None and proof.holds is False:
            for row, cap in rows_above_caps(payment, contract):
                yield Diagnostic(
                    "tier-above-cap",
                    row.span,
                    f"this row of `{payment.name}` is never paid in full",
                    here=f"`{row.cells[-1].span.text}` is more than the cap allows",  # type: ignore[union-attr]
                    labels=(Label(cap.span, "the cap is here"),),
                    why="The table promises what the cap takes back; it looks more generous than it is.",
                    remedy="Raise the cap, or let the row end at it.",
                )
