"""An index that does not say what it is when one of its parts is missing.

When the survey stops, an index of experience and technology silently becomes an index of technology alone, usually a
better one. The figure goes on under its old name, and so do the promises that rest on it.

Wrong:

```xladsl wrong
composite workplace "Workplace index" { // error: missing-part-unsaid
  part ease weight 60% scaled from 1 to 7
  part fixed_in_time weight 40% scaled from 0% to 100%
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

Source: the requirement of a policy for a missing part; a well-known product equals its score to that of technology when
the survey stops.

Implements: measurability M15; defect D11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL573", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for composite in contract.every(nodes.Composite):
        if composite.missing is None:
            yield Diagnostic(
                "missing-part-unsaid",
                composite.place("name"),
                f"`{composite.name}` does not say what it is when a part has no data",
                here="reweighted, zero, or no figure at all?",
                why="Whoever runs the survey could mend the index by not asking.",
                remedy="Add  missing makes it invalid , or  missing is reweighted , or  missing counts as zero .",
            )
