"""A response that may come later than the solution.

If a case must be solved within four hours, an answer within eight says nothing: it is either already given with the
solution, or it is too late for it.

Wrong:

```xladsl wrong
tickets desk "Service desk" {
  columns opened as time from "created", answered as time from "first_reply", resolved as time from "closed"
}
kpi fixed_in_time "Solved in time" {
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as 100%
  better when higher
}
sla answers "Answered in time" {
  value share of desk in which answered - opened <= 8 business hours // warning: response-after-resolution
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
```

Right:

```xladsl
tickets desk "Service desk" {
  columns opened as time from "created", answered as time from "first_reply", resolved as time from "closed"
}
kpi fixed_in_time "Solved in time" {
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as 100%
  better when higher
}
sla answers "Answered in time" {
  value share of desk in which answered - opened <= 1 business hour
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
```

Source: the requirement that targets agree with each other: response before resolution.

Implements: measurability A8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.feasibility import limit_place, limits_by_start, longer
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.feasibility import TimeLimit

RULE = Rule("XL438", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for limits in limits_by_start(contract):
        resolutions = [limit for limit in limits if limit.ends == "resolution"]
        for response in limits:
            if response.ends == "response":
                same = (resolution for resolution in resolutions if resolution.where == response.where)
                resolution = next(same, None)
                if resolution is not None and longer(response.limit, resolution.limit):
                    yield late(response, resolution)


def late(response: TimeLimit, resolution: TimeLimit) -> Diagnostic:
    return Diagnostic(
        "response-after-resolution",
        limit_place(response),
        f"`{response.promise.name}` allows {shown(response.limit.span)} for the answer, and"
        f" `{resolution.promise.name}` {shown(resolution.limit.span)} for the solution",
        here="later than the solution",
        labels=(Label(limit_place(resolution), "the solution is due here"),),
        why="The promise of an answer promises nothing that the other one does not promise already.",
        remedy=f"Let the answer be due before {shown(resolution.limit.span)}.",
    )
