"""A calendar that ends before the agreement does.

Clocks stop on holidays. Past its last day a calendar knows none, so the clocks run on Christmas, and promises are
broken that were kept the year before.

Wrong:

```xladsl wrong
calendar office_hours {
  open monday to friday 08:00 to 17:00
  holidays of DK
  covers 2026-01-01 to 2026-12-31 // error: calendar-not-covering
}
```

Right:

```xladsl
calendar office_hours {
  open monday to friday 08:00 to 17:00
  holidays of DK
  covers 2026-01-01 to 2028-12-31
}
```

Source: the requirement that holiday calendars cover the whole term.

Implements: measurability T7
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL325", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    term = contract.agreement.term
    for calendar in contract.every(nodes.Calendar):
        covers = calendar.covers
        if covers is None or covers.start > covers.end or (covers.start <= term.start and term.end <= covers.end):
            continue
        too_late = covers.start > term.start
        yield Diagnostic(
            "calendar-not-covering",
            covers.span,
            f"`{calendar.name}` begins after the agreement does"
            if too_late
            else f"`{calendar.name}` ends before the agreement does",
            here=f"its holidays are known from {covers.start}"
            if too_late
            else f"its holidays are known until {covers.end}",
            labels=(Label(term.span, "the agreement lasts this long"),),
            why="On holidays outside of the calendar the clocks would not stop.",
            remedy=f"Let it cover the term: {term.start} to {term.end}; or agree on a review before it ends.",
        )
