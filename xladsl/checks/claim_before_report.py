"""A right to claim that ends before the claimant can know of it.

The claim has to be made within thirty days of the incident. The report that tells of it comes in the middle of the
next month. For whatever happens in the first days of a month, the right is lost before the figures are known.

Wrong:

```xladsl wrong
report monthly_report "Monthly report" {
  covers all promises
  due within 10 business days of the end of the month
  recurring each calendar month first on 2026-02-15
  to service_manager
  owner service_manager
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim within 30 days of the incident, by "support case" // warning: claim-before-report
}
```

Right:

```xladsl
report monthly_report "Monthly report" {
  covers all promises
  due within 10 business days of the end of the month
  recurring each calendar month first on 2026-02-15
  to service_manager
  owner service_manager
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim within 30 days of the report, by "support case"
}
```

Where the report says that the figures may be read at any time, nobody has to wait for it.

Source: claim windows in published agreements run for 14, 15 or 30 days, many of them from the event and not from the
report.

Implements: measurability T5
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import days_of, days_of_window
from ..model.promises import every_payment, paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL446", Severity.WARNING)

ENDS = ("end of the month", "end of the window")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        claim = payment.claimed
        if not isinstance(claim, nodes.ClaimWithin) or claim.of not in (*ENDS, "incident", "breach"):
            continue
        for promise in paid_for(contract, payment):
            reports = [report for report in contract.every(nodes.Report) if covers(report, promise)]
            waits = [days_until(report, promise, claim.of) for report in reports]
            known = [wait for wait in waits if wait is not None]
            if not known or len(known) < len(waits) or any(report.access is not None for report in reports):
                continue
            if days_of(claim.within).most < min(known):
                report = reports[known.index(min(known))]
                yield Diagnostic(
                    "claim-before-report",
                    claim.span,
                    f"the claim for `{payment.name}` ends before `{report.name}` tells of the breach",
                    here=f"the report may come {ceil(min(known))} days after the {claim.of}",
                    labels=(Label(report.place("due_within"), "the report is due here"),),
                    why="The right would be lost before anybody could know of it.",
                    remedy="Count from the report:  claim within 30 days of the report .",
                )
                break


def covers(report: nodes.Report, promise: nodes.Promise) -> bool:
    return report.covers_all or any(named.found is promise for named in report.covers_promises)


def days_until(report: nodes.Report, promise: nodes.Promise, moment: str) -> Fraction | None:
    """The days from the moment of a claim until the report, if both the moment and the report fall badly."""
    window, rhythm = days_of_window(promise.each), days_of_window(report.recurring.each)
    if window is None or rhythm is None or report.due_within.of not in ENDS:
        return None
    waits = max(rhythm.fewest - window.most, Fraction(0))
    begins = window.fewest if moment == "incident" else Fraction(0)
    return begins + waits + days_of(report.due_within.within).fewest
