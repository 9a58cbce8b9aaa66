"""A part of an index that is not brought to the scale of the others.

A weighted mean of 5.2 on a scale of 7 and of 93 % is a number, and means nothing: the part with the larger figures
decides alone, whatever the weights say.

Wrong:

```xladsl wrong
composite workplace "Workplace index" {
  part ease weight 60% // error: part-unscaled
  part fixed_in_time weight 40% scaled from 0% to 100%
  missing makes it invalid
  better when higher
}
```

Right:

```xladsl
composite workplace "Workplace index" {
  part ease weight 60% scaled from 1 to 7
  part fixed_in_time weight 40% scaled from 0% to 100%
  missing makes it invalid
  better when higher
}
```

A part whose range is 0 to 100 needs no scale, and neither do parts that all have one and the same range.

Source: the requirement that the parts of a composite are normalised to one scale.

Implements: measurability M15
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.ranges import PERCENTAGES, range_of_measured
from ..model.tiers import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.tiers import Interval

RULE = Rule("XL571", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for composite in contract.every(nodes.Composite):
        ranges = [range_of_part(part) for part in composite.parts]
        alike = all(each == ranges[0] != EVERYTHING for each in ranges)
        for part, reach in zip(composite.parts, ranges, strict=True):
            if part.scaled is None and reach != PERCENTAGES and not alike:
                yield Diagnostic(
                    "part-unscaled",
                    part.span,
                    f"`{part.kpi.name}` is not brought to the scale of the other parts of `{composite.name}`",
                    here="what counts as 0, and what as 100?",
                    why="The part with the largest figures would outweigh all others, whatever its weight.",
                    remedy="Add what becomes 0 and what becomes 100:  scaled from 1 to 7 .",
                )


def range_of_part(part: nodes.WeightedPart) -> Interval:
    if part.scaled is not None or isinstance(part.kpi.target, nodes.Composite):
        return PERCENTAGES
    return range_of_measured(part.kpi.found)
