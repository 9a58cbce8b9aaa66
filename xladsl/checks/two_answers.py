"""Two rows of a table with several columns that fit the same values and pay differently.

Two rows of a table with one column of bounds are compared by `tier-overlap` and `nested-tiers-without-policy`. With two
columns, rows that look apart may meet: one speaks of the first column, the other of the second, and a bad month is bad
in both.

Wrong:

```xladsl wrong
credit both_credit {
  for portal_up, fixed_2026
  base fee portal_monthly of the month measured
  | availability                   | fixed in time              | credit |
  | below 99.9%                    | below 95%                  |  5%    |
  | below 99.0%                    | below 90%                  | 20%    | // error: two-answers
}
```

Right:

```xladsl
credit both_credit {
  for portal_up, fixed_2026
  base fee portal_monthly of the month measured
  | availability                   | fixed in time              | credit |
  | below 99.9%                    | below 95%                  |  5%    |
  | below 99.0%                    | below 90%                  | 20%    |
  worst row that fits
}
```

Source: published severity matrices whose cells share an edge.

Implements: measurability C1; trap T2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.schedules import every_proof
from ._tier_words import FAULTS_OF_TABLES
from .payment_without_answer import is_for_rules_about_tiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL405", Severity.ERROR, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs["single-valued"]
        if proof.holds is False and not is_for_rules_about_tiers(payment):
            yield Diagnostic(
                "two-answers",
                proof.place.span,
                f"`{payment.name}` has two answers for one result",
                here=proof.sentence,
                why="Two credits would be due for one result, or one of them; each party would choose another.",
                remedy="Add `worst row that fits` under the table, or give every row both of its bounds.",
            )
