"""Two amounts of different units, compared or added.

99.9 is not 99.9 %, two hours of office time are not two hours, and one percent of a percentage is not a percentage
point. Whoever converts one into the other in silence decides the contract; so nobody does.

Wrong:

```xladsl wrong
sla quick_answer "Incidents fixed in time" {
  kpi fixed_in_time
  level at least 95 // error: mixed-units
  each calendar month
}
```

Right:

```xladsl
sla quick_answer "Incidents fixed in time" {
  kpi fixed_in_time
  level at least 95%
  each calendar month
}
```

A difference between two percentages is written in percentage points (`0.5 pp`), a length of time on a business
calendar in business hours or days. Times and dates may be subtracted from each other; the result is compared with a
duration.

Source: published formulas in which three days became three percent, and in which "each full 1 %" may mean a
percentage or a percentage point.

Implements: measurability S6, M14; traps T11, T16; lint credit-unit-mismatch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.units import BUSINESS, DURATIONS, MONEY, PERCENT, PERCENTAGE_POINTS
from ._unit_pairs import given_by, pairs_for, pairs_in
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ._unit_pairs import Pair

RULE = Rule("XL300", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.blocks:
        given = given_by(block)
        for node in contract.within(block):
            for pair in pairs_in(node, given) if pairs_for(type(node)) else ():
                if not pair.mixes:
                    yield mixed(pair)


def mixed(pair: Pair) -> Diagnostic:
    left, right = pair.left_unit, pair.right_unit
    return Diagnostic(
        "mixed-units",
        pair.right,
        f"{'a difference in ' if pair.about_difference else ''}`{shown(pair.left)}` is {left},"
        f" and `{shown(pair.right)}` is {right}",
        here=right,
        labels=(Label(pair.left, left),),
        why="The two cannot be compared without converting one, and each party would convert it in another way.",
        remedy=remedy(left, right),
    )


def remedy(left: str, right: str) -> str:
    if {left, right} == {PERCENT, PERCENTAGE_POINTS}:
        return "Write `pp` for the difference between two percentages, and `%` for a share of a whole."
    if BUSINESS in (left, right) and left in DURATIONS and right in DURATIONS:
        return "Say both in business hours or business days, or both in time of the clock."
    if left.startswith(MONEY) and right.startswith(MONEY):
        return "Say both in one currency; the agreement names no rate of exchange."
    return f"Write {left} here too, or compare it with something else."
