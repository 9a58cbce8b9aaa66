"""Credits that are earned back, without a word on how long things must go well.

"When the level is met" is true in the very next month, or in the month of the breach, for another promise. How many
good windows return the money is the whole of the rule.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
earn back good_months "Half returned after good months" {
  returns portal_credit
  share half
  when portal_up is met // error: earn-back-without-horizon
  lapses "At the end of the contract year."
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 10% |
  claim not needed
}
earn back good_months "Half returned after good months" {
  returns portal_credit
  share half
  when portal_up is met 3 months in a row
  lapses "At the end of the contract year."
}
```

A promise over a longer time than the one that is paid for, such as the year of its months, is a horizon itself.

Source: earn-back clauses in use return half after three good months, all after six; others only say "may earn back",
and are argued about.

Implements: measurability C7, trap T17
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.expressions import LevelTest, Outcome, ValueTest
from ..model.node import walk
from ..model.promises import paid_for
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL453", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.blocks:
        returned = block.earned_back if isinstance(block, nodes.Payment) else block
        if not isinstance(returned, nodes.EarnBack | nodes.EarnedBack):
            continue
        tests = [test for test in walk(returned.when) if isinstance(test, Outcome | LevelTest | ValueTest)]
        if all(test.history is None for test in tests) and not outlasts(contract, block, tests):
            yield Diagnostic(
                "earn-back-without-horizon",
                returned.place("when") if isinstance(returned, nodes.EarnBack) else returned.span,
                f"`{block.name}` returns money and does not say how long things must go well",  # type: ignore[attr-defined]
                here="for how many windows?",
                why="The provider would count one good window, and the customer would wait for many.",
                remedy=f"Write  {shown(tests[0].span)} 3 months in a row , or another number of windows."
                if tests
                else "Write  PROMISE is met 3 months in a row .",
            )


def outlasts(contract: Contract, block: Node, tests: list[Outcome | LevelTest | ValueTest]) -> bool:
    """Whether a test asks about a window that is longer than those that are paid for, and so is a horizon itself."""
    returned = [each.target for each in block.returns] if isinstance(block, nodes.EarnBack) else [block]
    payments = [each for each in returned if isinstance(each, nodes.Payment)]
    asked = [each.target for test in tests for each in getattr(test, "conditioned", [])]
    own, others = [
        max((usual_days(each.each) or 0 for each in promises if isinstance(each, nodes.Promise)), default=0)
        for promises in ([each for payment in payments for each in paid_for(contract, payment)], asked)
    ]
    return others > own
