"""An experience agreement in which nothing that binds asks anyone.

Green outside and red inside: availability and times are kept, and people are miserable. An agreement that names goals
of people and binds nobody to what they say will look like that.

Wrong:

```xladsl wrong
target ease_2026 "Ease of getting help" { // warning: watermelon
  kpi ease
  force informative
  level at least 5.2
  each calendar quarter
}
```

Right:

```xladsl
target ease_2026 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
  breach leads to ease_plan
}
```

It speaks of agreements with goals. A plain agreement on service levels promises no experience, and hides none.

Source: the watermelon effect; service levels of operation and technology alone do not show what people meet.

Implements: measurability R3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, measured
from ..model.samples import perspectives_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL592", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    goals = contract.every(nodes.Goal)
    promises = every_promise(contract)
    binding = [promise for promise in promises if promise.bindingness == "binding"]
    felt = [promise for promise in promises if "experience" in perspectives_of(contract, measured(promise))]
    if goals and binding and not any(promise.bindingness == "binding" for promise in felt):
        at = felt[0] if felt else binding[0]
        yield Diagnostic(
            "watermelon",
            at.place("name"),
            f"{len(binding)} {'promise binds' if len(binding) == 1 else 'promises bind'}, and none of them asks anyone",
            here=f"{at.bindingness}, and the only one that is felt" if len(felt) == 1 else "green outside, red inside?",
            labels=(Label(goals[0].place("name"), "what people were to feel"),),
            why="Every figure could be green while the people for whom the agreement was made are not served.",
            remedy="Let one promise on answers of people be  force binding , if only with an improvement plan.",
        )
