"""A window of which nobody can say when it begins or ends.

A billing month begins on a day that the agreement must name, a fiscal quarter in a month that it must name. A rolling
month has 28 to 31 days. And "three months in a row" means nothing for a promise that is measured by the quarter.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each billing month // error: window-not-clear
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
```

Source: published agreements that mix calendar and billing months, or count in months of 28, 30 and 31 days at once.

Implements: measurability T2; traps T8, T18; lint period-undefined
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import Outcome, PreviousWindow, SingleWindow, TimesInARow, TimesOfLast
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL324", Severity.ERROR)

VAGUE_LENGTHS = ("months", "quarters", "years")


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    for promise in every_promise(contract):
        window, place = promise.each, promise.place("each")
        if window == "billing month" and agreement.billing_month is None:
            yield unclear(
                place,
                f"`{promise.name}` is measured each billing month, and no day is agreed on which it begins",
                "begins on which day?",
                "Add  billing month starts on day 1  to the agreement, or write `calendar month`.",
            )
        elif window in ("fiscal quarter", "fiscal year") and agreement.fiscal_year is None:
            yield unclear(
                place,
                f"`{promise.name}` is measured each {window}, and the agreement does not say when its year starts",
                "begins in which month?",
                "Add  fiscal year starts 1 april  to the agreement, or write `calendar quarter`.",
            )
        elif isinstance(window, nodes.RollingWindow) and window.length.unit in VAGUE_LENGTHS:
            yield unclear(
                place,
                f"`{promise.name}` rolls over {window.span.text.removeprefix('rolling ')}, whose length changes",
                "how many days is this?",
                "Write the days: `rolling 28 days`, `rolling 90 days`.",
            )
    for node in contract.parts(Outcome):
        yield from unlike_windows(node)


def unclear(place: Span, title: str, here: str, remedy: str, label: Label | None = None) -> Diagnostic:
    return Diagnostic(
        "window-not-clear",
        place,
        title,
        here=here,
        labels=(label,) if label else (),
        why="The same outage keeps the promise in one window and breaks it in another.",
        remedy=remedy,
    )


def unlike_windows(condition: Outcome) -> Iterator[Diagnostic]:
    """A history in other units than those in which the promise is measured."""
    history: Any = condition.history
    if not isinstance(history, TimesOfLast | TimesInARow | PreviousWindow | SingleWindow):
        return
    unit = history.unit.removesuffix("s")
    for reference in condition.conditioned:
        promise = reference.found
        window = promise.each if isinstance(promise, nodes.Promise) else None
        shorter = {"month": ("quarter", "year"), "quarter": ("year",)}.get(unit, ())
        if isinstance(window, str) and window.endswith(shorter):
            yield unclear(
                history.span,
                f"`{promise.name}` is measured each {window}, and this counts in {unit}s",
                f"a verdict comes only once in a {window.removeprefix('calendar ')}",
                f"Count in {window.split()[-1]}s, or in `windows`.",
                Label(promise.place("each"), "measured in these windows"),
            )
