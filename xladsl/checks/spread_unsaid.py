"""A mean of answers that money hangs on, without a word on how far answers lie apart.

Whether two hundred answers are many depends on how unlike they are. A mean does not tell; without the spread nobody can
work out, before signing, how much of a result is chance.

Wrong:

```xladsl wrong
kpi ease "Ease of getting help" { // warning: spread-unsaid
  serves effortless_help
  value mean of after_incident.ease
  better when higher
}
credit ease_credit {
  for ease_2026
  value EUR 500.00
}
```

Right:

```xladsl
kpi ease "Ease of getting help" {
  serves effortless_help
  value mean of after_incident.ease
  spread 1.4
  better when higher
}
credit ease_credit {
  for ease_2026
  value EUR 500.00
}
```

The spread is the standard deviation of single answers, as the baseline or a pilot shows it. Where nothing is known,
take a quarter of the scale: 1.5 from 1 to 7.

Source: the answers that a mean needs are (z·s/E)², where s is the standard deviation of one answer.

Implements: measurability M6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise, measured, payments_on
from ..model.ranges import range_of
from ..model.samples import basis_of, digits, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL558", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        basis = basis_of(contract, promise)
        if basis is None or not basis.asked or basis.kind != "mean" or spread_of(promise) is not None:
            continue
        kpi, payments = measured(promise), payments_on(contract, promise)
        if payments and not any(kpi is each for each in spoken):
            spoken.append(kpi)
            yield Diagnostic(
                "spread-unsaid",
                kpi.place("name"),
                f"`{kpi.name}` is a mean, and nobody knows how far single answers lie apart",  # type: ignore[attr-defined]
                here="is 5.2 on 200 answers certain, or chance?",
                labels=(Label(payments[0].place("name"), "money hangs on it"),),
                why="A breach by a tenth of a point may be nothing but chance, and is paid for all the same.",
                remedy=f"Add  spread {usual_spread(promise)}  to the KPI, as the baseline shows it.",
            )


def usual_spread(promise: nodes.Promise) -> str:
    reach = range_of(promise)
    if reach.low is None or reach.high is None:
        return "and the standard deviation of one answer"
    return digits(float(reach.high - reach.low) / 4)
