"""A question that the parties have not settled.

A draft may carry it, so that it is asked once, of somebody, and stands beside the clause that it is about. In a text
that is signed it would be an agreement to agree: a court may find that the parties never meant to be bound.

Wrong:

```xladsl wrong
clause pilot "Pilot" {
  in scope
  text "The first month is a pilot."
  open "Are credits paid for the pilot?" awaiting contoso, by 2025-11-30 // info: open-point
}
```

Right:

```xladsl
clause pilot "Pilot" {
  in scope
  text "The first month is a pilot, for which no credits are paid."
}
```

In a draft and in a proposal it is worth knowing; a final or an executed text with one is not built, and no waiver
changes that.

Implements: states of an agreement
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL630", Severity.INFO, bars_signing=True)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.blocks:
        for point in getattr(block, "open_points", ()):
            asked = f", by {point.needed_by}" if point.needed_by else ""
            whom = f"awaits `{point.awaiting.name}`{asked}" if point.awaiting else f"awaits an answer{asked}"
            yield Diagnostic(
                "open-point",
                point.span,
                f"the parties have not settled “{' '.join(point.question.value.split())}”",
                here=whom,
                why="Whoever signs a question agrees to nothing, or to whatever a court answers.",
                remedy="Write the answer into the clause, and delete  open … ; a final text may have none.",
            )
