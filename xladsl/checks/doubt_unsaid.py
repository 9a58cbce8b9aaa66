"""A promise that may come out unclear, and does not say what follows then.

Who asks for proof, or for a smallest number of answers, makes room for a third verdict: neither met nor breached. If
nothing is said about it, doubt may go on for years, and nobody has to do anything.

Wrong:

```xladsl wrong
target easy "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  breached when proven at 95% // warning: doubt-unsaid
  breach leads to ease_plan
}
```

Right:

```xladsl
target easy "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  breached when proven at 95%
  unclear leads to ease_plan
  breach leads to ease_plan
}
```

A promise on which nothing hangs may stay in doubt.

Source: a rule of decision is agreed beforehand, and an inconclusive result has a rule of its own (ISO/IEC 17025; ISO
10576-1).

Implements: measurability M26
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, payments_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL587", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        asks_for_proof = isinstance(promise.breached_when, nodes.ProvenDecision | nodes.GuardedDecision)
        hangs = promise.breach_leads_to or payments_on(contract, promise)
        if promise.bindingness == "binding" and asks_for_proof and promise.unclear is None and hangs:
            yield Diagnostic(
                "doubt-unsaid",
                promise.place("breached_when"),
                f"`{promise.name}` may be neither met nor breached, and does not say what follows",
                here="and when it is not proven?",
                why="A doubt that nobody has to remove can last as long as the agreement.",
                remedy="Add  unclear leads to PLAN , or  unclear counts as met , or let it extend to the next window.",
            )
