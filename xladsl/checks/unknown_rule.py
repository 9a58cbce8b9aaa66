"""A waiver of a rule that does not exist.

A waiver is printed in the contract: the parties knew of the finding, and accept it. With a rule that nobody knows,
they accept nothing.

Wrong:

```xladsl wrong
waive calm-unsaid on portal_up until 2026-12-31 because "Agreed." // error: unknown-rule
```

Right:

```xladsl
sla uptime_inside "Availability inside" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
waive owner-unsaid on uptime_inside until 2026-12-31 because "The owner is named with the new desk in summer."
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity, rule_modules
from ..model import nodes
from ..spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL360", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for waiver in contract.every(nodes.Waiver):
        if waiver.rule not in rule_modules():
            near = nearest(waiver.rule, rule_modules())
            yield Diagnostic(
                "unknown-rule",
                waiver.span,
                f"there is no rule called `{waiver.rule}`",
                here=f"did you mean `{near}`?" if near else "waives nothing",
                why="The contract would say that the parties accept something, and not what.",
                remedy=f"Write `{near}`."
                if near
                else "Write the rule's name as it stands in brackets behind a finding.",
            )
