"""A promise that is called binding, and nothing follows from breaking it.

A report that says "breached" for the third time is no consequence. What binds leads somewhere: to a credit, a plan, a
right to end the agreement.

Wrong:

```xladsl wrong
target quick_help "Ease of getting help" {
  kpi ease
  force binding // warning: binding-without-consequence
  level at least 5.2
  each calendar quarter
}
```

Right:

```xladsl
target quick_help "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  breach leads to ease_plan
}
```

It speaks of promises and obligations that say `force binding` of themselves. A payment, a plan, a reward or a right
that names the promise is a consequence, and so is what a clause says that quotes it. Where the agreement states
`remedies without prejudice to damages`, the law gives one.

Source: the requirement that every breach has a consequence and a path: a credit, a plan, a review, an escalation or an
end.

Implements: measurability R8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL597", Severity.WARNING)

BY_LAW = "without prejudice to damages"


def check(contract: Contract) -> Iterator[Diagnostic]:
    if contract.agreement.remedies == BY_LAW:
        return
    clauses = [text.value for clause in contract.every(nodes.Clause) for text in clause.body]
    named = {
        id(part.target)
        for block in contract.blocks
        if isinstance(block, nodes.Consequence | nodes.Review | nodes.Escalation)
        for part in contract.within(block)
        if isinstance(part, Reference)
    }
    for promise in contract.blocks:
        if not isinstance(promise, nodes.Promise | nodes.Obligation) or promise.force != "binding":
            continue
        quoted = any(f"{{{promise.name}}}" in text for text in clauses)
        if not promise.breach_leads_to and id(promise) not in named and not quoted:
            yield Diagnostic(
                "binding-without-consequence",
                promise.place("force"),
                f"`{promise.name}` is binding, and nothing follows from breaking it",
                here="and then?",
                why="It would bind on paper only: the other party could report the breach, and nothing else.",
                remedy="Add  breach leads to PLAN , a credit for it, or a right; or write  force target .",
            )
