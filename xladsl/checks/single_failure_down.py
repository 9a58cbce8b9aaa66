"""Downtime that a single missed answer makes.

One packet is lost between the probe and the service, and the service was down until the next answer. With money on
it, the provider pays for the weather in somebody else's network.

Wrong:

```xladsl wrong
probes portal_probe { // warning: single-failure-down
  every 60 s
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
}
```

Right:

```xladsl
probes portal_probe {
  every 60 s from 3 places
  down when 2 of 3 fail, for at least 60 s
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
}
```

Source: published agreements differ in what makes a minute of downtime: one failure, a majority of places, five
minutes on end; some do not say.

Implements: trap T10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import bears_money, every_promise
from ..model.samples import sources_of_promise
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL465", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    unsaid = [each for each in contract.every(nodes.Probes) if each.down is None and each.confirmed is None]
    for promise in every_promise(contract) if unsaid else ():
        for probes in sources_of_promise(contract, promise) if bears_money(contract, promise) else ():
            if isinstance(probes, nodes.Probes) and any(probes is each for each in unsaid) and id(probes) not in told:
                told.add(id(probes))
                interval = shown(probes.every.interval.span)
                yield Diagnostic(
                    "single-failure-down",
                    probes.place("name"),
                    f"one missed answer to `{probes.name}` is {interval} of downtime in `{promise.name}`",
                    here="what makes it down is not said",
                    why="A packet that is lost on the way would cost money, although the service was up.",
                    remedy="Add  down when 2 of 3 fail, for at least 60 s , or  confirmed by 3 failures in a row, over"
                    " after 2 answers in a row .",
                )
