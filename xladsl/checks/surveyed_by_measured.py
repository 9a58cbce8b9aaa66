"""A survey that is run, unchecked, by the party that is measured by it.

Who sends the invitations decides who is asked, when, and after which case. Nobody has to cheat: it is enough to forget
the cases that went badly.

Wrong:

```xladsl wrong
survey after_incident { // warning: surveyed-by-measured
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by northwind
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
  run by northwind
  verified by contoso
}
credit ease_credit {
  for ease_2026
  value EUR 500.00
}
```

It speaks where money hangs on the survey. Raw data for the customer, or a promise `verified by` the customer, will do.

Source: the requirement that who measures is independent, or can be audited: the provider selects who gets surveyed.

Implements: measurability M21, M22
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

RULE = Rule("XL580", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    sides = {id(side.party.target): side.capacity for side in contract.agreement.between}
    spoken: list[object] = []
    for promise in every_promise(contract):
        payments = payments_on(contract, promise)
        for survey in sources_of_promise(contract, promise) if payments and promise.verified_by is None else ():
            if not isinstance(survey, nodes.Survey) or any(survey is each for each in spoken):
                continue
            run_by = survey.run_by.target if survey.run_by is not None else None
            if run_by is not None and sides.get(id(run_by)) in ("provider", "supplier") and not checked(survey):
                spoken.append(survey)
                yield Diagnostic(
                    "surveyed-by-measured",
                    survey.place("name"),
                    f"`{run_by.name}` runs `{survey.name}`, and is measured by it",
                    here="nobody verifies whom it asks",
                    labels=(Label(payments[0].place("name"), "this is due, or not, by the answers"),),
                    why="Whoever is measured would choose who may say so.",
                    remedy="Let the other party run it, or add  verified by  it, or  raw data for  it.",
                )


def checked(survey: nodes.Survey) -> bool:
    others = [party for party in survey.raw_data if survey.run_by is None or party.target is not survey.run_by.target]
    return survey.verified_by is not None or bool(others)
