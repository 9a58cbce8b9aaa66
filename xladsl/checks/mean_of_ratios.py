"""A mean of the shares of groups, each counting the same whatever its size.

An office of 900 at 95 % and one of 100 at 60 % have 91.5 % together, and 77.5 % as the mean of the two. Which one is
meant decides the credit; and neither shows the second office.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p", office as text from "site"
  run by northwind
}
sla offices_in_time "Offices served in time" {
  value mean over each desk.office of ( // warning: mean-of-ratios
    share of desk in which resolved - opened <= 4 business hours, empty counts as 100%
  )
  better when higher
  level at least 90%
  each calendar quarter
  during office_hours
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p", office as text from "site"
  run by northwind
}
sla offices_in_time "No office left behind" {
  value lowest over each desk.office of (
    share of desk in which resolved - opened <= 4 business hours, empty counts as 100%
  )
  better when higher
  level at least 90%
  each calendar quarter
  during office_hours
}
```

A mean over steps of time is no fault: there each minute counts the same, as a minute. Neither is a mean over groups if
the lowest of the same groups is promised beside it.

Source: 12 of 83 published agreements average ratios without weights; pooled rows and the mean of sites differ.

Implements: measurability M18; trap T6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions, nodes
from ..model.quantities import Reference
from ..model.samples import aggregate_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL578", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    overs = contract.parts(expressions.Over)
    grouped = [(part, part.each_group.target) for part in overs if isinstance(part.each_group, Reference)]
    worst = {id(group) for part, group in grouped if part.kind in ("lowest", "highest")}
    for part, group in grouped:
        inner, _ = aggregate_of(part.of)
        ratio = isinstance(inner, expressions.Share | expressions.NetScore) or getattr(inner, "kind", "") == "mean"
        if part.kind == "mean" and ratio and id(group) not in worst and not isinstance(group, nodes.Input):
            yield Diagnostic(
                "mean-of-ratios",
                part.span,
                "each group counts the same here, whatever its size",
                here="the smallest office weighs as much as the largest",
                why="Pooled rows give another figure, and neither shows a small group that is served badly.",
                remedy="Take all rows together, or  lowest over each …  for the worst group; or promise that as well.",
            )
