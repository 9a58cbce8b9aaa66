"""Outages that never count because each of them is short.

Where parts of a minute are dropped, or only outages of some minutes count, a service may be gone again and again
without a single counted second: a hundred outages of 59 seconds are more than an hour and a half, and the month is
perfect. The parties may mean it so; they should know it. Where one outage that counts is already more than the promise
allows, `outage-longer-than-budget` says so.

Wrong:

```xladsl wrong
outages incidents {
  columns began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals portal_down {
  from incidents
  partial minutes are dropped // info: short-outages-uncounted
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
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
  partial minutes count exactly
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Source: published agreements that drop partial minutes; by them a hundred outages of 59 seconds are an uptime of 100 %.

Implements: trap T10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import bears_money, every_promise
from ._short_outages import minutes, one_breaks, shortest_counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL601", Severity.INFO)

MANY = 100


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for promise in every_promise(contract):
        shortest = shortest_counted(promise) if bears_money(contract, promise) else None
        if shortest is None or id(shortest.stretches) in told or one_breaks(promise, shortest):
            continue
        told.add(id(shortest.stretches))
        just_less = shortest.seconds - 1
        yield Diagnostic(
            "short-outages-uncounted",
            shortest.span,
            f"an outage of less than {minutes(shortest.seconds)} is no downtime of `{shortest.stretches.name}`",
            here="and however many there are, none counts",
            labels=(Label(promise.place("name"), "money hangs on this promise"),),
            why=f"{MANY} outages of {just_less:f} seconds are {MANY * just_less / 3600:.1f} hours, and the value stays "
            "perfect.",
            remedy="Leave it if the parties mean it so; or count exactly, or limit how many outages there may be.",
        )
