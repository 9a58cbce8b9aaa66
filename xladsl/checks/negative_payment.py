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

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions, nodes
from ..model.node import walk
from ..model.schedules import every_proof
from ._tier_words import FAULTS_OF_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL406", Severity.ERROR, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment, proofs in every_proof(contract).items():
        proof = proofs["never negative"]
        base = base_of_rows(payment)
        if proof.holds is False and base is not None:
            zero = f"{contract.agreement.currency or 'EUR'} 0.00"
            yield Diagnostic(
                "negative-payment",
                base.span,
                f"`{payment.name}` can come to less than nothing",
                here="amounts in rows may be negative, and so may this sum of them",
                why="A row that takes an amount back would make the one who suffers the breach pay for it.",
                remedy=f"Write  base highest of ({base.span.text}, {zero}) .",
            )
        elif proof.holds is False:
            yield Diagnostic(
                "negative-payment",
                payment.place("pay" if payment.pay is not None else "rows"),
                f"`{payment.name}` can come to less than nothing",
                here=proof.sentence,
                why="The one who suffers the breach would owe for it.",
                remedy="Begin where the promise ends, with  level  or  shortfall  in place of a number.",
            )


def base_of_rows(payment: nodes.Payment) -> Any:
    """The amount of a base that is worked out of rows, if nothing says what it is at least."""
    base = payment.base.amount if payment.base is not None else None
    if base is None or any(isinstance(part, expressions.Extreme) for part in walk(base)):
        return None
    return base if any(isinstance(part, expressions.Statistic) for part in walk(base)) else None
