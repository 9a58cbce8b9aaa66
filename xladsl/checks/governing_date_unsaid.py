"""An amount that changes with the years, and no word on which day decides.

A fault of March is paid in May, and the amount rose in April. The day of the incident, of the report and of the
payment give three credits.

Wrong:

```xladsl wrong
parameter day_rate "Amount for a day" { // warning: governing-date-unsaid
  value EUR 10.00 from 2026-01-01, EUR 10.50 from 2027-01-01
}
credit portal_credit {
  for portal_up
  nature price reduction
  value day_rate per full day of length of portal_down
  claim not needed
}
```

Right:

```xladsl
parameter day_rate "Amount for a day" {
  value EUR 10.00 from 2026-01-01, EUR 10.50 from 2027-01-01
  governed by the date of the incident
}
credit portal_credit {
  for portal_up
  nature price reduction
  value day_rate per full day of length of portal_down
  claim not needed
}
```

Left out, it is the end of the window that is measured. That is a rule, but few readers know it.

Source: amounts of compensation that rose from GBP 8.00 to GBP 10.34 over the years, without the day that decides.

Implements: trap T23
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.promises import every_payment
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL466", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    changing = {
        parameter
        for parameter in contract.every(nodes.Parameter)
        if len(parameter.value) > 1 and not parameter.governed_by
    }
    for payment in every_payment(contract) if changing else ():
        for named in walk(payment):
            parameter = named.target if isinstance(named, Reference) else None
            if isinstance(parameter, nodes.Parameter) and parameter in changing:
                changing.discard(parameter)
                yield Diagnostic(
                    "governing-date-unsaid",
                    parameter.place("name"),
                    f"`{parameter.name}` changes with time, and nothing says which day decides",
                    here="of the incident, of the report, of the payment?",
                    labels=(Label(named.span, "it is paid by here"),),
                    why="Around each change, three days give three amounts.",
                    remedy="Add  governed by the date of the incident , or  of the breach , or  of the report .",
                )
