"""Money on a survey that does not say how many answers decide, and how.

Sixteen people answered, and their average was a tenth below the level. Is that a breach, or is it sixteen people?
Before money hangs on answers, the agreement says how many are enough, what doubt does, and who asks.

Wrong:

```xladsl wrong
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  no data counts as inconclusive
  owner service_manager
}
credit ease_credit {
  for ease_2026 // warning: credit-on-unguarded-sample
  base fee portal_monthly of the quarter measured
  nature price reduction
  | below 5.2 | 5% |
  claim not needed
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  expects 400 invitations, 25% answered, each calendar month
  run by contoso
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
}
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 240
  breached when proven at 95%
  unclear counts as inconclusive
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

Source: a remedy on a sampled figure needs a smallest sample, a rule of decision agreed beforehand, and a party that
measures; the counterexample is a credit note on a net score of 16 responses.

Implements: measurability C14; defect D10
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import surveys_below
from ..model.promises import every_payment, paid_for
from ..model.samples import expected_of_source
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL463", Severity.WARNING)

FLOOR = Fraction(80, 100)  # of the answers that are expected
SMALLEST = 30
DOUBT = "a rule for doubt"


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for promise in paid_for(contract, payment):
            surveys = surveys_below(contract, promise)
            missing = missing_guards(promise, surveys) if surveys else {}
            if isinstance(payment, nodes.Bonus):  # `bonus-on-estimate` speaks of its doubt
                missing.pop(DOUBT, None)
            if missing:
                named = next((name for name in payment.for_whom if name.found is promise), payment)
                yield Diagnostic(
                    "credit-on-unguarded-sample",
                    named.span,
                    f"`{payment.name}` pays on a sample without {listed(missing, 'or')}",
                    here="a few answers could decide",
                    labels=(Label(promise.place("name"), "the promise is here"),),
                    why="Money would move because a few people happened to answer, and each party could doubt them.",
                    remedy=f"Add {listed(f' {clause} ' for clause in missing.values())}.",
                )


def missing_guards(promise: nodes.Promise, surveys: list[nodes.Survey]) -> dict[str, str]:
    """What is not said, each with the clause that says it."""
    missing = {}
    if promise.answers is None:
        missing["a smallest number of answers"] = floor_of(promise, surveys)
    if promise.breached_when is None or isinstance(promise.breached_when, nodes.SimpleDecision):
        missing[DOUBT] = "breached when proven at 95%"
    if any(survey.run_by is None for survey in surveys):
        missing["a party that asks"] = "run by PARTY"
    return missing


def floor_of(promise: nodes.Promise, surveys: list[nodes.Survey]) -> str:
    """The smallest sample to ask for: most of the answers that are expected in a window."""
    expected = [expected_of_source(survey, promise.each) for survey in surveys]
    known = [number for number in expected if number is not None]
    number = int(min(known) * FLOOR) if known else 0
    return f"answers at least {max(number, SMALLEST)}"
