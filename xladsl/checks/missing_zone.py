"""Windows or hours without a time zone.

A month that begins at midnight begins at another moment in Copenhagen than in London. An outage from 23:55 to 00:05
on the last day belongs to one month, to the other, or to both; and on two days of the year an hour is missing or
comes twice.

Wrong:

```xladsl wrong
agreement digital_workplace { // error: missing-zone
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  rounding half up to EUR 0.01, once, on each credit
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
```

A promise, a calendar, a source or a site may name another zone than the agreement.

Source: only 5 of 83 published agreements name the zone in which their months and hours run.

Implements: measurability T2, T8; trap T9; lint period-undefined
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL306", Severity.ERROR)

NO_CLOCK = ("event", "ticket", "term")


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    if agreement.timezone is not None:
        return
    homeless: list[nodes.Named] = [
        promise
        for promise in every_promise(contract)
        if promise.timezone is None and promise.each not in NO_CLOCK and not zone_of_hours(promise)
    ]
    homeless += [calendar for calendar in contract.every(nodes.Calendar) if calendar.timezone is None]
    if homeless:
        yield Diagnostic(
            "missing-zone",
            agreement.place("name"),
            f"`{agreement.name}` does not say in which time zone its months, days and hours run",
            here="no `timezone` is agreed",
            labels=tuple(Label(needing.place("name"), f"`{needing.name}` needs one") for needing in homeless[:2]),
            why="What happens around midnight belongs to one month or to the next, as each party likes.",
            remedy="Add a zone to the agreement, such as  timezone Europe/Copenhagen .",
        )


def zone_of_hours(promise: nodes.Promise) -> str | None:
    """The zone of the calendar in whose hours a promise holds."""
    return promise.during.found.timezone if promise.during is not None else None
