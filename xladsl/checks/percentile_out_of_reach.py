"""A percentile of fewer values than it needs to exist.

The 99th percentile of eighty values is the largest of them. One slow morning decides it, and a promise about it is a
promise about the worst case.

Wrong:

```xladsl wrong
telemetry logons {
  columns took as duration in seconds from "s"
  expects 80 rows each calendar month
  run by northwind
}
sla logon_time "Time to log on" {
  value percentile 99 of logons.took // error: percentile-out-of-reach
  empty counts as no data
  better when lower
  level at most 60 s
  each calendar month
}
```

Right:

```xladsl
telemetry logons {
  columns took as duration in seconds from "s"
  expects 80 rows each calendar month
  run by northwind
}
sla logon_time "Time to log on" {
  value percentile 90 of logons.took
  empty counts as no data
  better when lower
  level at most 60 s
  each calendar month
}
```

A percentile is the value at the nearest rank. The 95th needs 20 values, the 99th 100, the 99.9th 1,000.

Source: with fewer than 1 / (1 − q) values none is expected beyond the percentile.

Implements: measurability M7, M29; trap T22
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise, formula
from ..model.samples import basis_of, expected
from ._sample_words import about, by_window, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL560", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import answers_for_percentile

    for promise in every_promise(contract):
        basis, value = basis_of(contract, promise), formula(promise)
        number = expected(promise, basis) if basis is not None else None
        if basis is None or value is None or basis.rank is None or number is None or not 0 < basis.rank < 100:
            continue
        needed = answers_for_percentile(Fraction(basis.rank) / 100)
        if number < needed:
            lower = f"take percentile {highest_rank(number)} or lower" if number > 1 else "measure more"
            yield Diagnostic(
                "percentile-out-of-reach",
                value.span,
                f"percentile {basis.rank} of {about(number, promise, basis)} is the worst of them",
                here=f"needs {needed:,} in a {window_of(promise)}",
                labels=(Label(promise.place("name"), "promised here"),),
                why="A single case would decide a promise that is meant to leave the rare ones out.",
                remedy=by_window(needed, promise, basis, lower),
            )


def highest_rank(number: int) -> int:
    """The highest percentile in whole numbers that so many values have."""
    return max(50, 100 * (number - 1) // number)
