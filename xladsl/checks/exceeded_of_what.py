"""A promise that must be "exceeded", and has two levels that could be.

With an expected level and a higher one, "exceeded" is better than the first, or at least the second: 98 % exceeds 97 %,
and does not reach 99 %.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  stretch 99.9%
  each calendar month
  no data counts as breached
}
reward evening_out "An evening out" {
  when portal_up is exceeded 3 months in a row // warning: exceeded-of-what
  gives "An evening out for the team."
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  stretch 99.9%
  each calendar month
  no data counts as breached
}
reward evening_out "An evening out" {
  when portal_up is at least 99.9%
  gives "An evening out for the team."
}
```

Source: clauses by which credits are earned back when the level is met, exceeded, or the higher level reached.

Implements: trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL615", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for condition in contract.parts(Outcome):
        if condition.state == "exceeded":
            for named in condition.conditioned:
                promise = named.target
                if isinstance(promise, nodes.Promise) and promise.stretch is not None:
                    yield Diagnostic(
                        "exceeded-of-what",
                        condition.span,
                        f"`{promise.name}` has a level and a stretch, and `exceeded` may mean either",
                        here="better than which of the two?",
                        labels=(Label(promise.place("stretch"), "it could mean this one"),),
                        why="Between the two levels one party reads success, and the other its absence.",
                        remedy=f"Write the figure:  {promise.name} is at least {promise.stretch.span.text} , or  "
                        f"is above {promise.level.steps[0].span.text} .",
                    )
