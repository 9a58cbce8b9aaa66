"""A promise that costs money and does not say what happens without data.

A probe that is switched off reports no outage. Without a word about missing data, the silence counts as perfect
service, or as a breach, and the party that runs the probe holds both ends.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" { // error: no-data-unsaid
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  no data counts as breached when northwind caused it, otherwise extends to the next month
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Source: the requirement of a policy for missing data, by the party that caused it.

Implements: measurability M19
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.measures import inherited
from ..model.promises import every_promise, formula, payments_on, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL333", Severity.ERROR)

REPORTING = (nodes.Probes, nodes.Telemetry, nodes.Survey)
"""Sources whose silence can be told from a quiet day; for a list of tickets or outages, no row means that none was."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if promise.no_data is not None or inherited(promise, "empty") is not None:
            continue
        source = next((source for source in sources_of(formula(promise)) if isinstance(source, REPORTING)), None)
        payments = payments_on(contract, promise) if source is not None else []
        if source is not None and payments:
            yield Diagnostic(
                "no-data-unsaid",
                promise.place("name"),
                f"`{promise.name}` does not say what counts when `{source.name}` reports nothing",
                here="money hangs on this, and no rule covers missing data",
                labels=(Label(payments[0].place("name"), "this would be due, or not"),),
                why="Silence would count as perfect service for one party and as a breach for the other.",
                remedy="Add  no data counts as breached when NAME caused it, otherwise extends to the next month .",
            )
