"""A waiver that ends before the agreement begins.

A waiver is for a time: until the owner is found, the probe is installed, the calendar is known. After its end the
finding counts again, and a waiver that ended before the agreement begins never counted.

Wrong:

```xladsl wrong
waive owner-unsaid on portal_up until 2025-12-31 because "Agreed in the workshop." // warning: expired-waiver
```

Right:

```xladsl
sla uptime_inside "Availability inside" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
waive owner-unsaid on uptime_inside until 2026-12-31 because "Agreed in the workshop."
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL362", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    term = contract.agreement.term
    for waiver in contract.every(nodes.Waiver):
        if waiver.until < term.start:
            yield Diagnostic(
                "expired-waiver",
                waiver.span,
                f"the waiver of `{waiver.rule}` ends on {waiver.until}, before the agreement begins",
                here="waives nothing any more",
                labels=(Label(term.span, "the agreement begins here"),),
                why="What it excused is found again, and the paper would still say that it is accepted.",
                remedy="Give it an end within the term, or correct what the rule finds.",
            )
