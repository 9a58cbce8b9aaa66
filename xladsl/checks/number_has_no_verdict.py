"""A condition that asks whether a number is met or breached.

A KPI is a number, a credit an amount. Only what is promised has a verdict: a service level, a target, an obligation, a
limit. A right that hangs on the breach of a number never comes about, and nobody notices before it is needed.

Wrong:

```xladsl wrong
right to terminate chronic "Chronic failure" {
  held by contoso
  when ease is breached in 3 of the last 12 months // error: number-has-no-verdict
}
```

Right:

```xladsl
sla easy "Ease of getting help" {
  kpi ease
  level at least 5.2
  each calendar month
  owner service_manager
}
right to terminate chronic "Chronic failure" {
  held by contoso
  when easy is breached in 3 of the last 12 months or ease is below 4 in one month
}
```

Source: the requirement that a consequence follows from a verdict, and the trap of states that are never entered.

Implements: trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.expressions import Outcome
from ..model.promises import every_promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.quantities import Reference

RULE = Rule("XL622", Severity.ERROR)
NUMBERS = (nodes.Kpi, nodes.Composite, nodes.Payment)
AMOUNTS = (nodes.Credit, nodes.Bonus)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.every(nodes.Consequence):
        for part in contract.within(block):
            if isinstance(part, Outcome):
                yield from (found(contract, named, part.state) for named in part.conditioned if is_number(named))
        for named in block.gate if isinstance(block, nodes.Bonus) else ():
            if is_number(named):
                yield found(contract, named, "met")


def is_number(named: Reference[Any]) -> bool:
    return isinstance(named.target, NUMBERS)


def found(contract: Contract, named: Reference[Any], state: str) -> Diagnostic:
    block: Any = named.target
    kind = "an amount" if isinstance(block, AMOUNTS) else "a number"
    promise = next((each for each in every_promise(contract) if measured(each) is block), None)
    instead = (
        f"Name `{promise.name}`, which promises it" if promise is not None else "Promise a level of it in an `sla`"
    )
    if isinstance(block, nodes.Payment):
        instead = "Name the promise that it follows from"
    limit = "EUR 0.00" if isinstance(block, AMOUNTS) else "95%"
    compare = "above" if isinstance(block, nodes.Payment) else "below"
    return Diagnostic(
        "number-has-no-verdict",
        named.span,
        f"`{block.name}` is {kind}, and never {state.removeprefix('not ')}",
        here="only a promise has a verdict",
        why="What follows from it would never follow, and the party that relies on it would find out too late.",
        remedy=f"{instead}; or compare it, as in  {block.name} is {compare} {limit} .",
    )
