"""A credit that counts what its promise does not measure.

The promise speaks of the mean of a month, the credit of the days on which the mean was missed. A day cannot miss the
mean of a month: three bad days in a good month are worth three thirtieths by the credit, and nothing by the promise.

Wrong:

```xladsl wrong
telemetry core {
  columns at as time from "time", round_trip as duration in milliseconds from "rtt"
  every 5 min
}
intervals slow_days {
  from core
  each 1 h in which (mean of core.round_trip, empty counts as 0 ms) > 40 ms
}
sla latency "Latency" {
  value mean of core.round_trip
  level at most 40 ms
  each calendar month
  no data counts as met
}
credit latency_credit {
  for latency
  base fee portal_monthly of the month measured
  value base / 30 per full 24 h of length of slow_days // warning: paid-by-other-measure
  cap 100% of base each calendar month
}
```

Right:

```xladsl
telemetry core {
  columns at as time from "time", round_trip as duration in milliseconds from "rtt"
  every 5 min
}
sla latency "Latency of a day" {
  value mean of core.round_trip
  level at most 40 ms
  each calendar day
  no data counts as met
}
credit latency_credit {
  for latency
  base fee portal_monthly of the month measured
  value base / 30
  cap 100% of base each calendar month
}
```

Source: a published agreement that promises a monthly average and credits the days on which it is not kept.

Implements: trap T13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import Length
from ..model.node import walk
from ..model.promises import every_payment, formula, paid_for
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL609", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        promises = paid_for(contract, payment)
        if payment.pay is None or payment.when is not None or not promises:
            continue
        known = {id(stretches) for promise in promises for stretches in stretches_in(formula(promise))}
        for length in walk(payment.pay):
            counted = length.of.target if isinstance(length, Length) else None
            if isinstance(counted, nodes.Intervals) and id(counted) not in known and all(map(formula, promises)):
                yield Diagnostic(
                    "paid-by-other-measure",
                    length.span,
                    f"`{payment.name}` counts `{counted.name}`, and `{promises[0].name}` measures something else",
                    here="nothing ties this length to the promise",
                    labels=(Label(promises[0].place("name"), "the promise that is paid for"),),
                    why="The promise may be kept while this length is long, and broken while it is nothing.",
                    remedy=f"Promise what is paid for, `length of {counted.name}`, or pay for what is promised: "
                    "`shortfall`, `excess`.",
                )


def stretches_in(value: Node | None) -> Iterator[Node]:
    """All intervals that a value draws on, through KPIs, measures and other intervals."""
    waiting: list[Node] = [value] if value is not None else []
    seen: set[int] = set()
    while waiting:
        for part in walk(waiting.pop()):
            target = part.target if isinstance(part, Reference) else None
            if target is not None and id(target) not in seen:
                seen.add(id(target))
                if isinstance(target, nodes.Intervals):
                    yield target
                if isinstance(target, nodes.Intervals | nodes.Kpi | nodes.Measure):
                    waiting.append(target)
