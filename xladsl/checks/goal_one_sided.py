"""A goal that is either only felt or only counted.

A survey alone says that people are unhappy and not why; response times alone say that all is green while people give up
asking. A goal needs one figure of each kind.

Wrong:

```xladsl wrong
goal calm_start "The first week is calm" { for office_staff } // warning: goal-one-sided
kpi calm "Calm of the first week" {
  serves calm_start
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
target calm_people "Calm of the first week" {
  kpi calm
  force binding
  level at least 80%
  each calendar quarter
  breach leads to ease_plan
}
```

Right:

```xladsl
goal calm_start "The first week is calm" { for office_staff }
kpi calm "Calm of the first week" {
  serves calm_start
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
kpi solved_soon "Solved on the same day" {
  serves calm_start
  value share of desk in which resolved - opened <= 8 h
  empty counts as no data
  better when higher
}
target calm_people "Calm of the first week" {
  kpi calm
  force binding
  level at least 80%
  each calendar quarter
  breach leads to ease_plan
}
```

A KPI that does not state its perspective has that of its source. It speaks of goals on which something binding rests.

Source: the requirement that experience data stand beside operational and technical data, and the advice against
measuring by surveys only.

Implements: measurability R2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, measured
from ..model.samples import perspectives_of
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL591", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    promised = {id(measured(each)) for each in every_promise(contract) if each.bindingness == "binding"}
    kpis = [block for block in contract.blocks if isinstance(block, nodes.Kpi | nodes.Composite)]
    for goal in contract.every(nodes.Goal):
        serving = [kpi for kpi in kpis if any(named.target is goal for named in kpi.serves)]
        kinds = {kind for kpi in serving for kind in perspectives_of(contract, kpi)}
        if not any(id(kpi) in promised for kpi in serving) or not kinds:
            continue
        felt, counted = "experience" in kinds, bool(kinds - {"experience"})
        if felt != counted:
            names = listed(f"`{kpi.name}`" for kpi in serving)
            yield Diagnostic(
                "goal-one-sided",
                goal.place("name"),
                f"`{goal.name}` is only {'felt' if felt else 'counted'}: {names}",
                here="no figure says why" if felt else "nobody is asked",
                why="People would be unhappy without a cause, or unhappy while everything is green.",
                remedy=f"Let a KPI of {'operation or technology' if felt else 'experience'} serve it as well.",
            )
