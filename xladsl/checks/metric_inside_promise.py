"""A service level that brings its own formula instead of naming a KPI.

The formula then belongs to this one promise. It cannot be described, compared with last year or used by a second
promise without being written again, and two copies of a formula drift apart.

Wrong:

```xladsl wrong
sla wiki_up "Availability of the wiki" {
  for portal
  value 100% - length of portal_down / length of the window // warning: metric-inside-promise
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

A measure of the catalogue, as in `value avail_time of portal_down`, is described outside of the promise already.

Source: ISO/IEC 19086-2:2018: a metric is a model of its own, with an expression, rules and parameters, and an objective
refers to it.

Implements: measurability S1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.measures import measure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL485", Severity.WARNING, ("iso19086",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in contract.every(nodes.Sla):
        if promise.value is not None and measure_of(promise) is None:
            yield Diagnostic(
                "metric-inside-promise",
                promise.place("value"),
                f"the formula of `{promise.name}` stands in the promise",
                here="no KPI that others could refer to",
                why="Whoever compares offers or years needs the measure apart from the level that was agreed on it.",
                remedy=f"Move it into  kpi NAME {{ value … }} , and write  kpi NAME  in `{promise.name}`.",
            )
