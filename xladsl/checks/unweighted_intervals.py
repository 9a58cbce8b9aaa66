"""A mean over small intervals in which a quiet interval counts as much as a busy one.

One failed interval of 8,640 costs a hundredth of a percent, whether it held a single request or all the requests of the
month. With a million requests lost in it and one request in each of the others, the figure is 99.99 %, while 99 of 100
requests have failed. The parties may mean it so; they should know it.

Wrong:

```xladsl wrong
events requests { columns at as time from "time", failed as yes or no from "error" }
sla portal_up "Portal availability" {
  value 100% - mean over each 5 min of // info: unweighted-intervals
               (share of requests in which failed is yes, empty counts as 0%)
  level at least 99.9%
  each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
events requests { columns at as time from "time", failed as yes or no from "error" }
sla portal_up "Portal availability" {
  value 100% - (share of requests in which failed is yes, empty counts as 0%)
  level at least 99.9%
  each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Source: published agreements of storage services that average the error rates of intervals without weights.

Implements: trap T6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import Group, Over, Share
from ..model.node import walk
from ..model.promises import bears_money, every_promise, formula
from ..model.quantities import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL605", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        value = formula(promise)
        for over in walk(value) if value is not None and bears_money(contract, promise) else ():
            if not isinstance(over, Over) or over.kind != "mean" or not isinstance(over.each_group, Duration):
                continue
            ratio = over.of.value if isinstance(over.of, Group) else over.of
            if isinstance(ratio, Share) and ratio.weighted_by is None:
                each = over.each_group.span.text
                yield Diagnostic(
                    "unweighted-intervals",
                    over.span,
                    f"a quiet {each} counts as much as a busy one in `{promise.name}`",
                    here="a mean of ratios, without weights",
                    labels=(Label(promise.place("name"), "money hangs on this promise"),),
                    why="All the failures of a busy hour may weigh less than a night in which nobody noticed any.",
                    remedy=f"Leave it if the parties mean it so; or take all rows together: `{ratio.span.text}`.",
                )
