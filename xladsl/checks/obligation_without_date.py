"""A duty that is never due.

"Shares its road map" without a day is a wish. It cannot be late, so it cannot be breached.

Wrong:

```xladsl wrong
obligation roadmap "Road map" { // error: obligation-without-date
  of northwind
  owner service_manager
  describes "What will change in the services in the next twelve months."
}
```

Right:

```xladsl
obligation roadmap "Road map" {
  of northwind
  owner service_manager
  recurring each calendar year first on 2026-01-31
  describes "What will change in the services in the next twelve months."
}
```

A duty that is `aspirational` or `informative` needs no day.

Source: the requirement that strategic obligations have a rhythm, a day on which they are due, evidence, and somebody
who accepts them.

Implements: measurability T11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL451", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for obligation in contract.every(nodes.Obligation):
        loose = obligation.force in ("aspirational", "informative")
        if obligation.due is None and obligation.recurring is None and not loose:
            yield Diagnostic(
                "obligation-without-date",
                obligation.place("name"),
                f"`{obligation.name}` is owed, and never due",
                here="by when, or how often?",
                why="What has no day cannot be late, and nobody could ever call it a breach.",
                remedy="Add  due by 2026-03-31 , or  recurring each calendar year first on 2026-01-31 .",
            )
