"""A budget of time for a longer time than the promise is judged over, and nothing about what is left of it.

Twelve hours of maintenance a year, in a promise of each month: the hours are used up month by month, and each month has
to know what the others took. Whether the rest lapses or is carried over decides about January.

Wrong:

```xladsl wrong
maintenance planned "Planned maintenance" {
  window sunday 02:00 to 06:00
  at most 12 h each calendar year // warning: budget-carry-unsaid
}
intervals portal_down {
  from portal_probe
  leaving out planned
}
```

Right:

```xladsl
maintenance planned "Planned maintenance" {
  window sunday 02:00 to 06:00
  at most 12 h each calendar year, unused time lapses
}
intervals portal_down {
  from portal_probe
  leaving out planned
}
```

Source: published agreements with a yearly budget of maintenance inside a monthly or quarterly promise.

Implements: trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.deadlines import usual_days
from ..model.feasibility import left_out
from ..model.nodes import TimeBudget
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL612", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for promise in every_promise(contract):
        ours = usual_days(promise.each)
        for block, _ in left_out(promise):
            budget = block.at_most
            if isinstance(budget, TimeBudget) and budget.carried is not None and budget.also is not None:
                budget = budget.also
            if not isinstance(budget, TimeBudget) or budget.carried is not None or id(block) in told:
                continue
            theirs = usual_days(budget.each)
            if ours is not None and theirs is not None and theirs > ours:
                told.add(id(block))
                yield Diagnostic(
                    "budget-carry-unsaid",
                    budget.span,
                    f"the budget of `{block.name}` runs over more than one window of `{promise.name}`",
                    here="what happens to what is not used?",
                    labels=(Label(promise.place("each"), "judged over these windows"),),
                    why="Each window depends on what the ones before it used up, and the next year on what was left.",
                    remedy="Add  , unused time lapses  or  , unused time carries over .",
                )
