"""A bonus that chance can earn.

An average of two hundred answers is an estimate: with other answers it would be a little higher or lower. If the
measured value decides alone, the customer pays a bonus for luck in some windows.

Wrong:

```xladsl wrong
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  breached when measured
  no data counts as inconclusive
  owner service_manager
}
bonus happy_people "Bonus for ease" {
  for ease_2026 // warning: bonus-on-estimate
  gate portal_up
  base fee portal_monthly of the quarter measured
  nature goodwill
  when ease_2026 is met
  value 1% of base
  claim not needed
}
```

Right:

```xladsl
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  breached when proven at 95%
  unclear counts as inconclusive
  no data counts as inconclusive
  owner service_manager
}
bonus happy_people "Bonus for ease" {
  for ease_2026
  gate portal_up
  base fee portal_monthly of the quarter measured
  nature goodwill
  when ease_2026 is met
  value 1% of base
  claim not needed
}
```

Source: the requirement of the same rule of decision for bonus and credit: what is paid for is proven.

Implements: measurability C8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import surveys_below
from ..model.promises import paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL456", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for bonus in contract.every(nodes.Bonus):
        for promise in paid_for(contract, bonus):
            by_estimate = promise.breached_when is None or isinstance(promise.breached_when, nodes.SimpleDecision)
            if by_estimate and surveys_below(contract, promise):
                named = next((name for name in bonus.for_whom if name.found is promise), bonus)
                yield Diagnostic(
                    "bonus-on-estimate",
                    named.span,
                    f"chance alone can earn `{bonus.name}`: `{promise.name}` is decided by an estimate",
                    here="measured on answers, and judged without a margin",
                    labels=(Label(promise.place("breached_when"), "what decides is said here"),)
                    if promise.breached_when
                    else (),
                    why="In some windows the customer would pay for luck.",
                    remedy=f"Write  breached when proven at 95%  in `{promise.name}`: then what is met is proven.",
                )
