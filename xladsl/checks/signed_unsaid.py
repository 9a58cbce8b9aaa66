"""An agreement that was executed, and does not say when it was signed.

Notice periods, options and limitation run from the day of the last signature. Years later it is read from the paper, or
from whatever each party remembers.

Wrong:

```xladsl wrong
agreement digital_workplace { // warning: signed-unsaid
  version 1.0.0
  status executed
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
```

Right:

```xladsl
agreement digital_workplace {
  version 1.0.0
  status executed
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  signed 2025-12-18
}
```

Implements: states of an agreement
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL631", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    if agreement.status == "executed" and agreement.signed is None:
        yield Diagnostic(
            "signed-unsaid",
            agreement.place("name"),
            f"`{agreement.name}` was executed, and does not say when it was signed",
            here="on which day?",
            why="Whatever runs from the signature would run from the day that each party remembers.",
            remedy="Add the day of the last signature:  signed 2026-01-31 .",
        )
