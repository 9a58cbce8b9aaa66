"""A calendar of working days that knows no holiday.

Monday to Friday includes Christmas Day, as it is written. One party counts it as a working day and the other does not,
and with parties in two countries there are two answers for a dozen days a year.

Wrong:

```xladsl wrong
calendar desk_hours "Desk" { // warning: holidays-unsaid
  open monday to friday 08:00 to 18:00
  covers 2026-01-01 to 2028-12-31
}
```

Right:

```xladsl
calendar desk_hours "Desk" {
  open monday to friday 08:00 to 18:00
  holidays of DK
  covers 2026-01-01 to 2028-12-31
}
```

A calendar that is open on all seven days, or that lists the days on which it is closed, says enough.

Source: published agreements in "working days" or "business hours" that name no country's holidays.

Implements: trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.feasibility import days_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL618", Severity.WARNING)

WORKING_DAYS = {0, 1, 2, 3, 4}


def check(contract: Contract) -> Iterator[Diagnostic]:
    for calendar in contract.every(nodes.Calendar):
        open_days = {day for opening in calendar.opening for day in days_from(opening.weekdays)}
        if open_days == WORKING_DAYS and not calendar.holidays and not calendar.closed:
            yield Diagnostic(
                "holidays-unsaid",
                calendar.place("name"),
                f"`{calendar.name}` is open on every working day, holidays included",
                here="closed on whose holidays?",
                why="A deadline over Christmas would end on two different days, by the one party and by the other.",
                remedy="Add  holidays of DK , or of another country, or list the days:  closed 2026-12-24 .",
            )
