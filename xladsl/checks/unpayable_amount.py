"""A credit or a bonus of something that cannot be paid.

A credit of 25 is a credit of nothing until somebody says 25 what: percent of a fee, euros, days of service.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10 | // error: unpayable-amount
  | below 99.0% | 25 | // error: unpayable-amount
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | at least 99.0% but below 99.9% | 10% |
  | below 99.0% | 25% |
}
```

Source: the requirement that a credit has one unit; published tables whose numbers may be percent or points.

Implements: trap T14; lint credit-unit-mismatch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_payment
from ..model.quantities import Text
from ..model.units import (
    BUSINESS,
    CALENDAR,
    CLOCK,
    ELAPSED,
    MONEY,
    NUMBER,
    PERCENT,
    POINTS,
    SERVICE_DAYS,
    UNKNOWN,
    given_in,
    unit_of,
)
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL301", Severity.ERROR)

WORTH = (UNKNOWN, PERCENT, SERVICE_DAYS, CLOCK, BUSINESS, CALENDAR, ELAPSED)
POINTS_OF_SCHEME = (UNKNOWN, POINTS, NUMBER)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        given = given_in(payment)
        scheme = isinstance(payment, nodes.PointsScheme)
        in_rows = [row.cells[-1] for row in payment.rows if len(row.cells) > 1]
        results = [payment.pay, *in_rows, *(cap.amount for cap in payment.cap)]
        for result in results:
            unit = unit_of(result, given) if hasattr(result, "span") and not isinstance(result, Text) else UNKNOWN
            if unit not in POINTS_OF_SCHEME if scheme else unit not in WORTH and not unit.startswith(MONEY):
                yield Diagnostic(
                    "unpayable-amount",
                    result.span,  # type: ignore[union-attr]  # what has a unit has a place
                    f"`{payment.name}` gives `{shown(result.span)}`, which is {unit}",  # type: ignore[union-attr]
                    here="points are expected" if scheme else "nobody can pay this",
                    why="What is due could not be worked out; it would be argued about when the first case comes.",
                    remedy="Give points, such as `3 points`."
                    if scheme
                    else "Give a percentage of the base, an amount of money, or days of service.",
                )
