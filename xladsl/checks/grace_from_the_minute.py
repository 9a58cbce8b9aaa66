"""Some days of grace, counted from a moment in the middle of a day.

Two working days after a report on Monday at ten end on Wednesday at ten, or when Wednesday is over. Half a day lies
between the two, and perhaps the amount of a day.

Wrong:

```xladsl wrong
calendar weekdays "Working days" { open monday to friday 08:00 to 18:00 holidays of DK }
outages faults {
  columns reported as time from "reported", fixed as time from "fixed"
  lasting from reported to fixed
}
intervals late_repair {
  from faults
  counted after 2 working days of weekdays // warning: grace-from-the-minute
}
```

Right:

```xladsl
calendar weekdays "Working days" { open monday to friday 08:00 to 18:00 holidays of DK }
outages faults {
  columns reported as time from "reported", fixed as time from "fixed"
  lasting from reported to fixed
}
intervals late_repair {
  from faults
  counted after 2 working days of weekdays, whole days only
}
```

Source: a scheme of compensation after "two full working days", in which the day of the report is none of them.

Implements: trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL616", Severity.WARNING)

DAYS = ("business day", "business days", "working day", "working days")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for stretches in contract.every(nodes.Intervals):
        grace = stretches.counted_after
        if grace is not None and grace.length.unit in DAYS and not grace.whole_days:
            yield Diagnostic(
                "grace-from-the-minute",
                grace.span,
                f"`{stretches.name}` counts {grace.length.span.text} from a minute in the middle of a day",
                here="does the day of the report count?",
                why="The grace ends at the same hour some days later, or at the end of that day; a day's money lies "
                "between.",
                remedy="Add  , whole days only , or give the grace in `business hours`.",
            )
