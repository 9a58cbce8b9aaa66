"""Planned work that may take any amount of time.

What is planned does not count, and nothing says how much may be planned. A service that is down for a week of
announced work keeps its 99.9 %.

Wrong:

```xladsl wrong
maintenance planned_work "Planned work" { // warning: unlimited-maintenance
  announced 5 business days before
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out planned_work
  owner service_manager
}
```

Right:

```xladsl
maintenance planned_work "Planned work" {
  announced 5 business days before
  at most 4 h each calendar month
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out planned_work
  owner service_manager
}
```

Windows bound it as well: `window sunday 02:00 to 06:00`.

Source: the requirement of a cap on the hours of maintenance; unannounced work counts as downtime.

Implements: measurability C12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.feasibility import DAY_SECONDS, clock, left_out, promised_shares
from ..model.promises import every_promise
from ..model.statistics.availability import downtime_budget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL460", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for promise in every_promise(contract):
        for block in (each.block for each in left_out(promise)):
            open_end = isinstance(block, nodes.Maintenance) and block.at_most is None and not block.windows
            if open_end and id(block) not in told and promise.bindingness == "binding":
                told.add(id(block))
                yield Diagnostic(
                    "unlimited-maintenance",
                    block.place("name"),
                    f"`{block.name}` may take any amount of time, and `{promise.name}` leaves it out",
                    here="no bound",
                    labels=(Label(promise.place("level"), allowed(promise)),),
                    why="A service that is down for a week of announced work would still keep its promise.",
                    remedy="Add  at most 4 h each calendar month , or a  window sunday 02:00 to 06:00 .",
                )


def allowed(promise: nodes.Promise) -> str:
    shares, days = promised_shares(promise), usual_days(promise.each)
    if not shares or days is None:
        return "the promise is here"
    return f"allows {clock(downtime_budget(shares[-1][1], days * DAY_SECONDS))} of {days} days to fail, beside it"
