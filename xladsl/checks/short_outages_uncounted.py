"""Outages that never count because each of them is short.

Where parts of a minute are dropped, or only outages of some minutes count, a service may be gone again and again
without a single counted second: a hundred outages of 59 seconds are more than an hour and a half, and the month is
perfect. The parties may mean it so; they should know it.

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

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import down_time, on_the_clock
from ..model.promises import every_promise, payments_on
from ..model.tiers import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL601", Severity.INFO)

MINUTE = 60
MANY = 100


class Shortest(NamedTuple):
    """The seconds that an outage must have in order to count at all, and where that is said."""

    seconds: Decimal
    span: Span


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for promise in every_promise(contract):
        length = down_time(promise)
        stretches = length.of.target if length is not None else None
        payments = payments_on(contract, promise)
        if isinstance(stretches, nodes.Intervals) and payments and id(stretches) not in told:
            shortest = shortest_counted(stretches)
            if shortest is not None:
                told.add(id(stretches))
                yield finding(stretches, shortest, promise)


def finding(stretches: nodes.Intervals, shortest: Shortest, promise: nodes.Promise) -> Diagnostic:
    just_less = shortest.seconds - 1
    hours = MANY * just_less / 3600
    return Diagnostic(
        "short-outages-uncounted",
        shortest.span,
        f"an outage of less than {shortest.seconds:f} seconds is no downtime of `{stretches.name}`",
        here="and however many there are, none counts",
        labels=(Label(promise.place("name"), "money hangs on this promise"),),
        why=f"{MANY} outages of {just_less:f} seconds are {hours:.1f} hours, and the value stays perfect.",
        remedy="Leave it if the parties mean it so; or count exactly, or limit how many outages there may be.",
    )


def shortest_counted(stretches: nodes.Intervals) -> Shortest | None:
    """The longest of the clauses by which short outages do not count; None where every second counts."""
    found = []
    for field in ("at_least_long", "longer_than"):
        duration = getattr(stretches, field)
        seconds = size(duration) if duration is not None else None
        if seconds is not None and on_the_clock(duration):
            found.append(Shortest(seconds, duration.span))
    if stretches.partial_units == "are dropped":
        found.append(Shortest(Decimal(MINUTE), stretches.place("partial_units")))
    return max(found, key=lambda shortest: shortest.seconds, default=None)
