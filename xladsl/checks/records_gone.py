"""Records that are deleted before a claim on them is settled.

Who claims a credit at the end of the time for claiming needs the rows of the whole window. If they are gone by then,
neither party can work out the figure again.

Wrong:

```xladsl wrong
probes portal_probe {
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  run by contoso
  kept for 30 days // error: records-gone
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  claim within 30 days of the report
}
```

Right:

```xladsl
probes portal_probe {
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  run by contoso
  kept for 13 months
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  claim within 30 days of the report
}
```

Compared are the longest time for which the rows may be kept and the shortest that the window, the time for claiming
and the time for disputing may take together.

Source: rows have to outlive the window of the claim and that of the dispute.

Implements: measurability M1
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import days_of, days_of_window
from ..model.promises import every_promise, payments_on
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL553", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        payments = payments_on(contract, promise)
        window = days_of_window(promise.each)
        if not payments or window is None:
            continue
        needed = window.fewest + max(days_to_claim(payment) for payment in payments) + days_to_dispute(contract)
        for source in sources_of_promise(contract, promise):
            if source.kept is not None and days_of(source.kept).most < needed:
                yield Diagnostic(
                    "records-gone",
                    source.place("kept"),
                    f"`{source.name}` is kept for {source.kept.span.text}, and is needed for {float(needed):g} days",
                    here="gone before the claim is settled",
                    labels=(Label(promise.place("each"), "a window, and then the times to claim and to dispute"),),
                    why="The party that has to prove the figure could no longer do so.",
                    remedy=f"Keep the rows for at least {float(needed):g} days; 13 months cover a year of windows.",
                )


def days_to_claim(payment: nodes.Payment) -> Fraction:
    claim = payment.claimed
    return days_of(claim.within).fewest if isinstance(claim, nodes.ClaimWithin) else Fraction(0)


def days_to_dispute(contract: Contract) -> Fraction:
    disputes = contract.agreement.disputes
    return days_of(disputes.within).fewest if disputes is not None else Fraction(0)
