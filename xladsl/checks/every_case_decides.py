"""A share so high, of so few cases, that not one may miss.

Ninety-five per cent of ten tickets is nine and a half: one late ticket and the month is lost. The promise says 95 % and
means 100 %. A provider who truly misses 3 of 100 breaks it in 26 of 100 months.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
  expects 10 rows each calendar month
  run by northwind
}
sla answered "Tickets resolved in time" {
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  level at least 95% // warning: every-case-decides
  each calendar month
  during office_hours
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
  expects 10 rows each calendar month
  run by northwind
}
sla answered "Tickets resolved in time" {
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  level at least 95%
  each calendar quarter
  during office_hours
}
```

A floor (`answers at least 20`) is an answer as well: a window with fewer cases then decides nothing.

Source: so many cases may miss as there are, times 1 − level, rounded down; the chance of more follows from the binomial
distribution.

Implements: measurability M9, M27, M29; trap T22
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import basis_of, expected, floor_of, levels_of
from ._sample_words import about, by_window, exactly, in_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL564", Severity.WARNING)

OF_WHAT_MAY_MISS = Fraction(3, 5)
"""How much of the misses allowed a careful provider uses, where an example is needed: 3 % of 5 %."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import events_for_one_miss
    from ..model.statistics.risk import false_breach_chance_of_counts

    for promise in every_promise(contract):
        basis = basis_of(contract, promise)
        number = expected(promise, basis) if basis is not None and basis.kind == "share" else None
        levels = levels_of(promise)
        if basis is None or not number or not levels or promise.bindingness == "informative":
            continue
        level = Fraction(max(levels)) / 100
        needed = events_for_one_miss(level) if 0 < level < 1 else 0
        if promise.level.comparison != "at least" or number >= needed or (floor_of(promise) or 0) >= needed:
            continue
        missing = (1 - level) * OF_WHAT_MAY_MISS
        chance = false_breach_chance_of_counts(number, level, 1 - missing)
        yield Diagnostic(
            "every-case-decides",
            promise.level.span,
            f"`{promise.name}` says {exactly(level)} of {about(number, promise, basis)}, and not one may miss",
            here=f"100% in truth: one of {number:,} is {exactly(Fraction(1, number))}",
            labels=(Label(basis.source.place("name"), "the cases are counted here"),),
            why=f"A provider that truly misses {exactly(missing)} would breach {in_hundredths(chance)} of the windows.",
            remedy=by_window(
                needed, promise, basis, f"add  answers at least {needed} , or promise how many may miss in a window"
            ),
        )
