"""Money that hangs on rows which nobody has to keep.

A claim comes weeks after the window, and a dispute later still. If the agreement does not say how long the rows are
kept, the party that holds them may delete them on the day after the report, in all innocence.

Wrong:

```xladsl wrong
probes portal_probe { // warning: records-unkept
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  run by contoso
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
  kept for 13 months
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
```

That they are kept for long enough is `records-gone`.

Source: the requirement that a source states its owner, its access and its retention.

Implements: measurability M1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise, payments_on
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL586", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        payments = payments_on(contract, promise)
        for source in sources_of_promise(contract, promise) if payments else ():
            if source.kept is not None or any(source is each for each in spoken):
                continue
            spoken.append(source)
            yield Diagnostic(
                "records-unkept",
                source.place("name"),
                f"nobody has to keep the rows of `{source.name}`, and `{payments[0].name}` hangs on them",
                here="kept for how long?",
                labels=(Label(payments[0].place("name"), "claimed and disputed weeks later"),),
                why="The party that holds them could delete the proof before the other has looked at it.",
                remedy="Add  kept for 13 months , or as long as claims and disputes may take.",
            )
