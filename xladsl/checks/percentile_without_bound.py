"""A percentile that exists, and that nothing bounds from above.

The 95th percentile of thirty values is one of them. But the true one may be any value above the largest, whatever was
measured: it takes 59 values before the largest says, with 95 % certainty, that the true one is not higher.

Wrong:

```xladsl wrong
telemetry logons {
  columns took as duration in seconds from "s"
  expects 30 rows each calendar month
  run by northwind
}
sla logon_time "Time to log on" {
  value percentile 95 of logons.took // warning: percentile-without-bound
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
  expects 30 rows each calendar month
  run by northwind
}
sla logon_time "Time to log on" {
  value percentile 95 of logons.took
  empty counts as no data
  better when lower
  level at most 60 s
  each calendar quarter
}
```

Source: the largest of n values lies above the q-quantile with the chance 1 − qⁿ (G. J. Hahn and W. Q. Meeker, 1991):
29 for the 90th percentile, 59 for the 95th, 299 for the 99th, 2,995 for the 99.9th.

Implements: measurability M7, M29
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

RULE = Rule("XL561", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import answers_for_percentile, answers_for_percentile_bound

    for promise in every_promise(contract):
        basis, value = basis_of(contract, promise), formula(promise)
        number = expected(promise, basis) if basis is not None else None
        if basis is None or value is None or basis.rank is None or number is None or not 0 < basis.rank < 100:
            continue
        rank = Fraction(basis.rank) / 100
        needed = answers_for_percentile_bound(rank)
        if answers_for_percentile(rank) <= number < needed:
            yield Diagnostic(
                "percentile-without-bound",
                value.span,
                f"{about(number, promise, basis)} do not bound percentile {basis.rank} from above",
                here=f"needs {needed:,} in a {window_of(promise)}",
                labels=(Label(promise.place("name"), "promised here"),),
                why="However good the figure, the true value may be worse than any that was measured.",
                remedy=by_window(needed, promise, basis, "measure more, or take a lower percentile"),
            )
