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
from ..model import nodes
from ..model.schedules import every_proof
from ._tier_words import FAULTS_OF_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL401", Severity.WARNING, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs.get("every step in reach")
        if proof is None or proof.holds is not False or says_nothing_is_due(proof.place):
            continue
        yield Diagnostic(
            "step-out-of-reach",
            proof.place.span if proof.place is not payment else payment.place("pay"),
            f"`{payment.name}` has a step that no value can reach",
            here=proof.sentence,
            why="It makes the payment look more generous than it can ever be.",
            remedy="Move the step into what can be measured, or leave it out.",
        )


def says_nothing_is_due(place: Node) -> bool:
    """A row such as `| at least 99.9% | 0% |` is for the reader: it promises nothing that could be out of reach."""
    return isinstance(place, nodes.TierRow) and getattr(place.cells[-1], "amount", None) == 0
