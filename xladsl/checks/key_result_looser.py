"""A key result that aims lower than what is already promised.

An objective stretches beyond the promise. One that is reached while the promise is broken celebrates a breach.

Wrong:

```xladsl wrong
objective calmer "Calmer days" {
  period 2026-01-01 to 2026-12-31
  key result easier {
    kpi ease
    moves from 4.7 to 5.0 by 2026-12-31 // error: key-result-looser
  }
}
```

Right:

```xladsl
objective calmer "Calmer days" {
  period 2026-01-01 to 2026-12-31
  key result easier {
    kpi ease
    moves from 4.7 to 5.6 by 2026-12-31
  }
}
```

Compared is the level that holds on the day of the key result.

Source: the requirement that a key result names a KPI and lies at or beyond the floor that is promised.

Implements: measurability R9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import direction, every_promise, measured
from ..model.samples import level_value
from ..model.tiers import size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..model.contract import Contract

RULE = Rule("XL598", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for objective in contract.every(nodes.Objective):
        for result in objective.key_results:
            for promise in every_promise(contract):
                if measured(promise) is not result.kpi_of.target or promise.bindingness != "binding":
                    continue
                step = step_on(promise, result.moves.by)
                level, aim = level_value(promise, step.amount), size(result.moves.end)
                if level is None or aim is None:
                    continue
                if (aim < level) if direction(promise) == "higher" else (aim > level and direction(promise) == "lower"):
                    yield Diagnostic(
                        "key-result-looser",
                        result.moves.span,
                        f"`{result.name}` aims at `{result.moves.end.span.text}`, and `{promise.name}` promises more",
                        here="reached while the promise is broken",
                        labels=(Label(step.span, "promised by then"),),
                        why="The parties would celebrate an objective in the month of a breach.",
                        remedy="Aim beyond what is promised, or lower the promise.",
                    )


def step_on(promise: nodes.Promise, day: date) -> nodes.LevelStep:
    """The step of a level that holds on a day; before the first has begun, that one."""
    begun = [step for step in promise.level.steps if step.since is None or step.since <= day]
    return begun[-1] if begun else promise.level.steps[0]
