"""A binding promise that has no level for its first months.

Between the first day of the term and the first step of the level, results are measured against nothing. If the time
is meant for settling in, the agreement says so; if not, somebody forgot a step.

Wrong:

```xladsl wrong
target ease_2027 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2 from 2026-04-01 // warning: ramp-begins-late
  each calendar quarter
  owner service_manager
}
```

Right:

```xladsl
target ease_2027 "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.0, 5.2 from 2026-04-01
  each calendar quarter
  owner service_manager
}
```

With `settling until 2026-03-31` in the agreement, the first example is right as well.

Source: the requirement that a ramp is dated and has no gaps.

Implements: measurability A7
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL436", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    counts_from = agreement.term.start
    if agreement.settling is not None and agreement.settling < date.max:
        counts_from = max(counts_from, agreement.settling + timedelta(days=1))
    for promise in every_promise(contract):
        first = promise.level.steps[0]
        if promise.bindingness == "binding" and first.since is not None and first.since > counts_from:
            yield Diagnostic(
                "ramp-begins-late",
                first.span,
                f"`{promise.name}` has no level from {counts_from} to {first.since - timedelta(days=1)}",
                here=f"begins on {first.since}",
                labels=(Label(agreement.term.span, "the term begins here"),),
                why="For these days nobody could say whether the promise was kept.",
                remedy=f"Give the first step no date, or add  settling until {first.since - timedelta(days=1)}  to the"
                " agreement.",
            )
