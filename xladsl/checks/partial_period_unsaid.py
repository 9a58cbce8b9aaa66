"""A first or last window that is cut short, and no rule for it.

An agreement that begins on the 15th has a first month of half the length. Four bad minutes are twice as bad in it, or
the other half counts as perfect, or the month does not count at all: three rules, three results.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-15 to 2026-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month // warning: partial-period-unsaid
  no data counts as breached
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-15 to 2026-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  partial periods count their own length
  level at least 99.9%
  each calendar month
  no data counts as breached
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Source: the same four minutes on a service that existed for ten days give 99.9907 % or 99.9722 % in two published
rules.

Implements: trap T19
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.measures import inherited
from ..model.promises import bears_money, every_promise, formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL334", Severity.WARNING)

FIRST_MONTHS = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": (1,)}


def check(contract: Contract) -> Iterator[Diagnostic]:
    term = contract.agreement.term
    for promise in every_promise(contract):
        unit = str(promise.each).removeprefix("calendar ")
        if formula(promise) is None or unit not in FIRST_MONTHS:
            continue
        cut = not begins_window(term.start, unit) or not begins_window(term.end + timedelta(days=1), unit)
        if cut and inherited(promise, "partial_periods") is None and bears_money(contract, promise):
            yield Diagnostic(
                "partial-period-unsaid",
                promise.place("each"),
                f"`{promise.name}` has a window that is cut short by the term, and no rule for it",
                here=f"the first or the last {unit} is not a whole one",
                labels=(Label(term.span, "the term"),),
                why="Whether the rest counts as perfect, is left out or shortens the window decides about the credit.",
                remedy="Add  partial periods count their own length , or `are left out`, or `count as met elsewhere`.",
            )


def begins_window(day: date, unit: str) -> bool:
    return day.day == 1 and day.month in FIRST_MONTHS[unit]
