"""Hours that cross midnight, after the last of their days.

Monday to Friday from 20:00 to 10:00: does the night of Friday go on until Saturday at 10:00, or does Friday end at
midnight, and does Monday begin with ten hours that belong to nobody? Here the hours belong to the day on which they
begin. The reader of the paper may think otherwise.

Wrong:

```xladsl wrong
calendar nights "Nights" {
  open monday to friday 20:00 to 10:00 // info: night-of-which-day
  covers 2026-01-01 to 2028-12-31
}
```

Right:

```xladsl
calendar nights "Nights" {
  open monday to friday 00:00 to 10:00, 20:00 to 24:00
  covers 2026-01-01 to 2028-12-31
}
```

Source: a published agreement with windows from 20:00 to 10:00 on working days and others at weekends.

Implements: trap T9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL610", Severity.INFO)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for opening in contract.parts(nodes.Opening):
        if opening.weekdays.last is None:
            continue
        last, following = last_day(opening.weekdays)
        for span in opening.spans:
            if span.end < span.start and following not in days_of(opening.weekdays):
                yield Diagnostic(
                    "night-of-which-day",
                    span.span,
                    f"these hours go on into {following.capitalize()}, until {span.end:%H:%M}",
                    here=f"the night of {last.capitalize()} ends a day later",
                    why=f"Who reads that {last.capitalize()} is the last day may end the hours at midnight.",
                    remedy="Leave it if the night is meant; or write the hours of each day: `00:00 to 10:00, 20:00 to "
                    "24:00`.",
                )


def last_day(weekdays: nodes.Weekdays) -> tuple[str, str]:
    """The last of some days, and the day that follows it."""
    last = weekdays.last or weekdays.first
    return last, DAYS[(DAYS.index(last) + 1) % len(DAYS)]


def days_of(weekdays: nodes.Weekdays) -> list[str]:
    first, last = DAYS.index(weekdays.first), DAYS.index(weekdays.last or weekdays.first)
    return [DAYS[(first + step) % len(DAYS)] for step in range((last - first) % len(DAYS) + 1)]
