"""A measure that is worked out of itself.

A value that needs itself first has no result, whatever the data.

Wrong:

```xladsl wrong
measure early_share "Early share" {
  takes answer answers
  value 100% - late_share of answer // error: measure-circle
  better when higher
}

measure late_share "Late share" {
  takes answer answers
  value 100% - early_share of answer // error: measure-circle
  better when lower
}
```

Right:

```xladsl right
measure early_share "Early share" {
  takes answer answers
  value 100% - late_share of answer
  better when higher
}

measure late_share "Late share" {
  takes answer answers
  value share of answer in which answer < 4
  better when lower
}
```

Implements: measurability S1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import Application
from ..model.node import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL236", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for measure in contract.every(nodes.Measure):
        closing = application_of_itself(measure)
        if closing is not None:
            yield Diagnostic(
                "measure-circle",
                measure.place("value"),
                f"`{measure.name}` is worked out of itself",
                here="leads back to this measure",
                why="A value that needs itself first has no result.",
                remedy="Write one of the formulas without the other.",
                labels=(Label(closing.span, "the circle closes here"),),
            )


def application_of_itself(measure: nodes.Measure) -> Application | None:
    """Where the measure is applied again by its own formula, or by one that this formula applies."""
    waiting, seen = [measure], {id(measure)}
    while waiting:
        for part in walk(waiting.pop()):
            target = part.measure.target if isinstance(part, Application) else None
            if isinstance(part, Application) and target is measure:
                return part
            if isinstance(target, nodes.Measure) and id(target) not in seen:
                seen.add(id(target))
                waiting.append(target)
    return None
