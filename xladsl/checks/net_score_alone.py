"""A net score that is promised without a look at what it is made of.

40 points are 40 % promoters and nobody unhappy, or 70 % and 30 %. The second company has a quarrel with a third of its
people, and the score does not show it.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  to everyone
  question recommend 0 "never" to 10 "at once" asking "Would you recommend the desk?"
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
kpi loyalty "Recommendation" {
  serves effortless_help
  value net score of after_incident.recommend counting 9 to 10 against 0 to 6
  empty counts as no data
  better when higher
}
target loyal_people "Recommendation" {
  kpi loyalty
  level at least 40 points // warning: net-score-alone
  each calendar quarter
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  to everyone
  question recommend 0 "never" to 10 "at once" asking "Would you recommend the desk?"
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
kpi loyalty "Recommendation" {
  serves effortless_help
  value net score of after_incident.recommend counting 9 to 10 against 0 to 6
  shown with distribution of after_incident.recommend
  empty counts as no data
  better when higher
}
target loyal_people "Recommendation" {
  kpi loyalty
  level at least 40 points
  each calendar quarter
}
```

A promise on the share of unhappy answers to the same question is a guard as well.

Source: the requirement that a net score is published with its distribution, or has a guard such as detractors of at
most 15 %.

Implements: measurability M16; defect D13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.measures import inherited
from ..model.promises import every_promise, formula
from ..model.samples import basis_of, same_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL575", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    bases = [(promise, basis_of(contract, promise)) for promise in every_promise(contract)]
    for promise, basis in bases:
        if basis is None or basis.kind != "net score" or promise.bindingness == "informative":
            continue
        guarded = any(other is not None and other.kind == "share" and same_answers(basis, other) for _, other in bases)
        value = formula(promise)
        if value is not None and not guarded and inherited(promise, "shown_with") is None:
            question = basis.formula.of.name
            yield Diagnostic(
                "net-score-alone",
                promise.level.span,
                f"`{promise.name}` is a net score, and nothing shows what it is made of",
                here="40% happy and nobody unhappy, or 70% and 30%?",
                why="A third of the people may be unhappy in a score that both parties celebrate.",
                remedy=f"Add to the KPI  shown with distribution of {question} , or promise how many may be unhappy.",
            )
