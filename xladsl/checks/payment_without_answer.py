"""A payment that says nothing for some value that could be measured.

A hole between the rows of one column is found by `tier-gap`. Here are the other ways to have no answer: a table with
several columns that leaves out a pair of values, a division by what may be nothing, no amount at all.

Wrong:

```xladsl wrong
credit both_credit {
  for portal_up, fixed_2026
  base fee portal_monthly of the month measured
  | availability                   | fixed in time              | credit | // error: payment-without-answer
  | at least 99.0% but below 99.9% | below 95%                  |  5%    |
  | below 99.0%                    | at least 90% but below 95% | 10%    |
}
```

Right:

```xladsl
credit both_credit {
  for portal_up, fixed_2026
  base fee portal_monthly of the month measured
  | availability                   | fixed in time              | credit |
  | at least 99.0% but below 99.9% | below 95%                  |  5%    |
  | below 99.0%                    | at least 90% but below 95% | 10%    |
  | below 99.0%                    | below 90%                  | 20%    |
}
```

Source: published severity matrices that leave out some pairs, and formulas that divide by the traffic of a month.

Implements: measurability C1; trap T1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.schedules import every_proof
from ._tier_words import FAULTS_OF_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.nodes import Payment

RULE = Rule("XL404", Severity.ERROR, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs["total"]
        if proof.holds is False and not is_for_rules_about_tiers(payment):
            field = "pay" if payment.pay is not None else "header" if payment.header else "name"
            yield Diagnostic(
                "payment-without-answer",
                payment.place(field),
                f"`{payment.name}` does not say what is due in every case",
                here=proof.sentence,
                why="One party will say that nothing is due, the other that something is, and both are right.",
                remedy="Say what is due then: add a row, or  empty counts as  to what is divided by."
                if payment.rows or payment.pay
                else "Add a table of tiers or a  value .",
            )


def is_for_rules_about_tiers(payment: Payment) -> bool:
    """A table with one column of bounds has rules of its own, which say more of its holes."""
    return bool(payment.rows) and max(len(row.cells) for row in payment.rows) <= 2
