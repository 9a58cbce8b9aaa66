"""A bonus that is due although something else went badly wrong.

People were glad in a month in which the portal was down for a day. The bonus is due, and so is the credit: the
parties pay each other for the same month.

Wrong:

```xladsl wrong
bonus happy_people "Bonus for ease" { // warning: bonus-without-gate
  for ease_2026
  base fee portal_monthly of the quarter measured
  nature goodwill
  | at least 6.0 | 2% |
  cap 2% of base each calendar quarter
  claim not needed
}
```

Right:

```xladsl
bonus happy_people "Bonus for ease" {
  for ease_2026
  gate portal_up
  base fee portal_monthly of the quarter measured
  nature goodwill
  | at least 6.0 | 2% |
  cap 2% of base each calendar quarter
  claim not needed
}
```

The rule speaks where there is another binding promise that could be the gate.

Source: the requirement that a bonus is paid only if all minima are met, and has a cap.

Implements: measurability C8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import bears_money, every_promise, paid_for
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL455", Severity.WARNING)

EXAMPLES = 2


def check(contract: Contract) -> Iterator[Diagnostic]:
    for bonus in contract.every(nodes.Bonus):
        own = paid_for(contract, bonus)
        others = [
            promise
            for promise in every_promise(contract)
            if promise.bindingness == "binding" and not any(promise is each for each in own)
        ]
        if not bonus.gate and others:
            paying = [promise for promise in others if bears_money(contract, promise)] or others
            names = listed(f"`{promise.name}`" for promise in paying[:EXAMPLES])
            yield Diagnostic(
                "bonus-without-gate",
                bonus.place("name"),
                f"`{bonus.name}` is due although {names} may be breached",
                here="no gate",
                why="The customer would pay extra for a month in which it was badly served.",
                remedy=f"Add  gate {', '.join(promise.name for promise in paying[:EXAMPLES])} .",
            )
