"""Thanks without a bound on what they may cost.

A day out for the team is a kind thought until somebody has to approve the invoice.

Wrong:

```xladsl wrong
reward team_day "A day for the team" { // info: reward-without-budget
  for ease_2026
  when ease_2026 is met 2 quarters in a row
  gives "A day out for the service desk."
  owner service_manager
}
```

Right:

```xladsl
reward team_day "A day for the team" {
  for ease_2026
  when ease_2026 is met 2 quarters in a row
  gives "A day out for the service desk."
  budget EUR 5,000.00 each calendar year
  owner service_manager
}
```

Source: the requirement that whatever is earned by good results has a budget.

Implements: measurability C8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL469", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reward in contract.every(nodes.Reward):
        if reward.budget is None:
            currency = contract.agreement.currency or "EUR"
            yield Diagnostic(
                "reward-without-budget",
                reward.place("name"),
                f"`{reward.name}` has no budget",
                here="how much may it cost?",
                why="The party that pays for it would decide each time anew whether the promise of thanks is kept.",
                remedy=f"Add  budget {currency} 5,000.00 each calendar year , as the parties agree.",
            )
