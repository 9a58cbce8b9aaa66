"""A waiver of a finding that does not exist.

The cause was mended, or the waiver names the wrong block. The paper would tell the parties of a weakness that is not
there.

Wrong:

```xladsl wrong
waive owner-unsaid on portal_up until 2026-12-31 because "Agreed." // warning: useless-waiver
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
    from collections.abc import Container, Iterator

    from ..model.contract import Contract

RULE = Rule("XL363", Severity.WARNING)


def check(_contract: Contract) -> Iterator[Diagnostic]:
    """Nothing: what a waiver is good for shows when all other rules have spoken."""
    return iter(())


def without_waived(contract: Contract, findings: list[Diagnostic], asked: Container[str]) -> Iterator[Diagnostic]:
    """The findings that no waiver silences, and a finding for each waiver that silences none.

    `asked` are the rules that have spoken: what a waiver is good for under another profile does not show here.
    """
    waivers = contract.every(nodes.Waiver)
    used = set()
    for found in findings:
        waiver = next((each for each in waivers if silences(contract, each, found)), None)
        if waiver is None:
            yield found
        used.add(id(waiver))
    for waiver in waivers:
        lasts = waiver.until >= contract.agreement.term.start
        if id(waiver) not in used and lasts and waiver.rule in asked and may_be_waived(waiver.rule):
            name = waiver.on.name
            yield Diagnostic(
                "useless-waiver",
                waiver.span,
                f"`{waiver.rule}` finds nothing at `{name}`",
                here="waives nothing",
                why="The contract would tell its readers of a weakness that it does not have.",
                remedy="Delete the waiver, or name the block at which the finding stands.",
            )


def silences(contract: Contract, waiver: nodes.Waiver, found: Diagnostic) -> bool:
    """A waiver silences a warning of its rule that stands in its block, if it lasts into the term."""
    block = waiver.on.found.span
    inside = found.span.source is block.source and block.start <= found.span.start and found.span.end <= block.end
    lasts = waiver.until >= contract.agreement.term.start
    return inside and lasts and found.rule == waiver.rule and may_be_waived(found.rule)


def may_be_waived(rule: str) -> bool:
    """Whether the parties can accept what a rule finds: it is no error, and does not bar signing."""
    known = rule_named(rule) if rule in rule_modules() else None
    return known is not None and known.severity < Severity.ERROR and not known.bars_signing
