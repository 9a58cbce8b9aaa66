"""A review that comes before there is anything to review.

The first review may change a promise of which not one window is over. Whoever sits there has opinions and no result.

Wrong:

```xladsl wrong
review early_review "First review" {
  recurring each half year first on 2026-03-01 // warning: review-too-early
  may change ease_2026
  owner service_manager
}
```

Right:

```xladsl
review early_review "First review" {
  recurring each half year first on 2026-07-15
  may change ease_2026
  owner service_manager
}
```

Source: the order of report, review and claim: a result is reported before it is reviewed.

Implements: measurability T3, T5
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import next_start, whole_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL444", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    for review in contract.every(nodes.Review):
        first = review.recurring.first_due
        for named in review.may_change if first is not None and first > agreement.term.start else ():
            promise = named.found
            if not isinstance(promise, nodes.Promise) or first is None:
                continue
            windows = whole_windows(promise.each, agreement, agreement.term.start, first - timedelta(days=1))
            if windows == 0:
                begins = next_start(promise.each, agreement, agreement.term.start)
                ends = next_start(promise.each, agreement, begins + timedelta(days=1)) if begins else None
                yield Diagnostic(
                    "review-too-early",
                    review.recurring.span,
                    f"`{review.name}` may change `{promise.name}` on {first}, before one window of it is over",
                    here="no result is known by then",
                    labels=(Label(promise.place("each"), "one result comes in each of these"),),
                    why="The level would be changed on opinions, and not on a result.",
                    remedy=f"Let the first review follow the first result, after {ends}."
                    if ends
                    else "Let the first review follow the first result.",
                )
                break
