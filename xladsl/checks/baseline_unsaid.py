"""An improvement without a word on where it starts.

Better than what? Without a baseline of the same KPI each party remembers another year, and a benchmark of other
companies is no baseline at all.

Wrong:

```xladsl wrong
target easier "Help gets easier" { // error: baseline-unsaid
  kpi ease
  level at least 5.2
  each calendar quarter
  commitment improvement
}
```

Right:

```xladsl
target easier "Help gets easier" {
  kpi ease
  level at least 5.2
  baseline 4.7 from 2025-07-01 to 2025-12-31 on 610 answers
  each calendar quarter
  commitment improvement
}
```

A baseline belongs to the promise, so it is by its form one of the same KPI, the same scope and the same unit.

Source: the requirement of a baseline of the same KPI for every target that is to improve.

Implements: measurability M12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import leans_on_baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL567", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if promise.baseline is None and (promise.commitment == "improvement" or leans_on_baseline(promise)):
            yield Diagnostic(
                "baseline-unsaid",
                promise.place("name"),
                f"`{promise.name}` promises to improve, and does not say from where",
                here="no `baseline` is agreed",
                why="Whether anything has become better could not be told, only claimed.",
                remedy="Add  baseline 4.7 from 2025-07-01 to 2025-12-31 on 610 answers , as it was measured.",
            )
