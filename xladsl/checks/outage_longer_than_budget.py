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

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.feasibility import DAY_SECONDS, down_time, promised_shares
from ..model.promises import every_promise
from .short_outages_uncounted import shortest_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL602", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        length, days = down_time(promise), usual_days(promise.each)
        stretches = length.of.target if length is not None else None
        shortest = shortest_counted(stretches) if isinstance(stretches, nodes.Intervals) else None
        if shortest is None or days is None:
            continue
        for step, share in promised_shares(promise)[:1]:
            allowed = (1 - share) * days * DAY_SECONDS
            if 0 < allowed < Fraction(shortest.seconds):
                yield Diagnostic(
                    "outage-longer-than-budget",
                    shortest.span,
                    f"`{promise.name}` allows {minutes(allowed)}, and an outage counts from "
                    f"{minutes(Fraction(shortest.seconds))} on",
                    here="one outage that counts breaks the promise, and shorter ones never do",
                    labels=(Label(step.span, f"{minutes(allowed)} in {days} days"),),
                    why="The customer reads a promise of minutes, and has one of no outage of this length.",
                    remedy=f"Count outages of less than {minutes(allowed)} too, or promise by `count` how many outages "
                    "there may be.",
                )


def minutes(seconds: Fraction) -> str:
    text = f"{float(seconds / 60):.2f}".rstrip("0").rstrip(".")
    return f"{text} {'minute' if text == '1' else 'minutes'}"
