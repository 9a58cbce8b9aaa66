"""Money from the first day on a measurement that is new.

The first months of a new survey show how it is answered, and those of a new provider what it took over. Credits on
them pay for the past of somebody else.

Wrong:

```xladsl wrong
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  no data counts as inconclusive
  owner service_manager
}
credit ease_credit {
  for ease_2026 // warning: no-settling-in
  base fee portal_monthly of the quarter measured
  nature price reduction
  | below 5.2 | 5% |
  claim not needed
}
```

Right:

```xladsl
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  baseline 4.9 from 2025-10-01 to 2025-12-31 on 310 answers
  each calendar quarter
  answers at least 200
  no data counts as inconclusive
  owner service_manager
}
credit ease_credit {
  for ease_2026
  base fee portal_monthly of the quarter measured
  nature price reduction
  | below 5.2 | 5% |
  claim not needed
}
```

A baseline measured before, a first step of the level that begins later, or `settling until …` in the agreement: one
of the three is enough.

Source: transition periods in which service levels are measured and no credits are due, of 90 days as a rule.

Implements: measurability T4
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.feasibility import surveys_below
from ..model.promises import every_payment, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL445", Severity.WARNING)

USUAL = timedelta(days=89)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    if agreement.settling is not None:
        return
    for payment in every_payment(contract):
        for promise in paid_for(contract, payment):
            if is_new(contract, promise):
                named = next((name for name in payment.for_whom if name.found is promise), None)
                until = agreement.term.start + USUAL if agreement.term.start < date.max - USUAL else None
                yield Diagnostic(
                    "no-settling-in",
                    (named or payment).span,
                    f"`{payment.name}` pays for `{promise.name}` from the first day, and nobody knows where it starts",
                    here="no baseline, and no time to settle in",
                    labels=(Label(promise.place("level"), "counts from the first day of the term"),),
                    why="The first results would show how the survey is answered, and cost money already.",
                    remedy=f"Add  settling until {until}  to the agreement, or a  baseline  to the promise."
                    if until
                    else "Add a  baseline  to the promise.",
                )


def is_new(contract: Contract, promise: nodes.Promise) -> bool:
    """Whether a promise measures answers from the first day, and says nothing of what they were before."""
    first = promise.level.steps[0].since
    if promise.baseline is not None or (first is not None and first > contract.agreement.term.start):
        return False
    return bool(surveys_below(contract, promise))
