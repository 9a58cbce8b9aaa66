"""A shortest outage that is longer than all the downtime the promise allows.

A promise of 99.99 % allows 4.3 minutes in a month of 30 days. Where an outage counts only from five minutes on, the
figure says nothing any more: one outage that counts breaks the promise, and any number of shorter ones keeps it.

Wrong:

```xladsl wrong
outages incidents {
  columns began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals portal_down {
  from incidents
  at least 5 min long // warning: outage-longer-than-budget
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.99%
  each calendar month
  no data counts as breached
}
```

Right:

```xladsl
outages incidents {
  columns began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals portal_down {
  from incidents
  at least 1 min long
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.99%
  each calendar month
  no data counts as breached
}
```

Source: published agreements whose definition of downtime takes back what the figure promises.

Implements: trap T10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ._short_outages import allowance, minutes, one_breaks, shortest_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL602", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        shortest, allowed = shortest_counted(promise), allowance(promise)
        if shortest is not None and allowed is not None and one_breaks(promise, shortest):
            budget = minutes(allowed.seconds)
            yield Diagnostic(
                "outage-longer-than-budget",
                shortest.span,
                f"`{promise.name}` allows {budget}, and an outage counts from {minutes(shortest.seconds)} on",
                here="one outage that counts breaks the promise, and shorter ones never do",
                labels=(Label(allowed.step.span, f"{budget} in {allowed.days} days"),),
                why="The customer reads a promise of minutes, and has one of no outage of this length.",
                remedy=f"Count outages of less than {budget} too, or promise by `count` how many outages there may be.",
            )
