"""Credits, and no word about whether other remedies remain.

After a bad month the customer takes the credit and also claims damages. The provider answers that the credit was all
there is. Both are usual, and the law of each country fills the silence in another way.

Wrong:

```xladsl wrong
agreement digital_workplace { // warning: remedies-unsaid
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
  rounding half up to EUR 0.01, once, on each credit
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | availability | credit |
  | below 99.9%  |   5%   |
  claim not needed
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
  rounding half up to EUR 0.01, once, on each credit
  remedies sole financial
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | availability | credit |
  | below 99.9%  |   5%   |
  claim not needed
}
```

Source: the requirement that the nature and the exclusivity of a credit are stated; a contractual fine replaces damages
in some laws and comes on top of them in others.

Implements: measurability C5; lint sole-remedy-unstated
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL500", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    credits_given = contract.every(nodes.Credit)
    if credits_given and agreement.remedies is None:
        yield Diagnostic(
            "remedies-unsaid",
            agreement.place("name"),
            "the agreement gives credits, and does not say whether other remedies remain",
            here="credits, and what besides?",
            labels=(Label(credits_given[0].place("name"), "the first credit"),),
            why="One party would take the credit for all there is, the other for a first instalment.",
            remedy="Write  remedies sole financial  (no other money, all other rights),  remedies sole , or"
            "  remedies without prejudice to damages .",
        )
