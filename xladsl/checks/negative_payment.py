"""A payment that comes to less than nothing for some value that could be measured.

A credit of minus 2 % is a surcharge: the promise is broken, and the customer owes for it. It comes from a formula that
starts at another number than the promise.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  value (98% - measured value) of base // error: negative-payment
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  value (level - measured value) of base
}
```

Where nothing is to be paid for a first stretch, say so: `highest of (98% - measured value, 0%)`.

Source: credits in proportion to a deviation, in which the promise and the formula name two different numbers.

Implements: trap T16
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.schedules import every_proof
from ._tier_words import FAULTS_OF_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL406", Severity.ERROR, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs["never negative"]
        if proof.holds is False:
            yield Diagnostic(
                "negative-payment",
                payment.place("pay" if payment.pay is not None else "rows"),
                f"`{payment.name}` can come to less than nothing",
                here=proof.sentence,
                why="The one who suffers the breach would owe for it.",
                remedy="Begin where the promise ends, with  level  or  shortfall  in place of a number.",
            )
