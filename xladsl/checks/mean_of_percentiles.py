"""A mean of percentiles or medians.

The mean of the 95th percentiles of two offices is not the 95th percentile of anything. Both parties may work it out
exactly, and neither can say what it tells of the people. Some networks are sold by such figures: who means one, waives
this.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t", office as text from "site"
  run by northwind
}
kpi slow "The longest repairs" {
  serves effortless_help
  value mean over each desk.office of (percentile 95 of desk.took) // warning: mean-of-percentiles
  empty counts as no data
  better when lower
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t", office as text from "site"
  run by northwind
}
kpi slow "The longest repairs" {
  serves effortless_help
  value highest over each desk.office of (percentile 95 of desk.took)
  empty counts as no data
  better when lower
}
```

Source: percentiles cannot be averaged; those of all rows taken together, or the worst of the groups, have a meaning.

Implements: measurability M18; trap T6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions
from ..model.samples import aggregate_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL577", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for part in contract.parts(expressions.Over):
        if part.kind in ("mean", "sum"):
            inner, _ = aggregate_of(part.of)
            if isinstance(inner, expressions.Percentile) or getattr(inner, "kind", "") == "median":
                yield Diagnostic(
                    "mean-of-percentiles",
                    part.span,
                    f"a {part.kind} of percentiles is a figure without a meaning",
                    here="the percentile of no one",
                    why="It could rise while every single group gets better, and nobody could say what was promised.",
                    remedy="Take the percentile of all rows together, or  highest over each …  for the worst group.",
                )
