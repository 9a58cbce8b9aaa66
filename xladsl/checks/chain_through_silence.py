"""Windows in a row, of a promise that may have a window without data.

Three good months in a row return a credit, two bad ones double it. A month in which nothing was measured is neither:
it breaks the row, or it is passed over, and the money depends on which.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is breached 3 months in a row // warning: chain-through-silence
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  no data counts as breached
}
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is breached 3 months in a row
}
```

A promise whose quiet windows count as met, as breached or as an amount has no silent ones.

Source: published rules of repeated failures and of credits earned back that do not say what ends a row.

Implements: trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import LevelTest, Outcome, PreviousWindow, TimesInARow
from ..model.measures import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL614", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for condition in contract.parts(Outcome, LevelTest):
        if isinstance(condition.history, TimesInARow | PreviousWindow):
            for promise in promises_in(condition):
                if promise.no_data is None and inherited(promise, "empty") in (None, "no data"):
                    yield Diagnostic(
                        "chain-through-silence",
                        condition.span,
                        f"nothing says whether a window of `{promise.name}` without data ends the row",
                        here="in a row, and a silent window in between?",
                        labels=(Label(promise.place("name"), "it does not say what counts without data"),),
                        why="One party would count on through the silent window, the other would begin anew.",
                        remedy=f"Add  no data counts as met , or `breached`, or `inconclusive`, to `{promise.name}`.",
                    )


def promises_in(condition: Any) -> list[nodes.Promise]:
    return [named.target for named in condition.conditioned if isinstance(named.target, nodes.Promise)]
