"""A worse result that pays less, for some value that could be measured.

The provider would gain by letting the result get further away from the promise. A table whose rows stand in the wrong
order is found by `tier-order`; here every formula, every table with several columns and every row for the rest is
worked out for all values, and the finding shows two of them. In an `otherwise` the wrong order is easy to miss.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | otherwise                      |  5% | // error: worse-pays-less
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% |  5% |
  | otherwise                      | 10% |
}
```

Source: the usual requirement that credits grow with the shortfall, decided for all values instead of for samples.

Implements: measurability C2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.nodes import Bonus
from ..model.schedules import every_proof
from . import negative_payment, tier_order
from ._tier_words import FAULTS_OF_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL400", Severity.ERROR, echoes=FAULTS_OF_TABLES)


def check(contract: Contract) -> Iterator[Diagnostic]:
    known = [found.span for found in tier_order.check(contract)]
    for payment, proofs in every_proof(contract).items():
        proof = proofs["monotone"]
        if proofs["never negative"].holds is False and negative_payment.base_of_rows(payment) is not None:
            continue  # with less than nothing to take a part of, more is less
        if proof.holds is False and not any(lies_in(place, payment.span) for place in known):
            milder, worse = proof.witness
            bonus = isinstance(payment, Bonus)
            yield Diagnostic(
                "worse-pays-less",
                proof.place.span if proof.place is not payment else payment.place("pay"),
                f"`{payment.name}` pays less for a {'better' if bonus else 'worse'} result",
                here=f"{milder.paid} when {milder.when}; {worse.paid} when {worse.when}",
                why="It would pay to stop trying at the better value."
                if bonus
                else "It would pay to let the result get further away from the promise.",
                remedy="Let the amount grow with  excess ." if bonus else "Let the amount grow with  shortfall .",
            )


def lies_in(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start < outer.end
