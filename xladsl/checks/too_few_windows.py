"""A promise that is judged once or twice before the agreement ends.

A yearly result in an agreement of one year comes when all is over. Nothing can be learned from it, and no history of
breaches can ever be told.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each half year // warning: too-few-windows
  owner service_manager
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar quarter
  owner service_manager
}
```

Source: the requirement of at least three whole windows before the end.

Implements: measurability T3
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import whole_windows
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL443", Severity.WARNING)

ENOUGH = 3
SHORTER = ("calendar month", "calendar quarter", "half year")


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    counted: dict[tuple[str, date], int | None] = {}
    for promise in every_promise(contract) if agreement.renewal is None else ():
        if isinstance(promise.each, nodes.RollingWindow | nodes.TrailingWindow):
            continue  # each day, each claim or each incident has a window of its own
        first = counts_from(promise, agreement)
        rhythm = (repr(promise.each), first)
        if rhythm not in counted:
            counted[rhythm] = whole_windows(promise.each, agreement, first, agreement.term.end)
        windows = counted[rhythm]
        if promise.bindingness == "binding" and windows is not None and windows < ENOUGH:
            yield Diagnostic(
                "too-few-windows",
                promise.place("each"),
                f"`{promise.name}` is judged {TIMES[windows]} before the agreement ends",
                here=f"{windows} whole {'window' if windows == 1 else 'windows'} from {first}",
                labels=(Label(agreement.term.span, f"ends on {agreement.term.end}"),),
                why="A result that comes when all is over mends nothing, and no breach could ever be a repeated one.",
                remedy=shorter(promise, agreement, first),
            )


TIMES = ("never", "once", "twice")


def counts_from(promise: nodes.Promise, agreement: nodes.Agreement) -> date:
    """The first day on which a promise counts."""
    settled = agreement.settling
    first = agreement.term.start if settled is None or settled == date.max else settled + timedelta(days=1)
    return max(first, promise.level.steps[0].since or first)


def shorter(promise: nodes.Promise, agreement: nodes.Agreement, first: date) -> str:
    """The longest window that comes often enough."""
    for window in reversed(SHORTER):
        windows = whole_windows(window, agreement, first, agreement.term.end)
        if windows is not None and windows >= ENOUGH and window != promise.each:
            return f"Write  each {window} : {windows} whole windows."
    return "Choose a shorter window, or a longer term."
