"""A promised mean that does not see the worst cases.

Nine people who lose ten minutes and one who loses a day have a mean of an hour. Each of the nine is content, the tenth
writes to the board, and the figure is green.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t"
  run by northwind
}
sla repair "Time to repair" {
  value mean of desk.took
  empty counts as no data
  better when lower
  level at most 2 h // warning: mean-without-tail
  each calendar month
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "o", resolved as time from "c", priority as text from "p",
    took as duration in hours from "t"
  run by northwind
}
sla repair "Time to repair" {
  value mean of desk.took
  empty counts as no data
  better when lower
  level at most 2 h
  each calendar month
}
sla long_repair "The longest repairs" {
  value percentile 90 of desk.took
  empty counts as no data
  better when lower
  level at most 8 h
  each calendar month
}
```

A KPI that is `shown with` its distribution, a percentile, a share or the worst group of the same values will do.

Source: the requirement that a mean has a guard for its tail; durations are skewed, and their mean follows a few.

Implements: measurability M17
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.measures import inherited
from ..model.promises import every_promise
from ..model.samples import basis_of, basis_of_formula, same_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL576", Severity.WARNING)

OF_PEOPLE = (nodes.Survey, nodes.Tickets)
"""Sources in which each row is somebody's case; the mean of many probes a minute is another matter."""

SINGLE = ("event", "ticket")
"""Windows of a single case, which is its own mean."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    bases = [(promise, basis_of(contract, promise)) for promise in every_promise(contract)]
    others = [basis for _, basis in bases]
    others += [basis_of_formula(contract, kpi.value) for kpi in contract.every(nodes.Kpi)]
    for promise, basis in bases:
        if basis is None or basis.kind != "mean" or not isinstance(basis.source, OF_PEOPLE):
            continue
        if promise.each in SINGLE:
            continue
        guarded = any(
            other is not None and other.kind in ("percentile", "share") and same_answers(basis, other)
            for other in others
        )
        if promise.bindingness != "informative" and not guarded and inherited(promise, "shown_with") is None:
            values = basis.formula.of.span.text
            yield Diagnostic(
                "mean-without-tail",
                promise.level.span,
                f"`{promise.name}` is a mean, and nothing looks at the worst cases",
                here="nine short ones hide a long one",
                why="The people who are served worst would be the ones that the agreement does not see.",
                remedy=f"Add to the KPI  shown with distribution of {values} , or promise  percentile 90 of {values} .",
            )
