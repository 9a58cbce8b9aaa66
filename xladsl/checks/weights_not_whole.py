"""The weights of an index that do not add up to 100 %.

With weights of 90 % the best possible index is 90, and every target above it is lost before anything is measured.

Wrong:

```xladsl wrong
composite workplace "Workplace index" { // error: weights-not-whole
  part ease weight 60% scaled from 1 to 7
  part fixed_in_time weight 30% scaled from 0% to 100%
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

Source: the requirement that the weights of a composite add up to 100 %.

Implements: measurability M15
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL327", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for composite in contract.every(nodes.Composite):
        total = sum((part.weight.amount for part in composite.parts), Decimal(0))
        if total != 100 and composite.combined_as in (None, "weighted mean"):
            yield Diagnostic(
                "weights-not-whole",
                composite.place("name"),
                f"the weights of `{composite.name}` add up to {total.normalize():f}%",
                here="100% is expected",
                why="The index could never reach the top of its scale, or would exceed it.",
                remedy="Share out 100% among the parts.",
            )
