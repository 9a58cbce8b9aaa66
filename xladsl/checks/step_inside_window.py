"""A level that changes in the middle of a window.

A quarter has one result. If the level rises in the middle of it, that result may meet one level and breach the other,
and nothing says which of the two counts.

Wrong:

```xladsl wrong
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2, 5.5 from 2026-11-15 // warning: step-inside-window
  each calendar quarter
  owner service_manager
}
```

Right:

```xladsl
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2, 5.5 from 2027-01-01
  each calendar quarter
  owner service_manager
}
target ease_by_days "Ease of getting help" {
  kpi ease
  level at least 5.2, 5.5 from 2026-11-15
  changes of level count by days
  each calendar quarter
  owner service_manager
}
```

Source: the requirement that a ramp has no gaps, and the trap of amounts that change with dates: Ofcom's compensation
rose on a day, and neither the day of the fault nor that of the payment was named.

Implements: measurability A7, trap T23
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.deadlines import next_start
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL437", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        for step in promise.level.steps[1:] if promise.level_change is None else ():
            following = next_start(promise.each, contract.agreement, step.since) if step.since is not None else None
            if following is not None and following != step.since:
                yield Diagnostic(
                    "step-inside-window",
                    step.span,
                    f"the level of `{promise.name}` changes on {step.since}, within a {promise.each}",
                    here="two levels hold for one result",
                    labels=(Label(promise.place("each"), "one result comes in each of these"),),
                    why="A result between the two levels would be met for one party and breached for the other.",
                    remedy=f"Begin the step with a window, as on {following}, or add  changes of level count by days .",
                )
