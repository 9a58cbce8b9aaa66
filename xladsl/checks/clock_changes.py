"""A promise in working time whose credit counts another time.

The repair is promised in two working days, and the credit is for each day beyond them: over a weekend the promise
stands still and the credit runs. Both are sensible, and a reader expects one clock.

Wrong:

```xladsl wrong
outages faults {
  columns reported as time from "reported", fixed as time from "fixed"
  lasting from reported to fixed
}
intervals loss { from faults }
sla repaired "Repair" {
  value length of loss
  better when lower
  level at most 2 working days
  each event
  during office_hours
  no data counts as breached
}
credit repair_credit {
  for repaired
  value EUR 10.00 per started day of length of loss // warning: clock-changes
  cap EUR 300.00 each event
}
```

Right:

```xladsl
outages faults {
  columns reported as time from "reported", fixed as time from "fixed"
  lasting from reported to fixed
}
intervals loss { from faults }
sla repaired "Repair" {
  value length of loss
  better when lower
  level at most 2 working days
  each event
  during office_hours
  no data counts as breached
}
credit repair_credit {
  for repaired
  value EUR 10.00 per started working day of length of loss
  cap EUR 300.00 each event
}
```

Source: a scheme of compensation that waits in working days and pays in calendar days.

Implements: trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import PerUnit
from ..model.promises import every_payment, paid_for
from ..model.quantities import Duration
from ..model.tiers import settled
from ..model.units import BUSINESS, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL617", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        if not isinstance(payment.pay, PerUnit):
            continue
        per = payment.pay.per
        step = settled(per.per_step)
        for promise in paid_for(contract, payment):
            level = settled(promise.level.steps[0].amount)
            if isinstance(step, Duration) and isinstance(level, Duration) and working(level) != working(step):
                yield Diagnostic(
                    "clock-changes",
                    per.span,
                    f"`{promise.name}` is promised in {kind(level)} time, `{payment.name}` counts {kind(step)} time",
                    here=f"{kind(step)} time",
                    labels=(Label(promise.level.span, f"{kind(level)} time"),),
                    why="Over a weekend the one stands still while the other runs.",
                    remedy="Count both in one time; or let the stretches begin after the grace, with  counted after "
                    f"{level.span.text} , and promise `level at most 0 s` of them.",
                )


def working(duration: Duration) -> bool:
    return unit_of(duration) == BUSINESS


def kind(duration: Duration) -> str:
    return "working" if working(duration) else "everyday"
