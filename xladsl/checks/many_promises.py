"""More binding promises than anyone looks at.

A dozen figures fit into a meeting. Of forty some are never discussed, and everyone watches the ones that pay.

Wrong:

```xladsl wrong
agreement digital_workplace "Digital Workplace" { // info: many-promises
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
}
target t1 { kpi ease force binding level at least 5 each calendar quarter }
target t2 { kpi ease force binding level at least 5 each calendar quarter }
target t3 { kpi ease force binding level at least 5 each calendar quarter }
target t4 { kpi ease force binding level at least 5 each calendar quarter }
target t5 { kpi ease force binding level at least 5 each calendar quarter }
target t6 { kpi ease force binding level at least 5 each calendar quarter }
target t7 { kpi ease force binding level at least 5 each calendar quarter }
target t8 { kpi ease force binding level at least 5 each calendar quarter }
target t9 { kpi ease force binding level at least 5 each calendar quarter }
target t10 { kpi ease force binding level at least 5 each calendar quarter }
```

Right:

```xladsl
target t1 { kpi ease force binding level at least 5 each calendar quarter }
```

Source: agreements with too many figures are never reviewed; one maker of cars replaced a complex set by two.

Implements: measurability R6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL595", Severity.INFO)

MOST = 12


def check(contract: Contract) -> Iterator[Diagnostic]:
    binding = [promise for promise in every_promise(contract) if promise.bindingness == "binding"]
    if len(binding) > MOST:
        yield Diagnostic(
            "many-promises",
            contract.agreement.place("name"),
            f"{len(binding)} promises are binding",
            here=f"more than {MOST} are seldom looked at",
            why="What nobody looks at is paid for in effort, and protects nobody.",
            remedy="Keep binding what decides; write  force target  or  force informative  for what explains it.",
        )
