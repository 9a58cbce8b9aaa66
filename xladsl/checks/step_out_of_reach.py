"""A step that no measured value can ever reach.

A share is never below 0 %, an answer on a scale from 1 to 7 is never 10 below its level, and a month has no 800 hours.
A row or a unit that lies beyond what can be measured promises what will never be paid. A row that other rows leave no
value for is found by `unreachable-tier`, one that a cap cuts off by `tier-above-cap`.

Wrong:

```xladsl wrong
credit ease_credit {
  for ease_2026
  base fee portal_monthly of the month measured
  value 1% of base per full 5 of shortfall // warning: step-out-of-reach
  cap 5% of base each calendar quarter
}
```

Right:

```xladsl
credit ease_credit {
  for ease_2026
  base fee portal_monthly of the month measured
  value 1% of base per full 0.5 of shortfall
  cap 5% of base each calendar quarter
}
```

Source: published points schemes whose consequence asks for more points than one month can give.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.schedules import every_proof
from . import unreachable_tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL401", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    known = {found.span for found in unreachable_tier.check(contract)}
    for payment, proofs in every_proof(contract).items():
        proof = proofs.get("every step in reach")
        if proof is not None and proof.holds is False:
            span = proof.place.span if proof.place is not payment else payment.place("pay")
            if span not in known:
                yield Diagnostic(
                    "step-out-of-reach",
                    span,
                    f"`{payment.name}` has a step that no value can reach",
                    here=proof.sentence,
                    why="It makes the payment look more generous than it can ever be.",
                    remedy="Move the step into what can be measured, or leave it out.",
                )
