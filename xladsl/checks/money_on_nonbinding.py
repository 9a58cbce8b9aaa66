"""Money that hangs on a promise which is not binding.

A target, an aspiration or a piece of information is not owed. A credit for missing it says that it is. Courts read
such a contradiction against the party that wrote it.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  force aspirational
  level at least 99.9%
  each calendar month
  no data counts as breached
}
credit portal_credit {
  for portal_up // error: money-on-nonbinding
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  force binding
  level at least 99.9%
  each calendar month
  no data counts as breached
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Source: the requirement that every promise says how far it binds, and that money hangs on binding ones only.

Implements: measurability S11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_payment, leads_to, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL330", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        for promise in paid_for(contract, payment):
            if promise.bindingness != "binding":
                named = next((name for name in payment.for_whom if name.found is promise), None)
                led = next((name for name in promise.breach_leads_to if leads_to(promise, payment)), payment)
                yield Diagnostic(
                    "money-on-nonbinding",
                    (named or led).span,
                    f"`{payment.name}` hangs on `{promise.name}`, which is {force_in_words(promise.bindingness)}",
                    here="not binding",
                    labels=(Label(promise.place("force" if promise.force else "name"), "its force is said here"),),
                    why="What is not owed cannot be paid for; each party could cite the clause that suits it.",
                    remedy=f"Write `force binding` in `{promise.name}`, or let another promise be paid for.",
                )


def force_in_words(force: str) -> str:
    return {"target": "a target only", "informative": "for information only"}.get(force, force)
