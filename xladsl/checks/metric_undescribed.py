"""A promised KPI of which no sentence says what it means.

A formula says how a figure is worked out. Whether that is what the parties wanted to know, only a sentence can say, and
it is the sentence that a reader of the contract checks the formula against.

Wrong:

```xladsl wrong
kpi wiki_uptime "Availability of the wiki" { // warning: metric-undescribed
  value 100% - length of portal_down / length of the window
  better when higher
}
sla wiki_up "Availability of the wiki" {
  for portal
  kpi wiki_uptime
  level at least 99.5%
  each calendar month
  owner service_manager
}
```

Right:

```xladsl
kpi wiki_uptime "Availability of the wiki" {
  means "The share of the window in which pages can be read."
  value 100% - length of portal_down / length of the window
  better when higher
}
sla wiki_up "Availability of the wiki" {
  for portal
  kpi wiki_uptime
  level at least 99.5%
  each calendar month
  owner service_manager
}
```

Source: ISO/IEC 19086-2:2018: a metric has a description beside its expression, its unit and its scale.

Implements: measurability S1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL486", Severity.WARNING, ("iso19086",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    for kpi in dict.fromkeys(measured(promise) for promise in every_promise(contract)):
        if isinstance(kpi, nodes.Kpi) and not kpi.meant:
            yield Diagnostic(
                "metric-undescribed",
                kpi.place("name"),
                f"no sentence says what `{kpi.name}` means",
                here="a formula alone",
                why="If the formula misses what was wanted, nobody who reads the contract can tell.",
                remedy='Write in one sentence what the figure tells:  means "…" .',
            )
