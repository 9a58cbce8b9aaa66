"""A survey with money on it that does not say whether everyone is asked.

"Selected tickets" are selected by somebody. Unless everyone is asked, or a sample drawn by chance, the figure tells of
the selection.

Wrong:

```xladsl wrong
survey after_incident { // warning: invited-unsaid
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
credit ease_credit {
  for ease_2026
  value EUR 500.00
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
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
credit ease_credit {
  for ease_2026
  value EUR 500.00
}
```

Source: the requirement that the method of sampling is declared: a census, or a random sample.

Implements: measurability M22; trap T22
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, payments_on
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL581", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        payments = payments_on(contract, promise)
        for survey in sources_of_promise(contract, promise) if payments else ():
            if not isinstance(survey, nodes.Survey) or survey.asked_of or any(survey is each for each in spoken):
                continue
            spoken.append(survey)
            yield Diagnostic(
                "invited-unsaid",
                survey.place("name"),
                f"`{survey.name}` does not say whether everyone is asked",
                here="or only some, and who chooses them?",
                labels=(Label(payments[0].place("name"), "this is due, or not, by the answers"),),
                why="Whoever chooses whom to ask would choose the result.",
                remedy="Add  to everyone , or  to a random sample .",
            )
