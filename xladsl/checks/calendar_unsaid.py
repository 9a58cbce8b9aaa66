"""A promise in business hours, without the calendar that says when they are.

Four business hours on a Friday afternoon end on Friday, on Monday or on Tuesday, depending on the hours of the desk
and on whose holidays it keeps.

Wrong:

```xladsl wrong
calendar desk_hours { open monday to sunday 06:00 to 22:00 }
kpi fixed_today "Incidents fixed on the same day" {
  serves effortless_help
  value share of desk in which resolved - opened <= 8 business hours
  empty counts as 100%
  better when higher
}
target fixed_daily "Incidents fixed on the same day" {
  kpi fixed_today // error: calendar-unsaid
  level at least 90%
  each calendar month
}
```

Right:

```xladsl
calendar desk_hours { open monday to sunday 06:00 to 22:00 }
kpi fixed_today "Incidents fixed on the same day" {
  serves effortless_help
  value share of desk in which resolved - opened <= 8 business hours
  empty counts as 100%
  better when higher
}
target fixed_daily "Incidents fixed on the same day" {
  kpi fixed_today
  level at least 90%
  each calendar month
  during desk_hours
}
```

The calendar may also be that of the service which the promise is for. An agreement with a single calendar means that
one.

Source: published agreements that promise "working hours" in one row and "hours" in the next, and define neither.

Implements: measurability M20; traps T9, T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.promises import every_promise, formula
from ..model.quantities import Duration
from ..model.units import BUSINESS, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL318", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    calendars = contract.every(nodes.Calendar)
    for promise in every_promise(contract) if len(calendars) != 1 else ():
        duration = business_duration_in(promise)
        if duration is not None and not has_calendar(promise):
            field = "kpi_of" if "kpi_of" in type(promise).fields and getattr(promise, "kpi_of", None) else "value"
            choices = " or ".join(f"`{calendar.name}`" for calendar in calendars[:3])
            yield Diagnostic(
                "calendar-unsaid",
                promise.place(field),
                f"`{promise.name}` counts in business time, and names no calendar",
                here="in whose business hours?",
                labels=(Label(duration.span, "business time"),),
                why="The same repair keeps the promise by one party's office hours and breaks it by the other's.",
                remedy=f"Add  during NAME , with {choices}."
                if choices
                else "Define a `calendar`, and add  during NAME .",
            )


def business_duration_in(promise: nodes.Promise) -> Duration | None:
    """The first length of business time in a promise or in what it measures."""
    for part in (promise.level, formula(promise)):
        for node in walk(part) if part is not None else ():
            if isinstance(node, Duration) and unit_of(node) == BUSINESS:
                return node
    return None


def has_calendar(promise: nodes.Promise) -> bool:
    services = [named.found for named in promise.for_whom if isinstance(named.found, nodes.Service)]
    return promise.during is not None or any(service.during is not None for service in services)
