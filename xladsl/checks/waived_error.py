"""A waiver of an error.

A warning is a matter of judgement, and the parties may judge otherwise. An error is not: a table with a hole has a
hole, whoever agrees to it, and nothing could be worked out for a value inside.

Wrong:

```xladsl wrong
waive tier-gap on portal_up until 2026-12-31 because "We know." // error: waived-error
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

from ..diagnostics import Diagnostic, Rule, Severity, rule_modules, rule_named
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL361", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for waiver in contract.every(nodes.Waiver):
        rule = rule_named(waiver.rule) if waiver.rule in rule_modules() else None
        if rule is not None and (rule.severity == Severity.ERROR or rule.bars_signing):
            yield Diagnostic(
                "waived-error",
                waiver.span,
                f"`{waiver.rule}` {'bars signing' if rule.bars_signing else 'is an error'} and cannot be waived",
                here="only warnings can be waived",
                why="What it finds cannot be worked out, printed or decided, even if both parties accept it.",
                remedy="Correct what the rule finds, and delete the waiver.",
            )
