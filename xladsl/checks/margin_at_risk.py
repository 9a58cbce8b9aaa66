"""Credits that can take more than the provider earns.

A credit is felt by the margin and not by the fee. With a margin of a fifth, credits of two fifths of the fees cost
twice what the provider earns; it will price the risk, fight each verdict, or leave.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 40% |
  cap 40% of base each calendar month // info: margin-at-risk
  claim not needed
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% | 5% |
  | below 99.0% | 10% |
  cap 10% of base each calendar month
  claim not needed
}
```

The rule speaks where every fee and every cap is known in money, and together the caps reach more than a fifth of the
fees.

Source: on a margin of 20 %, credits of 5 % take a quarter of it and credits of 20 % all of it; analysts hold about 20
% of the yearly value to be the most that should be at risk.

Implements: measurability A11
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.exposure import at_risk_each_month, fees_each_month, last_cap
from ..model.feasibility import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL442", Severity.INFO)

MARGIN = Fraction(20, 100)


def check(contract: Contract) -> Iterator[Diagnostic]:
    fees = fees_each_month(contract)
    at_risk = at_risk_each_month(contract) if fees else None
    cap = last_cap(contract)
    if fees and at_risk is not None and cap is not None and at_risk / fees > MARGIN:
        share = at_risk / fees
        yield Diagnostic(
            "margin-at-risk",
            cap.span,
            f"all credits of a month together can reach {percent(share, 1)} of the fees",
            here=f"{percent(share / MARGIN, 0)} of what a provider earns on a margin of {percent(MARGIN, 0)}",
            why="A provider that can lose more than it earns will price the risk, or argue about each verdict.",
            remedy=f"Cap all credits together at {percent(MARGIN, 0)} of the fees, or make sure that this is meant.",
        )
