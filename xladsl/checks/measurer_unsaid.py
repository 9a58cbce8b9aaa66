"""Money that hangs on a source nobody is named to run.

Who runs the measuring decides what is seen, and whose fault it is when nothing is. If the agreement does not say who
that is, each party brings its own figures.

Wrong:

```xladsl wrong
probes portal_probe { // warning: measurer-unsaid
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Right:

```xladsl
probes portal_probe {
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  run by contoso
  verified by northwind
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

Of a survey `credit-on-unguarded-sample` says the same.

Source: the requirement that a promise with a remedy says who measures, who verifies, and who may see the raw data.

Implements: measurability M1, M21
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, payments_on
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL554", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    parties = contract.agreement.between
    spoken: list[object] = []
    for promise in every_promise(contract):
        payments = payments_on(contract, promise)
        for source in sources_of_promise(contract, promise) if payments else ():
            told = source.run_by is not None or isinstance(source, nodes.Survey)
            if told or any(source is each for each in spoken):
                continue
            spoken.append(source)
            yield Diagnostic(
                "measurer-unsaid",
                source.place("name"),
                f"nobody is named to run `{source.name}`, and `{payments[0].name}` hangs on it",
                here="who measures, and who may check it?",
                labels=(Label(payments[0].place("name"), "this is due, or not, by its figures"),),
                why="Each party would bring figures of its own, and neither has to accept those of the other.",
                remedy=f"Add  run by {parties[-1].party.name}  and  verified by {parties[0].party.name} , or the other"
                " way round.",
            )
