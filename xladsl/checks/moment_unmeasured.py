"""A moment of truth that nothing measures.

The parties have named the moment that decides what people think. If no survey is sent from it and no KPI serves a goal
that names it, the agreement looks away just there.

Wrong:

```xladsl wrong
journey joining "Joining" of office_staff {
  touchpoint first_morning "The first morning", a moment of truth // warning: moment-unmeasured
}
```

Right:

```xladsl
journey joining "Joining" of office_staff {
  touchpoint first_morning "The first morning", a moment of truth
}
goal calm_start "The first morning is calm" {
  for office_staff
  touchpoint first_morning
}
kpi calm "Calm of the first morning" {
  serves calm_start
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
```

Source: the requirement that each moment of truth has a KPI and a trigger.

Implements: measurability R4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.node import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL593", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    triggers = {id(survey.sent.event.target) for survey in contract.every(nodes.Survey) if survey.sent.event}
    kpis = [block for block in contract.blocks if isinstance(block, nodes.Kpi | nodes.Composite)]
    served = {id(named.target) for kpi in kpis for named in kpi.serves}
    seen = {id(named.target) for goal in contract.every(nodes.Goal) if id(goal) in served for named in goal.touchpoint}
    for journey in contract.every(nodes.Journey):
        for point in walk(journey):
            if not isinstance(point, nodes.Touchpoint) or not point.moment_of_truth or id(point) in seen:
                continue
            if point.reached is None or id(point.reached.target) not in triggers:
                yield Diagnostic(
                    "moment-unmeasured",
                    point.place("name"),
                    f"nothing measures `{point.name}`, a moment of truth",
                    here="no survey is sent from it, no KPI serves it",
                    why="What decides people's judgement would be the one thing that nobody looks at.",
                    remedy="Send a survey when it is reached, or name it as a touchpoint of a goal with a KPI.",
                )
