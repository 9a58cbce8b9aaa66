"""An input of a measure that its formula does not use.

Whoever applies the measure has to agree on an amount for it, and that amount changes nothing.

Wrong:

```xladsl wrong
measure early_share "Early share" {
  takes answer answers
  takes limit number // warning: unused-input
  value share of answer in which answer <= 3
  better when higher
}
```

Right:

```xladsl right
measure early_share "Early share" {
  takes answer answers
  takes limit number
  value share of answer in which answer <= limit
  better when higher
}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL237", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for measure in contract.every(nodes.Measure):
        used = {id(part.target) for part in walk(measure) if isinstance(part, Reference)}
        for taken in measure.takes:
            if id(taken) not in used:
                yield Diagnostic(
                    "unused-input",
                    taken.span,
                    f"`{measure.name}` takes `{taken.name}` and does not use it",
                    here="the formula never mentions it",
                    why="Whoever applies the measure has to agree on something that changes nothing.",
                    remedy=f"Use `{taken.name}` in the formula, or leave the line out.",
                )
