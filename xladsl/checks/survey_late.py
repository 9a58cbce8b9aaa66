"""A question that is asked long after what it is about.

Money hangs on how people remember an hour of last week. After two days the answer is about the week.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 5 days // warning: survey-late
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
}
credit ease_credit {
  for ease_2026
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
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
}
credit ease_credit {
  for ease_2026
  base fee portal_monthly of the quarter measured
  nature price reduction
  | below 5.2 | 5% |
  claim not needed
}
```

Source: the requirement that people are asked within 24 to 48 hours of the event.

Implements: measurability T6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.deadlines import days_of
from ..model.feasibility import surveys_below
from ..model.promises import bears_money, every_promise
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL447", Severity.WARNING)

FRESH_DAYS = 2


def check(contract: Contract) -> Iterator[Diagnostic]:
    paid = [promise for promise in every_promise(contract) if bears_money(contract, promise)]
    for survey in contract.every(nodes.Survey):
        within = survey.sent.within if survey.sent.event is not None else None
        if within is None or days_of(within).fewest <= FRESH_DAYS:
            continue
        promise = next((each for each in paid if any(one is survey for one in surveys_below(contract, each))), None)
        if promise is not None:
            yield Diagnostic(
                "survey-late",
                within.span,
                f"`{survey.name}` asks up to {shown(within.span)} after the event, and money hangs on the answers",
                here="people no longer remember the event itself",
                why=f"`{promise.name}` would measure the mood of the week, which the provider does not answer for.",
                remedy="Write  within 24 h , or  within 48 h  at the most.",
            )
