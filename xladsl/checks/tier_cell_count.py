"""A row of a table with more or fewer cells than the others.

A missing cell shifts all that follow it: what was meant as a bound is read as a credit.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | availability | credit |
  | at least 99.0% but below 99.9% | 5% |
  | below 99.0% | // error: tier-cell-count
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | availability | credit |
  | at least 99.0% but below 99.9% | 5% |
  | below 99.0% | 10% |
}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.promises import every_payment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL316", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        wanted = len(payment.header) or max((len(row.cells) for row in payment.rows), default=0)
        for row in payment.rows:
            if len(row.cells) != wanted or wanted < 2:
                yield Diagnostic(
                    "tier-cell-count",
                    row.span,
                    f"this row of `{payment.name}` has {number_of_cells(len(row.cells))}, the table {wanted}"
                    if wanted > 1
                    else f"the table of `{payment.name}` does not say what follows",
                    here="cells are separated by  |",
                    why="With a cell missing, a bound could be read as a credit, or a credit as a bound.",
                    remedy="Give every row its bounds, and in the last cell what follows.",
                )


def number_of_cells(count: int) -> str:
    return "one cell" if count == 1 else f"{count} cells"
